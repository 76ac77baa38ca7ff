// What `fairnotice print` makes for walls, hands and counters, in a real browser: a poster is one page and a handout two sides, on letter and
// on A4, in every language; nothing is cut, nothing lies over anything else, and every sentence is on the paper; the code on a poster is read
// from its PDF; large print is large. Nothing is served and nothing is fetched.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const day = process.env.FN_DATE ?? "2025-06-14";
const work = await mkdtemp(join(tmpdir(), "fn-print-"));
const command = join(work, "fairnotice");
const papers = ["Letter", "A4"];

let browser;
let view;
before(async () => {
  execFileSync("go", ["build", "-o", command, "./cmd/fairnotice"], { cwd: root });
  browser = await chromium.launch({ executablePath: process.env.FN_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  view = await browser.newPage({ viewport: { width: 1000, height: 1000 }, javaScriptEnabled: true });
  await view.emulateMedia({ media: "print" });
});
after(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

// made prints a program's papers into a folder of their own, and gives the folder and its languages.
async function made(file, ...more) {
  const folder = await mkdtemp(join(work, "paper-"));
  execFileSync(command, ["print", join("examples", file), "--out", folder, "--elsewhere", "--date", day, ...more], { cwd: root });
  const languages = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name);
  return { folder, languages, path: (...p) => join(folder, ...p) };
}

// pdf prints the page that is open, and gives the file and its number of pages.
async function pdf(format) {
  const file = join(work, "page.pdf");
  await writeFile(file, await view.pdf({ format, preferCSSPageSize: true }));
  return { file, pages: Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))[1]) };
}

const squeeze = (s) => s.normalize("NFKC").replace(/[\s\u2066-\u2069\u200b-\u200f]/g, "");

// Scripts whose text comes out of a PDF as it went in; the others are shaped, and are looked at as boxes.
const readable = ["en", "es", "fr", "ht", "fil", "pl", "pt-BR", "vi", "ru", "uk", "zh-Hans", "zh-Hant", "ko"];

// faults looks at the leaves that lie open: every box with words lies inside its leaf, none over another, none smaller than it may be.
// A leaf is as wide as A4 without its margins and as high as letter without its own.
const faults = () => view.evaluate(() => {
  const mm = 96 / 25.4;
  const out = [];
  for (const leaf of document.querySelectorAll(".fn-leaf")) {
    const room = leaf.getBoundingClientRect();
    if (room.width > 190.5 * mm || room.height > 259.4 * mm) out.push(`the leaf is ${(room.width / mm).toFixed(1)} × ${(room.height / mm).toFixed(1)} mm`);
    if (leaf.scrollWidth > leaf.clientWidth + 1) out.push("the leaf is wider than its page");
    const words = [];
    for (const e of leaf.querySelectorAll("p, h1, h2, h3, li, svg")) {
      const style = getComputedStyle(e);
      if (style.display === "none") continue;
      const size = parseFloat(style.fontSize) * 0.75;
      const least = e.closest(".fn-lines") ? 7 : e.closest(".fn-tail, .fn-says, .fn-mark") ? 6.7 : 9;
      if (e.localName !== "svg" && e.innerText.trim() && size < least - 0.05) out.push(`${e.innerText.slice(0, 30)}: ${size} pt`);
      for (const r of e.getClientRects()) {
        // The box of a line is higher than its letters, and those of neighbours touch; their middles do not.
        const inset = e.localName === "svg" ? 1 : r.height * 0.3;
        words.push({ e, left: r.left + 1, right: r.right - 1, top: r.top + inset, bottom: r.bottom - inset });
        if (r.left < room.left - 1 || r.right > room.right + 1 || r.top < room.top - 1 || r.bottom > room.bottom + 1) out.push(`outside: ${e.innerText?.slice(0, 40) ?? "the code"}`);
      }
    }
    for (let i = 0; i < words.length; i++) {
      for (let k = i + 1; k < words.length; k++) {
        const [a, b] = [words[i], words[k]];
        if (a.e === b.e || a.e.contains(b.e) || b.e.contains(a.e)) continue;
        if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) out.push(`${a.e.innerText?.slice(0, 25) ?? "the code"} lies over ${b.e.innerText?.slice(0, 25) ?? "the code"}`);
      }
    }
  }
  return out;
});

// onPaper gives what is wrong with one page: its number of pages on each paper, its boxes, and the sentences that are not on it.
async function onPaper(file, language, want) {
  await view.goto(pathToFileURL(file).href);
  await view.evaluate(() => document.querySelectorAll("style")[1].remove()); // the size of the paper: here the printer has it
  const wrong = (await faults()).map((f) => `${language}: ${f}`);
  const said = await view.evaluate(() => [...document.querySelectorAll(".fn-leaf :is(p, h1, h2, li)")].map((e) => e.innerText));
  for (const format of papers) {
    const p = await pdf(format);
    if (p.pages !== want) wrong.push(`${language}: ${p.pages} pages on ${format}`);
    if (!readable.includes(language)) continue;
    const text = squeeze(execFileSync("pdftotext", ["-raw", "-nopgbrk", p.file, "-"], { encoding: "utf8" }));
    for (const s of said.filter((s) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{P}\p{N}\p{Z}\p{S}]+$/u.test(s))) {
      if (!text.includes(squeeze(s))) wrong.push(`${language}, ${format}: not on the paper: ${s}`);
    }
  }
  return wrong;
}

