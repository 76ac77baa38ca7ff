// What every page of an edition must hold to, in a real browser: FN_SITE=/path/to/site node --test.
//
// With sixteen languages and six kinds an edition has some two hundred pages. So each is opened once, and everything that is cheap is looked
// at on that one visit, in each of its states; axe, paper and what needs a browser set otherwise are run on fewer, and every test says how
// often it looked. FN_PSEUDO is a folder of pages in the pseudo-languages, which must not scroll sideways either.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { execFileSync } from "node:child_process";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { choose, open, page, pseudo, site } from "./browser.mjs";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await open();
  await visitAll();
});
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
// Posters and handouts have a frame of their own, and are made for paper alone: print.test.mjs looks at what is printed of them.
const isLeaf = (p) => /\/(poster|handout)-print\.html$/.test(p);
const isFurther = (p) => further.some((k) => p.endsWith(`/${k}.html`));

const narrow = { width: 320, height: 640 };
const phone = { width: 360, height: 640 };
const desktop = { width: 1280, height: 900 };

// Three scripts stand for the rest where a check is dear: Latin, right to left, and one with taller letters.
const three = ["en", "ar", ["zh-Hans", "hi", "ko", "es"].find((l) => languages.includes(l))].filter((l, i, all) => l && languages.includes(l) && all.indexOf(l) === i);

// states of a page: nothing chosen, and each language chosen; a page of one language has only the first.
const states = (p) => (allPages.includes(p) ? ["", ...languages] : [""]);
const named = (p, s) => p + (s ? ` in ${s}` : "");

// together runs jobs three at a time: a page waits for the browser most of the time.
const together = (jobs) => Promise.all([0, 1, 2].map(async () => { for (let job; (job = jobs.shift()); ) await job(); }));

// unfold opens every section that is on the screen; fold closes all of them again.
const unfold = (view) => view.evaluate(() => document.querySelectorAll(".fn-s:not(.fn-bare)").forEach((d) => d.checkVisibility() && (d.open = true)));
const fold = (view) => view.evaluate(() => document.querySelectorAll(".fn-s:not(.fn-bare)").forEach((d) => (d.open = false)));

const spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";

const isPage = (path) => (url) => url === site.url(path);

// What the visits found, by rule, and how often they looked.
const wrong = {};
const looks = {};
function look(rule, where, got, want) {
  looks[rule] = (looks[rule] ?? 0) + 1;
  wrong[rule] ??= [];
  try {
    assert.deepEqual(got, want);
  } catch {
    wrong[rule].push({ where, got });
  }
}
const good = (rule, where, ok, got) => look(rule, where, ok ? "" : got, "");

function found(name, rule, least, more) {
  test(name, (t) => {
    t.diagnostic(`looked ${looks[rule] ?? 0} times`);
    more?.(t);
    assert.deepEqual(wrong[rule] ?? [], []);
    assert.ok((looks[rule] ?? 0) >= least, `looked only ${looks[rule] ?? 0} times`);
  });
}

// layout looks at what is on the screen. A text spacing of the reader's own comes in a sheet that no policy forbids, as an extension's does.
const layout = (view, spaced) =>
  view.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
    // Only what is on the screen is asked where it is: to ask it of what is folded away would lay out every language each time.
    const open = [];
    const walk = (e) => {
      open.push(e);
      for (const c of e.matches("details:not([open])") ? [e.firstElementChild] : e.children) walk(c);
    };
    walk(document.body.firstElementChild);
    const all = open.filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 1 && r.height > 1);
    const over = all.filter(([, r]) => r.right > innerWidth + 0.5 || r.left < -0.5).map(([e]) => e.outerHTML.slice(0, 120));
    const small = all
      .filter(([e, r]) => e.matches("summary, a, button, input, select") && (r.width < 24 || r.height < 24))
      .map(([e, r]) => `${e.textContent.trim().slice(0, 40)}: ${r.width}x${r.height}`);
    const scroll = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = [];
    return { over, small, scroll };
  }, spaced ? spacing : "");

