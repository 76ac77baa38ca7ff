// How hard the English of a notice is to read, by two tools that are not ours: npm's syllable with flesch-kincaid and smog-formula,
// and GNU style (Debian: diction), which is run as a program. The higher grade counts. Values are taken out: what is judged is the
// words of the catalogue. The notices of the built edition are judged in all that a notice must be, those of every other example by
// their grade and the length of their sentences. FN_SITE=/path/to/site node --test.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fleschKincaid } from "flesch-kincaid";
import { smogFormula } from "smog-formula";
import { syllable } from "syllable";
import { site } from "./browser.mjs";

// Every kind that an edition holds, and how many words may come before a decision; of the other kinds, fewer.
const kinds = await site.kinds();
const notices = await Promise.all(kinds.map((k) => site.json(`office/en/${k}.json`)));
const most = { before: 1300, "already-applied": 1000, "demand-received": 800, "what-changed": 1000 };
const statements = (notice, layer) => notice.sections.filter((s) => !layer || s.layer === layer).flatMap((s) => s.groups.flatMap((g) => g.statements));

// sentences cuts where a sentence ends; a quotation mark may stand after its full stop. A colon ends a sentence that leads to values.
const sentences = (text) => text.match(/[^.!?:]+(?:[.!?:]+["”’)]*|$)/g).map((s) => s.trim()).filter((s) => /\p{L}/u.test(s));
const words = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];

function measure(texts) {
  const all = texts.flatMap(sentences);
  const tokens = all.flatMap(words);
  const syllables = tokens.map((w) => syllable(w));
  const counts = { sentence: all.length, word: tokens.length, syllable: syllables.reduce((a, b) => a + b, 0) };
  const lengths = all.map((s) => words(s).length);
  return {
    all,
    lengths,
    words: tokens.length,
    mean: tokens.length / all.length,
    longest: Math.max(...lengths),
    grade: fleschKincaid(counts),
    smog: smogFormula({ sentence: all.length, polysillabicWord: syllables.filter((n) => n >= 3).length }),
  };
}

// style wants whole sentences with full stops: a colon or a question mark at the end becomes one.
function gnuStyle(texts) {
  const input = texts.flatMap(sentences).map((s) => s.replace(/[:?!.]+(["”’)]*)$/, ".$1")).join("\n");
  const out = execFileSync("style", ["-L", "en"], { input, encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8", LANG: "C.UTF-8" } });
  const grade = /Kincaid:\s*(-?[\d.]+)/.exec(out);
  const smog = /SMOG-Grading:\s*(-?[\d.]+)/.exec(out);
  assert.ok(grade && smog, `GNU style says something else than it used to:\n${out}`);
  return { grade: Number(grade[1]), smog: Number(smog[1]) };
}

const one = (n) => n.toFixed(1);

test("the two tools read a known text as they should", () => {
  const text = ["The cat sat on the mat.", "Administrative subpoenas necessitate considerable institutional deliberation."];
  assert.ok(measure([text[0]]).grade < 0 && measure([text[1]]).grade > 20);
  assert.ok(gnuStyle([text[0]]).grade < 0 && gnuStyle([text[1]]).grade > 15);
  assert.deepEqual(sentences('It is called a "subpoena." Ask: who? No!'), ['It is called a "subpoena."', "Ask:", "who?", "No!"]);
});

function grades(t, notice) {
  for (const [name, list] of [["the whole notice", statements(notice)], ["the key facts", statements(notice, 1)]]) {
    const texts = list.map((s) => s.text);
    const a = measure(texts);
    const b = gnuStyle(texts);
    t.diagnostic(`${name}: ${a.all.length} sentences, ${a.words} words, mean ${one(a.mean)}, longest ${a.longest}`);
    t.diagnostic(`${name}: Flesch-Kincaid ${one(a.grade)} (syllable), ${one(b.grade)} (GNU style); SMOG ${one(a.smog)} (syllable), ${one(b.smog)} (GNU style)`);
    assert.ok(Math.max(a.grade, b.grade) <= 6, `${name}: Flesch-Kincaid ${one(Math.max(a.grade, b.grade))}`);
    // SMOG is made for thirty sentences and more.
    if (a.all.length >= 30) assert.ok(Math.max(a.smog, b.smog) <= 9, `${name}: SMOG ${one(Math.max(a.smog, b.smog))}`);
  }
}

function lengths(notice) {
  const m = measure(statements(notice).map((s) => s.text));
  assert.deepEqual(m.all.filter((_, i) => m.lengths[i] > 15), []);
  assert.ok(m.mean <= 10, `mean ${one(m.mean)}`);
}

// The notices of every example, made by the command on the day of its edition. what-changed needs an older file; the built edition has one.
const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const work = mkdtempSync(join(tmpdir(), "fn-plain-"));
after(() => rmSync(work, { recursive: true, force: true }));
const command = join(work, "fairnotice");
execFileSync("go", ["build", "-o", command, "./cmd/fairnotice"], { cwd: repository });
const examples = readdirSync(join(repository, "examples")).filter((f) => f.endsWith(".yaml")).sort();

let seen = 0;
for (const file of examples) {
  const path = join(repository, "examples", file);
  const day = /^ {2}as_of: (\d{4}-\d{2}-\d{2})/m.exec(readFileSync(path, "utf8"))[1];
  for (const kind of ["before", "at-upload", "already-applied", "demand-received", "ask-back"]) {
    let notice;
    try {
      notice = JSON.parse(execFileSync(command, ["show", path, "--kind", kind, "--lang", "en", "--as", "json", "--date", day], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }));
    } catch (e) {
      assert.equal(e.status, 1, `${file} ${kind}: ${e.stderr}`); // this program has no notice of the kind
      continue;
    }
    seen++;
    test(`${basename(file, ".yaml")}, ${kind}: the grade by the harder tool, no sentence over 15 words, the mean at most 10`, (t) => {
      grades(t, notice);
      lengths(notice);
    });
  }
}

test("every example has notices, and they were measured", () => assert.ok(seen >= 3 * examples.length, `${seen} notices of ${examples.length} examples`));

for (const notice of notices) {
  const kind = notice.kind;

  test(`${kind}: Flesch-Kincaid is at most 6, and SMOG at most 9, by the tool that finds the text harder`, (t) => grades(t, notice));

  test(`${kind}: no sentence has more than 15 words, the mean is at most 10`, () => lengths(notice));

  test(`${kind}: key facts have at most 60 words, and what comes before a decision no more than its kind may`, (t) => {
    const count = (layer) => statements(notice, layer).flatMap((s) => words(s.text)).length;
    t.diagnostic(`words: layer 1 ${count(1)}, layer 2 ${count(2)}, layer 3 ${count(3)}`);
    assert.ok(count(1) > 0 && count(1) <= 60, `key facts: ${count(1)} words`);
    if (kind in most) assert.ok(count(2) > 0 && count(2) <= most[kind], `layer 2: ${count(2)} words`);
  });

  test(`${kind}: the first statement of a section answers its heading: it leads to nothing`, () => {
    for (const s of notice.sections.filter((x) => x.layer > 1)) {
      const first = s.groups[0].statements[0].text;
      assert.ok(!/:\s*$/.test(first), `${s.heading}: ${first}`);
    }
  });

  test(`${kind}: no group has more than three sentences`, () => {
    const long = notice.sections
      .filter((s) => s.layer > 1)
      .flatMap((s) => s.groups.map((g) => ({ where: `${s.heading} / ${g.heading}`, sentences: g.statements.flatMap((x) => sentences(x.text)) })))
      .filter((g) => g.sentences.length > 3);
    assert.deepEqual(long, []);
  });

  test(`${kind}: the key facts come first, and what people can do stands within the first three headings`, () => {
    assert.equal(notice.sections[0].layer, 1);
    assert.ok(notice.sections.slice(1).every((s) => s.layer > 1));
    if (kind in most) assert.ok(notice.sections.slice(0, 3).some((s) => s.id === "choices" || s.id === "now"), notice.sections.slice(0, 3).map((s) => s.id).join());
  });
}
