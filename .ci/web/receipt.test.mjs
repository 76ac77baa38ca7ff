// The receipts of an edition: a page of all languages that says what can happen before it offers anything, and a code that reads back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import vnu from "vnu-jar";
import { choose, open, page, site } from "./browser.mjs";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const languages = await site.languages();
const few = languages.filter((l) => ["en", "ar"].includes(l));
const week = "2026-W47";
const path = "public/receipt.html";
let browser, folder, made, from, html;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fn-receipt-"));
  made = join(folder, "site");
  // The receipts are off by default: the site of the other tests has none.
  const build = ["run", "../../cmd/fairnotice", "build", "../../examples/citykey.yaml", "--out", made, "--date", process.env.FN_DATE ?? "2025-06-14"];
  execFileSync("go", [...build, "--receipts", week], { stdio: "pipe" });
  from = { url: (p) => pathToFileURL(join(made, p)).href };
  html = await readFile(join(made, path), "utf8");
  browser = await open();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const text = (name) => readFile(join(made, "public", name), "utf8");
const narrow = { width: 320, height: 640 };

test("axe finds nothing, at any width, in any colours, whichever language is chosen", async (t) => {
  let runs = 0;
  for (const [name, options] of Object.entries({ narrow: { viewport: narrow }, desktop: {}, dark: { colorScheme: "dark" }, forced: { viewport: narrow, forcedColors: "active" } })) {
    const { view, requests, complaints, close } = await page(browser, path, { ...options, bypassCSP: true }, from);
    await view.evaluate(axeSource);
    for (const l of ["", ...(name === "narrow" ? languages : few)]) {
      if (l) await choose(view, l);
      const { violations, passes } = await view.evaluate(() =>
        window.axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] } }));
      assert.ok(passes.length > 5);
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`), [], `${name}, ${l || "nothing chosen"}`);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth)) <= view.viewportSize().width, `${name}, ${l}: scrolls sideways`);
      if (l) await choose(view, l); // fold it again
      runs++;
    }
    assert.deepEqual(requests.filter((r) => r !== from.url(path)), []);
    assert.deepEqual(complaints, []);
    await close();
  }
  t.diagnostic(`${runs} runs of axe`);
});

test("vnu and html-validate have nothing to say", async () => {
  const report = await new HtmlValidate({ root: true, extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"], rules: { "long-title": "off" } }).validateString(html, path);
  assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)), []);
  const said = execFileSync("java", ["-jar", vnu, "--format", "gnu", "--stdout", "--exit-zero-always", join(made, path)], { encoding: "utf8" });
  // vnu reckons no hash of a style sheet, and says of every sheet that the policy forbids it. So the hash is reckoned here.
  const hash = createHash("sha256").update(html.match(/<style>([^]*?)<\/style>/)[1]).digest("base64");
  assert.ok(html.includes(`style-src &#39;sha256-${hash.replaceAll("+", "&#43;")}&#39;`), "the policy allows the style sheet");
  assert.deepEqual(said.split("\n").filter((line) => line && !line.includes("Inline style violates Content Security Policy")), []);
});

test("nothing is offered before a language is chosen, and then what can happen stands first", async () => {
  const { view, close } = await page(browser, path, { viewport: narrow }, from);
  const shown = (s) => view.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => ({ lang: e.lang, top: e.getBoundingClientRect().top })), s);
  assert.deepEqual(await shown(".fn-receipts, .fn-file, .fn-qr, [download]"), []);
  for (const l of languages) {
    await choose(view, l);
    const careful = await shown(".fn-careful > .fn-say");
    assert.deepEqual(careful.map((s) => s.lang), [l]);
    const offers = await shown(".fn-file, .fn-qr, [download]");
    assert.equal(offers.length, 6, l);
    for (const o of offers) assert.ok(o.top > careful[0].top, `${l}: something is offered before it is said what can happen`);
    await choose(view, l);
  }
  await close();
});

test("the codes read back as the files, and are no address", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { view, close } = await page(browser, path, { viewport: { width: 360, height: 800 }, colorScheme }, from);
    await choose(view, "en");
    for (const [i, name] of ["receipt.txt", "receipt-short.txt"].entries()) {
      const png = join(folder, `${colorScheme}-${i}.png`);
      await view.locator(".fn-qr").nth(i).screenshot({ path: png });
      const read = execFileSync("zbarimg", ["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable", png], { encoding: "utf8" });
      // zbarimg ends what it read with a line of its own.
      assert.equal(read, (await text(name)) + "\n", `${colorScheme}: ${name}`);
      assert.doesNotMatch(read, /:\/\/|www\./);
    }
    await close();
  }
  assert.doesNotMatch(await text("receipt-short.txt"), /citykey/i);
});

test("it prints on one page, in the language that is chosen", async (t) => {
  for (const l of languages) {
    const { view, close } = await page(browser, path, {}, from);
    await choose(view, l);
    for (const format of few.includes(l) ? ["Letter", "A4"] : ["Letter"]) {
      const pdf = join(folder, "receipt.pdf");
      await view.pdf({ path: pdf, format });
      assert.match(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }), /Pages: +1\n/, `${l} on ${format}`);
    }
    await view.emulateMedia({ media: "print" });
    assert.deepEqual(await view.evaluate(() => [...document.querySelectorAll(".fn-part, .fn-say")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.lang)), [l, l, l]);
    await close();
  }
  t.diagnostic(`${languages.length + few.length} papers`);
});