async function sideways(view, where) {
  for (const spaced of [false, true]) {
    const { over, small, scroll } = await layout(view, spaced);
    look("sideways", where + (spaced ? ", spaced" : ""), { scroll, over }, { scroll: 320, over: [] });
    if (!spaced) look("small", where, small, []);
  }
}

async function focus(view, where) {
  for (let i = 0; i < 12; i++) {
    await view.keyboard.press("Tab");
    const got = await view.evaluate(() => {
      const e = document.activeElement;
      const s = getComputedStyle(e);
      return { tag: e.tagName, outline: parseFloat(s.outlineWidth), style: s.outlineStyle };
    });
    if (got.tag === "BODY") break;
    good("focus", where, got.outline >= 2 && got.style === "solid", got);
  }
}

// paper: what would be printed, from a light screen and from a dark one.
async function paper(view, path, state) {
  if (isLeaf(path)) return;
  const one = !allPages.includes(path);
  for (const colorScheme of ["light", "dark"]) {
    await view.emulateMedia({ media: "print", colorScheme });
    const got = await view.evaluate(() => {
      const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && e.getBoundingClientRect().height > 0;
      const parts = [...document.querySelectorAll(".fn-part")].filter(seen);
      const texts = parts.flatMap((p) => [...p.querySelectorAll("p, li, .fn-answer, .fn-h")]).filter((e) => !e.closest(".fn-screen, .fn-exit"));
      return {
        parts: parts.map((e) => e.lang),
        hidden: texts.filter((e) => !seen(e)).map((e) => e.textContent.slice(0, 60)),
        colors: [...new Set([...parts.flatMap((p) => [...p.querySelectorAll("p, a, li")]), document.querySelector(".fn-program")].filter((e) => e && seen(e)).map((e) => getComputedStyle(e).color))],
        paper: getComputedStyle(document.body).backgroundColor,
        chips: [...document.querySelectorAll(".fn-chip")].filter(seen).length,
        yet: [...document.querySelectorAll(".fn-rest, .fn-yet, .fn-small")].filter(seen).length,
        also: [...document.querySelectorAll(".fn-also > li")].filter(seen).map((e) => e.lang),
      };
    });
    const lang = one ? path.split("/").at(-2) : state;
    const others = one && !got.also.length ? [] : languages.filter((l) => l !== lang); // in files that have no such lines, TestAlso looks
    look("paper", `${named(path, state)}, ${colorScheme}`, got, {
      parts: one || state ? [lang] : [], hidden: [], colors: ["rgb(0, 0, 0)"], paper: "rgb(255, 255, 255)", chips: one || state ? 0 : languages.length, yet: 0, also: others,
    });
  }
  await view.emulateMedia({ media: "screen", colorScheme: "light" });
}

// keyFacts measures on a phone of 360 by 640: how far below the top of the page, of one language's part, and how high.
const heights = [];
async function keyFacts(view, path, state) {
  const got = await view.evaluate(() => {
    const seen = (s) => [...document.querySelectorAll(s)].find((e) => e.checkVisibility({ contentVisibilityAuto: true }))?.getBoundingClientRect();
    const [box, part, main] = [seen(".fn-key"), seen(".fn-part"), seen("main")];
    return box && { screen: Math.round(box.top + scrollY), above: Math.round(box.top - part.top), main: Math.round(box.top - main.top), high: Math.round(box.height) };
  });
  if (!got) return;
  heights.push({ path, state, ...got });
  const above = state ? got.above : got.main;
  good("key facts", named(path, state), above <= 96 && got.screen < 240 && (isOther(path) || got.high <= 640), got);
}
// Of these kinds nobody has promised a height: they are read at leisure.
const isOther = (path) => /(demand-received|what-changed)\.html$/.test(path);

