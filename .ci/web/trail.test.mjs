// What stays behind of a reader in the browser, and the pages that are there for it: leaving, Back, the shared screen. They come over HTTP
// from nginx with the edition's own configuration, as a browser keeps pages in memory for Back only then. FN_SITE=… node --test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { choose, open, page, site } from "./browser.mjs";
import { start } from "./server.mjs";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const readabilitySource = await readFile(join(dirname(require.resolve("@mozilla/readability/package.json")), "Readability.js"), "utf8");

const languages = await site.languages();
const rtl = await site.rtl();
const sample = ["es", "ar", "zh-Hans"].filter((l) => languages.includes(l));
const phone = { width: 360, height: 640 };

let browser, server;
before(async () => {
  browser = await open();
  server = await start("nginx");
});
after(async () => {
  await browser.close();
  await server.stop();
  await server.remove();
});

const openLanguages = (view) => view.evaluate(() => [...document.querySelectorAll(".fn-lang[open]")].map((e) => e.lang));
const seen = (view, selector) => view.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).map((e) => e.textContent.trim()), selector);
const chipsSeen = async (view) => (await seen(view, ".fn-chip")).length;

// A context that comes from the server, with what it asked for.
async function visitor(options = {}) {
  const context = await browser.context({ viewport: phone, ...options });
  const view = await context.newPage();
  const asked = [];
  view.on("request", (r) => asked.push({ url: r.url().replace(server.origin, ""), headers: r.headers() }));
  const complaints = [];
  // The header refuses what other and older browsers have, too, and Chromium says of each that it does not know it.
  // And it says what it has cleared.
  view.on("console", (m) => /^(Error with Permissions-Policy header: Unrecognized feature: |Clear-Site-Data header on .* Cleared data types: )/.test(m.text()) || complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  return { context, view, asked, complaints };
}

test("whichever language is read, the browser asks for the same, and its address, title and history say nothing of it", async () => {
  const trails = new Set();
  for (const l of [null, ...sample]) {
    const { context, view, asked, complaints } = await visitor();
    await view.goto(`${server.origin}/index.html`);
    if (l) {
      await choose(view, l);
      assert.deepEqual(await openLanguages(view), [l]);
      await view.evaluate(() => document.querySelectorAll(".fn-lang[open] .fn-s:not(.fn-bare)").forEach((d) => (d.open = true)));
      await view.mouse.wheel(0, 4000);
    }
    const kept = await view.evaluate(() => ({ url: location.href, title: document.title, history: history.length, state: history.state, cookie: document.cookie, stored: localStorage.length + sessionStorage.length }));
    trails.add(JSON.stringify([kept, asked.map((a) => a.url)]));
    assert.deepEqual(complaints, []);
    for (const language of languages) assert.doesNotMatch(kept.url, new RegExp(`\\b${language}\\b`));
    await context.close();
  }
  assert.equal(trails.size, 1, [...trails].join("\n"));
});

test("leaving leads to an empty page that names nothing, says nothing of where it was left, and makes the browser forget the site", async () => {
  for (const [from, l] of [["index.html", sample[0]], ["index.html", sample[1]], ["index.html", null], [`${sample[1]}/before.html`, null], ["at-upload.html", sample[0]]]) {
    const { context, view, asked, complaints } = await visitor({ javaScriptEnabled: false });
    await context.addCookies([{ name: "portal", value: "1", url: server.origin }]);
    await view.goto(`${server.origin}/${from}`);
    if (l) await choose(view, l);
    // With nothing chosen there is one in each language; afterwards, and on the page of one language, one alone.
    const ways = view.locator(l ? `.fn-lang[lang="${l}"] .fn-exit a` : from.includes("/") ? ".fn-exit a" : ".fn-exits a");
    assert.equal(await ways.count(), l || from.includes("/") ? 1 : languages.length, from);
    await ways.last().click();
    await view.waitForURL(`${server.origin}/leave.html`);
    assert.equal(asked.at(-1).headers.referer, undefined);
    assert.equal((await view.locator("body").innerText()).trim(), "");
    assert.equal(await view.locator("a, img, link, script, style").count(), 0);
    assert.equal(await view.title(), "about:blank");
    assert.deepEqual(await context.cookies(), [], `from ${from}`);
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

// "Back" shows what the browser kept. With its back-forward cache that is the page as it was left.
for (const cache of [true, false]) {
  test(`Back ${cache ? "with" : "without"} the back-forward cache: closes.html shows no choice${cache ? ", which index.html without a script cannot promise" : ", nor does index.html"}`, async () => {
    const profile = await mkdtemp(join(tmpdir(), "fn-back-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.FN_CHROMIUM ?? "/usr/bin/chromium", headless: true, viewport: phone, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
      ignoreDefaultArgs: cache ? ["--disable-back-forward-cache"] : [],
    });
    try {
      const view = context.pages()[0] ?? (await context.newPage());
      await view.addInitScript(() => addEventListener("pageshow", (e) => (window.kept = e.persisted)));
      for (const [path, to, want] of [["index", "leave", cache ? [sample[0]] : []], ["closes", "leave", []], ["closes", "at-upload", []], ["kiosk", "at-upload", []]]) {
        await view.goto(`${server.origin}/${path}.html`);
        await choose(view, sample[0]);
        assert.deepEqual(await openLanguages(view), [sample[0]]);
        if (to === "leave") await view.click(".fn-lang[open] .fn-exit a");
        else await view.goto(`${server.origin}/${to}.html`);
        await view.waitForURL(`**/${to}.html`);
        view.evaluate(() => history.back()).catch(() => {}); // playwright waits for a load that does not come
        for (let i = 0; i < 100; i++) {
          if (await view.evaluate((p) => location.pathname === p && window.kept !== undefined, `/${path}.html`).catch(() => false)) break;
          await new Promise((r) => setTimeout(r, 50));
        }
        assert.equal(await view.evaluate(() => window.kept), cache, `${path}.html came back from the cache`);
        assert.deepEqual(await openLanguages(view), want, path);
        if (!want.length) assert.equal(await chipsSeen(view), languages.length, path);
      }
    } finally {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
}

test("the kiosk goes back to nothing chosen after two minutes without a touch, and says so in the chosen language", async () => {
  const { context, view, complaints } = await visitor();
  await view.clock.install();
  await view.goto(`${server.origin}/kiosk.html`);
  for (const l of sample) {
    await choose(view, l);
    const said = await seen(view, ".fn-lang[open] .fn-mark");
    const words = await view.locator(`.fn-lang[lang="${l}"] .fn-mark`).first().textContent();
    assert.ok(words.length > 10 && said.includes(words), `${l}: ${said}`);
    await view.mouse.wheel(0, 500);
    await view.clock.runFor(119_000);
    assert.deepEqual(await openLanguages(view), [l]);
    await view.mouse.move(100 + languages.indexOf(l), 300); // touched: two minutes more
    await view.clock.runFor(119_000);
    assert.deepEqual(await openLanguages(view), [l]);
    await view.keyboard.press("Shift");
    await view.clock.runFor(119_000);
    assert.deepEqual(await openLanguages(view), [l]);
    await view.clock.runFor(2_000);
    assert.deepEqual(await openLanguages(view), []);
    assert.equal(await view.evaluate(() => document.querySelectorAll("details[open]").length), 0);
    assert.equal(await view.evaluate(() => scrollY), 0);
    assert.equal(await chipsSeen(view), languages.length);
  }
  // Who leaves begins anew, as there is no other page on such a screen.
  await choose(view, sample[0]);
  await view.click(".fn-lang[open] .fn-exit a");
  await view.waitForURL(`${server.origin}/kiosk.html`);
  assert.deepEqual(await openLanguages(view), []);
  assert.deepEqual(complaints, []);
  await context.close();
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.view.goto(`${server.origin}/kiosk.html`);
  await choose(plain.view, sample[0]);
  assert.ok(await plain.view.locator(`.fn-lang[lang="${sample[0]}"] .fn-key`).isVisible(), "without JavaScript it is a page like the others");
  assert.equal(await plain.view.locator(`.fn-lang[lang="${sample[0]}"] .fn-mark[hidden]`).count(), 1);
  assert.ok(!(await plain.view.locator(`.fn-lang[lang="${sample[0]}"] .fn-mark[hidden]`).isVisible()), "and does not say that it closes");
  await plain.context.close();
});

test("the way off the page is in the window at its top and at its end, at least 24 px, over no key fact's start and over nothing that has the focus", async () => {
  const { view, close } = await page(browser, "public/index.html", { viewport: phone });
  for (const l of languages) {
    await choose(view, l);
    const box = () => view.evaluate(() => {
      const a = document.querySelector(".fn-lang[open] .fn-exit a").getBoundingClientRect();
      const e = document.elementFromPoint(a.left + a.width / 2, a.top + a.height / 2);
      const k = document.querySelector(".fn-lang[open] .fn-key").getBoundingClientRect();
      return { inside: a.top >= 0 && a.bottom <= innerHeight && a.left >= 0 && a.right <= innerWidth, high: a.height >= 24 && a.width >= 24, on: !!e?.closest(".fn-exit"), strip: document.querySelector(".fn-lang[open] .fn-exit").getBoundingClientRect().height <= 72, key: scrollY > 0 || k.top < 240 };
    });
    const good = { inside: true, high: true, on: true, strip: true, key: true };
    assert.deepEqual(await box(), good, l);
    await view.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    assert.deepEqual(await box(), good, `${l}, at the end`);
    // The page's last words stand above it.
    assert.ok(await view.evaluate(() => document.querySelector(".fn-lang[open] .fn-foot").getBoundingClientRect().bottom <= document.querySelector(".fn-lang[open] .fn-exit").getBoundingClientRect().top), l);
    if (sample.includes(l)) {
      await view.evaluate(() => scrollTo(0, 0));
      await view.focus(`.fn-lang[lang="${l}"] > summary`);
      for (let i = 0; i < 25; i++) {
        await view.keyboard.press("Tab");
        const hidden = await view.evaluate(() => {
          const f = document.activeElement;
          const r = f.getBoundingClientRect();
          return f !== document.body && !f.closest(".fn-exit") && r.bottom > document.querySelector(".fn-lang[open] .fn-exit").getBoundingClientRect().top + 1 && r.top < innerHeight ? f.outerHTML.slice(0, 100) : "";
        });
        assert.equal(hidden, "", l);
      }
    }
    await view.evaluate(() => scrollTo(0, 0));
    await choose(view, l);
  }
  assert.deepEqual((await seen(view, ".fn-exits a")).length, languages.length);
  await choose(view, languages[0]);
  assert.deepEqual(await seen(view, ".fn-exits a"), [], "once a language is chosen, its own is the only one");
  await close();
});

test("in reader mode the page of one language is whole, and in that language", async (t) => {
  const squeeze = (s) => s.replace(/\s+/g, "").normalize("NFC");
  let sentences = 0;
  for (const l of languages) {
    const { view, close } = await page(browser, `public/${l}/before.html`, { bypassCSP: true });
    const got = await view.evaluate((source) => {
      const Readability = new Function(`${source}; return Readability;`)();
      const article = new Readability(document.cloneNode(true)).parse();
      return article && { text: article.textContent, title: article.title, lang: article.lang, dir: article.dir };
    }, readabilitySource);
    await close();
    assert.ok(got, `${l}: there is no article`);
    assert.equal(got.lang, l);
    const text = squeeze(got.text);
    const missing = [];
    for (const s of (await site.json(`office/${l}/before.json`)).sections) {
      for (const words of [s.heading, ...s.groups.flatMap((g) => g.statements).flatMap((st) => [st.text, ...st.values.flatMap((v) => v.text)])]) {
        sentences++;
        if (!text.includes(squeeze(words))) missing.push(words);
      }
    }
    assert.deepEqual(missing, [], l);
    // Nothing of another language, beside the lines that say in each that the page is also in it.
    const others = await site.json(`office/${languages.find((o) => o !== l)}/before.json`);
    const foreign = others.sections.flatMap((s) => s.groups.flatMap((g) => g.statements)).map((s) => s.text).filter((s) => s.length > 30 && text.includes(squeeze(s)));
    assert.deepEqual(foreign, [], l);
  }
  t.diagnostic(`${sentences} sentences and values in ${languages.length} languages`);
});

test("printed with nothing chosen, the sheet names the program and every language, and says in each that it is there", async () => {
  const { view, close } = await page(browser, "public/index.html");
  const folder = await mkdtemp(join(tmpdir(), "fn-none-"));
  const file = join(folder, "none.pdf");
  await view.pdf({ path: file, format: "Letter" });
  const { names, lines, exits } = await view.evaluate(() => ({
    names: [...document.querySelectorAll(".fn-chip > span:first-child")].map((e) => [e.closest("[lang]").lang, e.textContent]),
    lines: [...document.querySelectorAll(".fn-also > li")].map((e) => [e.lang, e.textContent]),
    exits: [...document.querySelectorAll(".fn-exits a")].map((e) => e.textContent),
  }));
  await close();
  const squeeze = (s) => s.replace(/\s+/g, "").normalize("NFKC");
  const text = squeeze(execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }));
  const pages = execFileSync("pdfinfo", [file], { encoding: "utf8" }).match(/Pages:\s+(\d+)/)[1];
  await rm(folder, { recursive: true });
  assert.equal(pages, "1");
  assert.deepEqual([names.length, lines.length], [languages.length, languages.length]);
  // No program takes these scripts out of a PDF in their own order; pages.test.mjs asks whether they would be printed.
  const apart = [...rtl, "hi"];
  for (const [lang, words] of [...names, ...lines]) if (!apart.includes(lang)) assert.ok(text.includes(squeeze(words)), words);
  for (const words of exits) assert.ok(!text.includes(squeeze(words)), `printed: ${words}`);
});

test("axe finds nothing on the page that leaving leads to and on the kiosk, nothing chosen and chosen", async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
  const run = async (view, where, values) => {
    const { violations } = await view.evaluate((values) => window.axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values } }), values);
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`), [], where);
  };
  for (const [name, options] of Object.entries({ "320 px": { viewport: { width: 320, height: 640 } }, dark: { viewport: phone, colorScheme: "dark" }, "forced colors": { viewport: phone, forcedColors: "active" } })) {
    // Best practice asks for a heading and a landmark, which an empty page has not.
    const empty = await page(browser, "public/leave.html", { ...options, bypassCSP: true });
    await empty.view.evaluate(axeSource);
    await run(empty.view, `leave.html, ${name}`, tags);
    await empty.close();
    if (name !== "320 px") continue; // the kiosk is index.html but for one line, which pages.test.mjs looks at on every setting
    const kiosk = await page(browser, "public/kiosk.html", { ...options, bypassCSP: true });
    await kiosk.view.evaluate(axeSource);
    await run(kiosk.view, `kiosk.html, nothing chosen, ${name}`, [...tags, "best-practice"]);
    await choose(kiosk.view, sample[0]);
    await run(kiosk.view, `kiosk.html, chosen, ${name}`, [...tags, "best-practice"]);
    await kiosk.close();
  }
});

test("the Nu Html Checker has no message on any public page", async (t) => {
  const pages = [...(await site.public()), ...site.further, "START-HERE.html"].map(site.path);
  const jar = join(dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  let said = "";
  try {
    said = execFileSync("java", ["-jar", jar, "--stdout", "--format", "gnu", "--exit-zero-always", ...pages], { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "inherit"] });
  } catch (e) {
    said = e.stdout + e.message;
  }
  t.diagnostic(`${pages.length} pages`);
  assert.equal(said, "");
});
