// What every page of an edition must hold to, in a real browser: FN_SITE=/path/to/site node --test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { choose, open, page, site } from "./browser.mjs";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await open()));
after(() => browser.close());

const languages = await site.languages();
const rtl = await site.rtl();
const publicPages = await site.public();
const allPages = languages.length > 1 ? await site.all() : [];
const single = publicPages.filter((p) => !allPages.includes(p));
const everyPage = await site.html();
const kinds = await site.kinds();
// Kinds beside the notice before the first upload and its key facts: their pages have the same frame and the same style sheet.
const further = kinds.filter((k) => k !== "before" && k !== "at-upload");
const isFurther = (p) => further.some((k) => p.endsWith(`/${k}.html`));

const narrow = { width: 320, height: 640 };
const phone = { width: 360, height: 640 };
const desktop = { width: 1280, height: 900 };

// states of a page: nothing chosen, and each language chosen; a page of one language has only the first.
const states = (p) => (allPages.includes(p) ? ["", ...languages] : [""]);
const named = (p, s) => p + (s ? ` in ${s}` : "");

// together runs jobs three at a time: a page waits for the browser most of the time.
const together = (jobs) => Promise.all([0, 1, 2].map(async () => { for (let job; (job = jobs.shift()); ) await job(); }));

// unfold opens every section that is on the screen.
const unfold = (view) => view.evaluate(() => document.querySelectorAll(".fn-s:not(.fn-bare)").forEach((d) => d.checkVisibility() && (d.open = true)));

const spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";

const isPage = (path) => (url) => url === site.url(path);