async function rightToLeft(view, path, lang) {
  const got = await view.evaluate((lang) => {
    const part = document.querySelector(`.fn-part[lang="${lang}"]`);
    const of = (e) => getComputedStyle(e).direction;
    const box = part.querySelector(".fn-key").getBoundingClientRect();
    const first = part.querySelector(".fn-key li").getBoundingClientRect();
    const node = part.querySelector('a[href^="tel:"] bdi')?.firstChild;
    const order = node?.parentElement.checkVisibility() ? [...node.data].map((_, i) => {
      const r = document.createRange();
      r.setStart(node, i);
      r.setEnd(node, i + 1);
      return r.getBoundingClientRect().left;
    }) : [];
    return {
      part: of(part),
      indented: box.right - first.right > first.left - box.left, // the bullets stand at the right
      wrong: [...part.querySelectorAll('bdi[dir="ltr"]')].filter((e) => of(e) !== "ltr").length,
      bare: [...part.querySelectorAll("a")].filter((a) => /[0-9]/.test(a.textContent) && !a.querySelector("bdi")).length,
      turned: order.some((x, i) => i > 0 && x < order[i - 1]), // the digits of a phone number stand in their order
    };
  }, lang);
  look("rtl", named(path, lang), got, { part: "rtl", indented: true, wrong: 0, bare: 0, turned: false });
}