test("a poster is one page and a handout two sides, in every language, on letter and A4, and nothing is cut", async (t) => {
  const paper = await made("citykey.yaml", "--only", "poster,handout");
  assert.equal(paper.languages.length, 16);
  const wrong = [];
  for (const l of paper.languages) {
    wrong.push(...(await onPaper(paper.path(l, "poster.html"), l, 1)), ...(await onPaper(paper.path(l, "handout.html"), l, 2)));
  }
  assert.deepEqual(wrong, []);
  t.diagnostic(`${paper.languages.length} posters and as many handouts, each on ${papers.join(" and ")}`);
});

test("so are those of every other example", async () => {
  const wrong = [];
  for (const file of ["food-pantry.yaml", "colorado-labor.yaml", "washtenaw.yaml", "chicago-streets-sanitation.yaml", "citykey-2017.yaml"]) {
    const paper = await made(file, "--only", "poster,handout");
    for (const l of paper.languages) {
      for (const [name, pages] of [["poster", 1], ["handout", 2]]) {
        wrong.push(...(await onPaper(paper.path(l, `${name}.html`), l, pages)).map((w) => `${file}, ${name}, ${w}`));
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("the sides of a handout are the language and English, and the words of both are those of the edition", async () => {
  const paper = await made("citykey.yaml", "--only", "handout");
  for (const l of ["ar", "es", "en"]) {
    await view.goto(pathToFileURL(paper.path(l, "handout.html")).href);
    const sides = await view.evaluate(() => [...document.querySelectorAll(".fn-leaf")].map((e) => [e.lang, e.dir, e.querySelectorAll("section").length]));
    assert.deepEqual(sides.map((s) => s.slice(0, 2)), l === "en" ? [["en", "ltr"], ["en", "ltr"]] : [[l, l === "ar" ? "rtl" : "ltr"], ["en", "ltr"]]);
    const shown = squeeze(await view.evaluate(() => document.querySelector(".fn-leaf").textContent));
    const said = JSON.parse(execFileSync(command, ["show", "examples/citykey.yaml", "--lang", l, "--kind", "poster", "--as", "json", "--date", day], { cwd: root, encoding: "utf8" }));
    for (const s of said.sections.flatMap((s) => s.groups.flatMap((g) => g.statements))) {
      for (const text of [s.text, ...s.values.flatMap((v) => v.text)]) assert.ok(shown.includes(squeeze(text)), `${l}: ${s.id}: ${text}`);
    }
  }
});

// read gives what a code reader reads in the PDF of a poster.
async function read(file) {
  await view.goto(pathToFileURL(file).href);
  const { file: printed } = await pdf("Letter");
  execFileSync("pdftoppm", ["-r", "200", "-gray", "-png", "-singlefile", printed, join(work, "poster")]);
  return execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", join(work, "poster.png")], { encoding: "utf8" }).trim();
}

test("the code of a poster is read from its PDF: the key facts as text, or the address of the page", async () => {
  const plain = await made("citykey.yaml", "--only", "poster");
  for (const l of plain.languages) {
    const text = await read(plain.path(l, "poster.html"));
    const said = JSON.parse(execFileSync(command, ["show", "examples/citykey.yaml", "--lang", l, "--kind", "at-upload", "--as", "json", "--date", day], { cwd: root, encoding: "utf8" }));
    for (const s of said.sections.filter((s) => s.layer === 1).flatMap((s) => s.groups.flatMap((g) => g.statements))) assert.ok(squeeze(text).includes(squeeze(s.text)), `${l}: ${s.text}\n${text}`);
  }
  const page = "https://city.example.gov/citykey/";
  const opens = await made("citykey.yaml", "--only", "poster", "--lang", "en", "--qr", "page", "--page", page);
  assert.equal(await read(opens.path("en", "poster.html")), page);
  assert.ok((await view.evaluate(() => document.querySelector(".fn-says").innerText)).includes(page), "the address stands beside its code");
});

test("in large print no letter is smaller than 18 points, and nothing is wider than the paper", async () => {
  const paper = await made("citykey.yaml", "--only", "large", "--lang", "en,ar,ur,zh-Hans");
  for (const l of paper.languages) {
    await view.goto(pathToFileURL(paper.path(l, "large.html")).href);
    await view.setViewportSize({ width: 650, height: 900 }); // narrower than either paper without its margins
    const small = await view.evaluate(() => {
      const out = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let n; (n = walk.nextNode()); ) {
        const e = n.parentElement;
        if (!n.data.trim() || !e.checkVisibility()) continue;
        const size = parseFloat(getComputedStyle(e).fontSize) * 0.75;
        if (size < 17.99) out.push(`${size}: ${n.data.slice(0, 40)}`);
      }
      return [out, document.documentElement.scrollWidth > innerWidth];
    });
    await view.setViewportSize({ width: 1000, height: 1000 });
    assert.deepEqual(small, [[], false], l);
  }
});

test("the card for the counter is one sheet of two sides", async () => {
  for (const file of ["citykey.yaml", "food-pantry.yaml", "colorado-labor.yaml"]) {
    const paper = await made(file, "--only", "staff-card");
    assert.ok(existsSync(paper.path("staff-card.html")), file);
    await view.goto(pathToFileURL(paper.path("staff-card.html")).href);
    for (const format of papers) assert.equal((await pdf(format)).pages, 2, `${file} on ${format}`); // it has no size of its own
    const text = await view.evaluate(() => document.body.innerText);
    for (const word of ["Say this", "Do not promise that", "If an officer hands you a paper", "Erase nothing"]) assert.ok(text.includes(word), word);
  }
});

test("a poster asks for nothing: no script, no address but those that people may call or type", async () => {
  const paper = await made("citykey.yaml", "--only", "poster", "--lang", "es");
  const html = await readFile(paper.path("es", "poster.html"), "utf8");
  assert.ok(!/<script|<link|<img|src=|url\(/.test(html));
  assert.match(html, /default-src &#39;none&#39;|default-src 'none'/);
});