test("axe finds nothing: WCAG 2.2 AA and best practice, on every page, in every state, at every setting", async (t) => {
  const settings = {
    "320 px": { viewport: narrow },
    desktop: { viewport: desktop },
    dark: { viewport: desktop, colorScheme: "dark" },
    "forced colors": { viewport: narrow, forcedColors: "active" },
  };
  let runs = 0;
  const jobs = [];
  const look = async (path, name, options, state) => {
    const { view, close } = await page(browser, path, { ...options, bypassCSP: true });
    if (state) await choose(view, state);
    for (const opened of [false, true]) {
      if (opened) await unfold(view);
      await view.evaluate(axeSource);
      const { violations, passes } = await view.evaluate(() =>
        window.axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] } }),
      );
      assert.ok(passes.length > 5, `axe looked at ${named(path, state)}`);
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`), [], `${named(path, state)}, ${name}`);
      runs++;
    }
    await close();
  };
  for (const path of everyPage.filter((p) => !p.startsWith("office/") || p.endsWith("before-print.html"))) {
    for (const [name, options] of Object.entries(settings)) {
      if (isFurther(path) && name !== "320 px") continue;
      for (const state of states(path)) jobs.push(() => look(path, name, options, state));
    }
  }
  await together(jobs);
  t.diagnostic(`${runs} runs of axe`);
});

test("no page scrolls sideways at 320 px, with the text spacing of WCAG 1.4.12 too", async () => {
  for (const path of everyPage) {
    for (const state of states(path)) {
      const { view, close } = await page(browser, path, { viewport: narrow, bypassCSP: true });
      if (state) await choose(view, state);
      await unfold(view);
      for (const spaced of [false, true]) {
        if (spaced) await view.addStyleTag({ content: spacing });
        const wide = await view.evaluate(() => {
          const over = [...document.querySelectorAll("body *")].filter((e) => {
            const r = e.getBoundingClientRect();
            return e.checkVisibility() && r.width > 1 && r.height > 1 && (r.right > innerWidth + 0.5 || r.left < -0.5);
          });
          return { scroll: document.documentElement.scrollWidth, over: over.map((e) => e.outerHTML.slice(0, 120)) };
        });
        assert.deepEqual(wide, { scroll: 320, over: [] }, `${named(path, state)}${spaced ? ", spaced" : ""}`);
      }
      await close();
    }
  }
});

test("everything that one can press is at least 24 by 24 px, and shows its focus", async () => {
  for (const path of everyPage) {
    for (const state of states(path)) {
      const { view, close } = await page(browser, path, { viewport: narrow });
      if (state) await choose(view, state);
      await unfold(view);
      const targets = await view.evaluate(() =>
        [...document.querySelectorAll("summary, a, button, input, select")]
          .filter((e) => e.checkVisibility())
          .map((e) => {
            const r = e.getBoundingClientRect();
            return { what: e.textContent.trim().slice(0, 40), small: r.width < 24 || r.height < 24, size: `${r.width}x${r.height}` };
          }),
      );
      assert.deepEqual(targets.filter((x) => x.small), [], named(path, state));
      for (let i = 0; i < Math.min(targets.length, 12); i++) {
        await view.keyboard.press("Tab");
        const focus = await view.evaluate(() => {
          const e = document.activeElement;
          return { tag: e.tagName, outline: parseFloat(getComputedStyle(e).outlineWidth), style: getComputedStyle(e).outlineStyle };
        });
        if (focus.tag === "BODY") break;
        assert.ok(focus.outline >= 2 && focus.style === "solid", `${named(path, state)}: the focus on ${focus.tag} cannot be seen`);
      }
      await close();
    }
  }
});

test("a page asks for nothing but itself, holds no script and breaks no rule of its policy", async () => {
  for (const path of everyPage) {
    const { view, requests, complaints, close } = await page(browser, path);
    for (const state of states(path).filter(Boolean)) {
      await choose(view, state);
      await unfold(view);
      await choose(view, state); // closes it again
    }
    await view.emulateMedia({ media: "print" });
    assert.deepEqual(requests.filter((u) => !isPage(path)(u)), [], path);
    assert.deepEqual(complaints, [], path);
    const found = await view.evaluate(() => ({
      scripts: document.scripts.length + [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
      forms: document.querySelectorAll("form, input, select, button, textarea").length,
      loads: document.querySelectorAll("[src], [srcset], link, object, embed, iframe, img, svg").length,
      ids: document.querySelectorAll("[id]").length,
      foreign: [...document.querySelectorAll("[class]")].flatMap((e) => [...e.classList]).filter((c) => !c.startsWith("fn-")).length,
      stored: document.cookie.length,
      // The policy let the page's own sheet through, and would let no other.
      styled: getComputedStyle(document.body).margin === "0px",
    }));
    assert.deepEqual(found, { scripts: 0, forms: 0, loads: 0, ids: 0, foreign: 0, stored: 0, styled: true }, path);
    await close();
  }
});

test("choosing a language changes neither address nor history nor title, and sends nothing", async () => {
  for (const path of allPages) {
    const { view, requests, close } = await page(browser, path, { viewport: phone });
    const start = await view.evaluate(() => ({ url: location.href, history: history.length, state: JSON.stringify(history.state), title: document.title }));
    const asked = requests.length;
    for (const l of languages) {
      await choose(view, l);
      const shown = await view.evaluate(() => [...document.querySelectorAll(".fn-part")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.lang));
      assert.deepEqual(shown, [l], `${path}: only ${l} is shown`);
      const chips = await view.evaluate(() => [...document.querySelectorAll(".fn-chip")].filter((e) => e.checkVisibility()).length);
      assert.equal(chips, 1, `${path}: the languages fold once ${l} is open`);
      assert.deepEqual(await view.evaluate(() => ({ url: location.href, history: history.length, state: JSON.stringify(history.state), title: document.title })), start, path);
      await choose(view, l); // closes it, so that the next can be chosen
      assert.equal(await view.evaluate(() => [...document.querySelectorAll(".fn-chip")].filter((e) => e.checkVisibility()).length), languages.length, `${path}: the languages come back`);
    }
    assert.equal(requests.length, asked, path);
    await close();
  }
});

test("the page works from the keyboard alone, and with scripts forbidden", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path, { viewport: phone, javaScriptEnabled: false });
    for (let i = 0; i < languages.length; i++) await view.keyboard.press("Tab");
    await view.keyboard.press("Enter");
    const last = view.locator(".fn-lang").last();
    assert.ok(await last.locator(".fn-key").isVisible(), path);
    assert.ok(!(await view.locator(".fn-lang").first().isVisible()), `${path}: the others fold`);
    await close();
  }
});

test("after the choice the key facts begin within the first 320 of 640 px, and are at most 640 px high", async (t) => {
  for (const path of publicPages) {
    for (const state of allPages.includes(path) ? languages : [""]) {
      const { view, close } = await page(browser, path, { viewport: phone });
      if (state) await choose(view, state);
      const box = await view.locator(".fn-key:visible").first().boundingBox();
      t.diagnostic(`${named(path, state)}: key facts at ${Math.round(box.y)} px, ${Math.round(box.height)} px high`);
      assert.ok(box.y <= 320, `${named(path, state)}: key facts begin at ${box.y}`);
      assert.ok(box.height <= 640, `${named(path, state)}: key facts are ${box.height} high`);
      await close();
    }
  }
});

test("only the chosen language is printed, with everything open, black on white", async () => {
  for (const path of everyPage.filter((p) => p !== "START-HERE.html")) {
    for (const state of states(path)) {
      for (const colorScheme of ["light", "dark"]) {
        const { view, close } = await page(browser, path, { colorScheme });
        if (state) await choose(view, state);
        await view.emulateMedia({ media: "print" });
        const got = await view.evaluate(() => {
          const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && e.getBoundingClientRect().height > 0;
          const texts = [...document.querySelectorAll(".fn-part p, .fn-part li, .fn-part .fn-answer, .fn-part .fn-h")].filter((e) => !e.closest(".fn-screen"));
          const black = (e) => getComputedStyle(e).color;
          return {
            parts: [...document.querySelectorAll(".fn-part")].filter(seen).map((e) => e.lang),
            hidden: [...document.querySelectorAll(".fn-part")].filter(seen).flatMap((p) => texts.filter((e) => p.contains(e) && !seen(e))).map((e) => e.textContent.slice(0, 60)),
            colors: [...new Set([...document.querySelectorAll(".fn-part p, .fn-part a, .fn-program")].filter(seen).map(black))],
            paper: getComputedStyle(document.body).backgroundColor,
            chips: [...document.querySelectorAll(".fn-chip")].filter(seen).length,
          };
        });
        const one = !allPages.includes(path);
        const want = one ? got.parts.slice(0, 1) : state ? [state] : [];
        assert.deepEqual(got.parts, want, `${named(path, state)}: printed parts`);
        assert.equal(got.parts.length, one || state ? 1 : 0);
        assert.deepEqual(got.hidden, [], `${named(path, state)}: not printed`);
        assert.deepEqual(got.colors, ["rgb(0, 0, 0)"], `${named(path, state)}: colors of ink`);
        assert.equal(got.paper, "rgb(255, 255, 255)", `${named(path, state)}: color of paper`);
        assert.equal(got.chips, one || state ? 0 : languages.length, `${named(path, state)}: chips`);
        await close();
      }
    }
  }
});

test("letter and A4 hold every sentence and every value of the notice", async (t) => {
  const { execFileSync } = await import("node:child_process");
  const { mkdtemp, rm } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const folder = await mkdtemp(join(tmpdir(), "fn-pdf-"));
  // Text from right to left is not taken out of a PDF in its own order by any program: there only the number of pages counts.
  for (const l of languages.filter((x) => !rtl.includes(x))) {
    for (const [kind, format, path] of [
      ...["Letter", "A4"].flatMap((f) => [`office/${l}/before-print.html`, ...allPages.filter((p) => p.endsWith("index.html"))].map((p) => ["before", f, p])),
      ...further.map((k) => [k, "Letter", `office/${l}/${k}-print.html`]),
    ]) {
      const notice = await site.json(`office/${l}/${kind}.json`);
      const { view, close } = await page(browser, path);
      await choose(view, l);
      const file = join(folder, "page.pdf");
      await view.pdf({ path: file, format });
      await close();
      // A word that is torn at a hyphen comes back with its hyphen and without the line's end.
      const squeeze = (s) => s.replace(/\s+/g, "").normalize("NFKC");
      const text = squeeze(execFileSync("pdftotext", ["-raw", "-nopgbrk", file, "-"], { encoding: "utf8" }).replace(/^\s*\d+ \/ \d+\s*$/gm, ""));
      const missing = [];
      for (const s of notice.sections) {
        if (!text.includes(squeeze(s.heading))) missing.push(s.heading);
        for (const st of s.groups.flatMap((g) => g.statements)) {
          for (const words of [st.text, ...st.values.flatMap((v) => v.text)]) if (!text.includes(squeeze(words))) missing.push(words);
        }
      }
      assert.deepEqual(missing, [], `${path} on ${format}`);
    }
    t.diagnostic(`${l}: all of it is on paper`);
  }
  await rm(folder, { recursive: true, force: true });
});

test("without its style sheet the page still holds everything, one language at a time", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path, { viewport: phone, bypassCSP: true });
    await view.evaluate(() => document.querySelectorAll("style").forEach((s) => s.remove()));
    const height = await view.evaluate(() => document.body.getBoundingClientRect().height);
    assert.ok(height < 120 + 60 * languages.length, `${path}: ${height} px of names of languages`);
    for (const l of languages) {
      await view.locator(`.fn-lang[lang="${l}"] > summary`).click();
      const seen = await view.evaluate(() => [...document.querySelectorAll(".fn-key")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.closest("[lang]").lang));
      assert.deepEqual(seen, [l], path);
    }
    await close();
  }
});

test("where :has is not known, a choice still shows one language", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path, { viewport: phone, bypassCSP: true });
    await view.evaluate(() => {
      const s = document.querySelector("style");
      s.textContent = s.textContent.replace(/^[^{}\n]*:has\([^\n]*$/gm, "");
    });
    for (const l of languages) {
      await choose(view, l);
      const shown = await view.evaluate(() => [...document.querySelectorAll(".fn-part")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.lang));
      assert.deepEqual(shown, [l], path);
    }
    await close();
  }
});

test("languages from right to left run from right to left, and values in them do not", async () => {
  for (const path of publicPages) {
    for (const l of rtl) {
      if (single.includes(path) && !path.includes(`/${l}/`)) continue;
      const { view, close } = await page(browser, path, { viewport: phone });
      await choose(view, l);
      const got = await view.evaluate((lang) => {
        const part = document.querySelector(`.fn-part[lang="${lang}"]`);
        const of = (e) => getComputedStyle(e).direction;
        const box = part.querySelector(".fn-key").getBoundingClientRect();
        const first = part.querySelector(".fn-key li").getBoundingClientRect();
        return {
          part: of(part),
          // The bullets stand at the right.
          indented: box.right - first.right > first.left - box.left,
          wrong: [...part.querySelectorAll('bdi[dir="ltr"]')].filter((e) => of(e) !== "ltr").length,
          bare: [...part.querySelectorAll("a")].filter((a) => /[0-9]/.test(a.textContent) && !a.querySelector("bdi")).length,
        };
      }, l);
      assert.deepEqual(got, { part: "rtl", indented: true, wrong: 0, bare: 0 }, `${path} in ${l}`);
      // The digits of a phone number stand in their order on the screen.
      const order = await view.evaluate((lang) => {
        const bdi = document.querySelector(`.fn-part[lang="${lang}"] a[href^="tel:"] bdi`);
        if (!bdi) return [];
        const node = bdi.firstChild;
        return [...node.data].map((_, i) => {
          const r = document.createRange();
          r.setStart(node, i);
          r.setEnd(node, i + 1);
          return r.getBoundingClientRect().left;
        });
      }, l);
      assert.deepEqual(order, [...order].sort((a, b) => a - b), `${path} in ${l}: a phone number is turned round`);
      await close();
    }
  }
});

test("every part says its language and its direction, and lists no language by a flag or a code", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path);
    const parts = await view.evaluate(() => [...document.querySelectorAll(".fn-part, .fn-lang")].map((e) => [e.lang, e.dir]));
    assert.equal(parts.length, 2 * languages.length);
    for (const [lang, dir] of parts) assert.equal(dir, rtl.includes(lang) ? "rtl" : "ltr", path);
    for (const l of languages) {
      const chip = await view.locator(`.fn-lang[lang="${l}"] > .fn-chip > span`).first().innerText();
      assert.ok(chip.length > 2 && chip !== l, `${path}: ${l} is called ${chip}`);
    }
    await close();
  }
});

test("html-validate finds nothing", async () => {
  const checker = new HtmlValidate(
    new FileSystemConfigLoader({
      root: true,
      extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
      rules: {
        // Phone numbers and addresses are kept in one piece by the style sheet, not by other characters in their text.
        "tel-non-breaking": "off",
        "long-title": "off",
      },
    }),
  );
  for (const path of everyPage) {
    const report = await checker.validateString(await site.text(path), fileURLToPath(site.url(path)));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)), [], path);
  }
});