async function visit(path) {
  const began = Date.now();
  const { view, requests, complaints, close } = await page(browser, path, { viewport: phone });
  const start = await view.evaluate(() => ({ url: location.href, history: history.length, state: JSON.stringify(history.state), title: document.title }));
  const many = allPages.includes(path);
  const seenParts = () => view.evaluate(() => [...document.querySelectorAll(".fn-part")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.lang));
  const seenChips = () => view.evaluate(() => [...document.querySelectorAll(".fn-chip")].filter((e) => e.checkVisibility()).length);
  if (path !== "START-HERE.html") {
    // Everything that is one language says which, and its direction.
    const parts = await view.evaluate(() => [...document.querySelectorAll(".fn-part, .fn-lang, .fn-yet, .fn-also > li")].map((e) => [e.lang, e.dir]));
    for (const [lang, dir] of parts) good("lang", path, lang && dir === (["ar", "fa", "fa-AF", "ps", "ur", "he"].includes(lang) ? "rtl" : "ltr"), [lang, dir]);
  }
  for (const state of states(path)) {
    const where = named(path, state);
    await view.setViewportSize(phone);
    if (state) {
      await choose(view, state);
      look("choice", where, await seenParts(), [state]);
      look("choice", where, await seenChips(), 1);
    }
    if (publicPages.includes(path)) await keyFacts(view, path, state);
    if (path !== "START-HERE.html") await paper(view, path, state);
    await view.setViewportSize(narrow);
    await unfold(view);
    await sideways(view, where);
    const lang = many ? state : path.split("/").at(-2);
    if (publicPages.includes(path) && rtl.includes(lang)) await rightToLeft(view, path, lang);
    if (state) {
      await fold(view);
      await choose(view, state); // closes it, so that the next can be chosen
      look("choice", where, await seenChips(), languages.length);
      look("choice", where, await view.evaluate(() => ({ url: location.href, history: history.length, state: JSON.stringify(history.state), title: document.title })), start);
    }
  }
  look("quiet", path, { asked: requests.filter((u) => !isPage(path)(u)), complaints }, { asked: [], complaints: [] });
  look("quiet", path, await view.evaluate(() => ({
    scripts: document.scripts.length + [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
    forms: document.querySelectorAll("form, input, select, button, textarea").length,
    loads: document.querySelectorAll("[src], [srcset], link, object, embed, iframe, img, svg").length,
    ids: document.querySelectorAll("[id]").length,
    foreign: [...document.querySelectorAll("[class]")].flatMap((e) => [...e.classList]).filter((c) => !c.startsWith("fn-")).length,
    stored: document.cookie.length,
    styled: getComputedStyle(document.body).margin === "0px", // the policy let the page's own sheet through, and would let no other
  })), { scripts: 0, forms: 0, loads: 0, ids: 0, foreign: 0, stored: 0, styled: true });
  if (many || path === "START-HERE.html" || /\/before\.html$/.test(path)) await focus(view, path);
  await close();
  if (process.env.FN_SLOW) console.error(`${path}: ${Date.now() - began} ms`);
}

async function visitPseudo(path) {
  const { view, close } = await page(browser, path, { viewport: narrow }, pseudo);
  await unfold(view);
  await sideways(view, "the pseudo-language of " + path);
  looks.pseudo = (looks.pseudo ?? 0) + 1;
  await close();
}

const pseudoPages = await pseudo.html();

async function visitAll() {
  const slow = [...everyPage].sort((a, b) => allPages.includes(b) - allPages.includes(a)); // those with all languages take longest
  await together([...slow.map((path) => () => visit(path)), ...pseudoPages.map((path) => () => visitPseudo(path))]);
}

found("no page scrolls sideways at 320 px, with the text spacing of WCAG 1.4.12 too, in any language nor in the pseudo-languages", "sideways", 2 * everyPage.length, (t) => {
  t.diagnostic(`${everyPage.length} pages, ${languages.length} languages, ${looks.pseudo ?? 0} pages in pseudo-languages`);
  assert.ok(!process.env.FN_PSEUDO || ["en-XA", "ar-XB"].every((l) => pseudoPages.some((p) => p.startsWith(l + "/"))), "a pseudo-language is missing");
});
found("everything that one can press is at least 24 by 24 px", "small", everyPage.length);
found("the focus can be seen", "focus", languages.length);
found("a page asks for nothing but itself, holds no script and breaks no rule of its policy", "quiet", 2 * everyPage.length);
found("choosing a language shows that one alone, and changes neither address nor history nor title", "choice", allPages.length * languages.length);
found("only the chosen language is printed, with everything open, black on white, and with a line for each other language", "paper", 2 * (everyPage.length - 1 - everyPage.filter(isLeaf).length));
found("languages from right to left run from right to left, and values in them do not", "rtl", rtl.length);
found("every part, every chip and every line of another language says its language and its direction", "lang", single.length);
found("key facts begin at most 96 px below the top of their language, and are at most 640 px high", "key facts", single.length, (t) => {
  const highest = (k) => [...heights].sort((a, b) => b[k] - a[k])[0];
  const say = (h) => `${named(h.path, h.state)} (${h.main} px below the top of the page, ${h.above} of its part; ${h.high} px high)`;
  t.diagnostic(`highest: ${say(highest("high"))}; lowest on its page: ${say([...heights].filter((h) => !h.state).sort((a, b) => b.main - a.main)[0])}`);
});

test("every character of every page has a glyph in the fonts that are installed", async (t) => {
  const ranges = execFileSync("fc-list", ["--format", "%{charset}\n"], { encoding: "utf8", maxBuffer: 1 << 26 }).trim().split(/\s+/).map((r) => r.split("-").map((x) => parseInt(x, 16)));
  const has = (c) => ranges.some(([from, to]) => c >= from && c <= (to ?? from));
  const chars = new Map();
  for (const [where, paths] of [[site, everyPage], [pseudo, pseudoPages]]) {
    for (const path of paths) {
      const text = (await where.text(path)).replace(/<style>[^]*?<\/style>|<[^>]*>/g, " ");
      for (const c of text) if (!chars.has(c)) chars.set(c, path);
    }
  }
  for (const c of "+\u2212…/") chars.set(c, "the style sheet");
  const tofu = [...chars].filter(([c]) => !/\s/.test(c) && !has(c.codePointAt(0))).map(([c, path]) => `${c} U+${c.codePointAt(0).toString(16)} of ${path}`);
  t.diagnostic(`${chars.size} characters, ${ranges.length} ranges of fonts`);
  assert.ok(chars.size > 60 && ranges.length > 100);
  assert.deepEqual(tofu, []);
});

test("Urdu stands in Nastaliq, and its key facts in Naskh", { skip: languages.includes("ur") ? false : "the edition is not in Urdu" }, async () => {
  const { view, close } = await page(browser, "public/ur/before.html", { viewport: phone });
  const cdp = await view.context().newCDPSession(view);
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const fonts = async (selector) => {
    const { root } = await cdp.send("DOM.getDocument");
    const { nodeId } = await cdp.send("DOM.querySelector", { nodeId: root.nodeId, selector });
    return (await cdp.send("CSS.getPlatformFontsForNode", { nodeId })).fonts.map((f) => f.familyName).join();
  };
  assert.match(await fonts(".fn-title"), /Nastaliq/);
  assert.match(await fonts(".fn-key li"), /Arabic|Naskh/);
  assert.doesNotMatch(await fonts(".fn-key li"), /Nastaliq/);
  await close();
});

test("axe finds nothing: WCAG 2.2 AA and best practice", async (t) => {
  const settings = {
    "320 px": { viewport: narrow },
    desktop: { viewport: desktop },
    dark: { viewport: desktop, colorScheme: "dark" },
    "forced colors": { viewport: narrow, forcedColors: "active" },
  };
  const runs = {};
  const jobs = [];
  // check opens a page, does each step, and looks after each.
  const check = (path, name, kind, ...steps) =>
    jobs.push(async () => {
      const began = Date.now();
      const { view, close } = await page(browser, path, { ...settings[name], bypassCSP: true });
      await view.evaluate(axeSource);
      for (const [state, step] of steps) {
        await step(view);
        const { violations, passes } = await view.evaluate(() =>
          window.axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] } }),
        );
        assert.ok(passes.length > 5, `axe looked at ${path}`);
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`), [], `${path}, ${state}, ${name}`);
        runs[kind] = (runs[kind] ?? 0) + 1;
      }
      await close();
      if (process.env.FN_SLOW) console.error(`axe: ${path}, ${name}: ${Date.now() - began} ms`);
    });
  const opened = ["opened", unfold];
  const still = ["as it comes", async () => {}];
  for (const path of allPages) {
    for (const name of Object.keys(settings)) {
      if (isFurther(path) && name !== "320 px") continue;
      const yet = ["a language that is not there yet", async (v) => { await v.click(".fn-fold"); await v.click(".fn-yet:nth-child(3) > summary"); }];
      check(path, name, "of all languages, nothing chosen", still, yet);
      // Closed and opened on one setting; on the others, which differ in size and colour alone, opened.
      const chosen = (l) => async (v) => choose(v, l);
      for (const l of three) {
        if (name === "320 px" && !isFurther(path)) check(path, name, "of all languages, one chosen", ["chosen", chosen(l)], opened);
        else check(path, name, "of all languages, one chosen", ["chosen and opened", async (v) => { await choose(v, l); await unfold(v); }]);
      }
    }
  }
  for (const l of three) for (const name of Object.keys(settings)) check(`public/${l}/before.html`, name, "of three scripts", still, opened);
  for (const l of languages) if (!three.includes(l)) check(`public/${l}/before.html`, "320 px", "of each other language", still, opened);
  for (const l of three) check(`office/${l}/before-print.html`, "desktop", "for paper", still);
  for (const name of Object.keys(settings)) check("START-HERE.html", name, "for the staff", still);
  await together(jobs);
  t.diagnostic(`runs of axe: ${Object.entries(runs).map(([k, n]) => `${n} on pages ${k}`).join("; ")}`);
});

test("the languages that the notice is not in: behind one fold, in one group with the others, each in its own words", async (t) => {
  let opened = 0;
  for (const path of allPages) {
    const { view, close } = await page(browser, path, { viewport: narrow });
    const chips = await view.evaluate(() => [...document.querySelectorAll(".fn-yet")].map((e) => e.lang));
    assert.ok(chips.length + languages.length >= 44, `${path}: ${chips.length} chips`);
    assert.deepEqual(chips.filter((l) => languages.includes(l)), [], path);
    const shown = (s) => view.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).length, s);
    assert.equal(await shown(".fn-yet"), 0, `${path}: they are folded away`);
    await view.click(".fn-fold");
    assert.equal(await shown(".fn-small"), chips.length, path);
    for (const l of path.endsWith("index.html") ? chips : chips.slice(0, 2)) {
      await view.click(`.fn-yet[lang="${l}"] > summary`);
      const got = await view.evaluate(() => ({
        open: [...document.querySelectorAll(".fn-yet[open]")].map((e) => e.lang),
        said: document.querySelector(".fn-yet[open] > p").checkVisibility(),
        chips: [...document.querySelectorAll(".fn-chip")].filter((e) => e.checkVisibility()).length,
        scroll: document.documentElement.scrollWidth,
      }));
      assert.deepEqual(got, { open: [l], said: true, chips: languages.length, scroll: 320 }, `${path} in ${l}`);
      opened++;
    }
    await choose(view, languages[0]);
    assert.equal((await shown(".fn-rest")) + (await shown(".fn-yet[open]")), 0, `${path}: a language that is there folds them away`);
    await close();
  }
  t.diagnostic(`${opened} chips opened`);
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

test("paper holds every sentence and every value of the notice", async (t) => {
  const { mkdtemp, rm } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const folder = await mkdtemp(join(tmpdir(), "fn-pdf-"));
  // Text from right to left, and that of scripts whose letters join or change places, is not taken out of a PDF in its own order by any
  // program: there the test of what would be printed must do.
  const apart = [...rtl, "hi"];
  const jobs = [];
  let papers = 0;
  for (const l of languages.filter((x) => !apart.includes(x))) {
    const whole = three.includes(l);
    for (const [kind, format, path] of [
      ["before", "Letter", `office/${l}/before-print.html`],
      ...(whole ? [["before", "A4", `office/${l}/before-print.html`], ...["Letter", "A4"].flatMap((f) => allPages.filter((p) => p.endsWith("index.html")).map((p) => ["before", f, p])),
        ...further.map((k) => [k, "Letter", `office/${l}/${k}-print.html`])] : []),
    ]) {
      jobs.push(async () => {
        const notice = await site.json(`office/${l}/${kind}.json`);
        const { view, close } = await page(browser, path);
        await choose(view, l);
        const file = join(folder, `${papers++}.pdf`);
        await view.pdf({ path: file, format });
        await close();
        // A word that is torn at a hyphen comes back with its hyphen and without the line's end.
        const squeeze = (s) => s.replace(/\s+/g, "").normalize("NFKC");
        const text = squeeze(execFileSync("pdftotext", ["-raw", "-nopgbrk", file, "-"], { encoding: "utf8" }).replace(/^\s*\d+ \/ \d+\s*$/gm, ""));
        const missing = [];
        for (const s of notice.sections) {
          // What a person gets stands under the title of a poster, where no other heading is.
          if (!(kind === "poster" && s.id === "key_facts") && !text.includes(squeeze(s.heading))) missing.push(s.heading);
          for (const st of s.groups.flatMap((g) => g.statements)) {
            for (const words of [st.text, ...st.values.flatMap((v) => v.text)]) if (!text.includes(squeeze(words))) missing.push(words);
          }
        }
        assert.deepEqual(missing, [], `${path} on ${format}`);
      });
    }
  }
  await together(jobs);
  t.diagnostic(`${papers} papers; not read back, because no program can: ${apart.filter((l) => languages.includes(l)).join(", ") || "none"}`);
  await rm(folder, { recursive: true, force: true });
});

test("without its style sheet the page still holds everything, one language at a time", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path, { viewport: phone, bypassCSP: true });
    await view.evaluate(() => document.querySelectorAll("style").forEach((s) => s.remove()));
    const height = await view.evaluate(() => document.body.getBoundingClientRect().height);
    // Of each language its name, the line that it is there, and the way off the page.
    assert.ok(height < 240 + 96 * languages.length, `${path}: ${height} px of names of languages and their lines`);
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

test("no language is listed by a flag or a code", async () => {
  for (const path of allPages) {
    const { view, close } = await page(browser, path);
    const names = await view.evaluate(() => [...document.querySelectorAll(".fn-lang, .fn-yet")].map((e) => [e.lang, e.querySelector("summary > span").textContent]));
    assert.equal(new Set(names.map(([, name]) => name)).size, names.length, path);
    for (const [lang, name] of names) assert.ok(name.length > 1 && name !== lang, `${path}: ${lang} is called ${name}`);
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
  for (const path of [...everyPage, ...site.further]) {
    const report = await checker.validateString(await site.text(path), fileURLToPath(site.url(path)));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)), [], path);
  }
});
