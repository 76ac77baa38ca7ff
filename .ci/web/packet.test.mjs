// The packet for reviewers, as a reviewer has it: from the disk, with no network. It opens, is held against its digests, is read beside the
// English, is commented on by keyboard alone, and what it saves is read by the command.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, out } from "./browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const day = process.env.FN_DATE ?? "2025-06-14";
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, work, file, packet;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-packet-"));
  await cp(join(root, "examples"), join(work, "examples"), { recursive: true });
  file = join(work, "examples", "citykey.yaml");
  execFileSync("go", ["build", "-o", join(work, "fairnotice"), "./cmd/fairnotice"], { cwd: root });
  send("sent");
  packet = join(work, "sent", "citykey-edition-1.html");
  browser = await open();
  await mkdir(out, { recursive: true });
});

after(async () => {
  await browser?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

const command = (...args) => spawnSync(join(work, "fairnotice"), args, { cwd: work, encoding: "utf8" });
const send = (to, ...more) => {
  const r = command("review", "send", file, "--out", join(work, to), "--date", day, ...more);
  assert.equal(r.status, 0, r.stderr);
  return r.stdout;
};

// look opens a page from the disk. complaints lists what the browser complains of, requests what the page asks for beside itself.
async function look(path = packet, options = {}) {
  const context = await browser.context({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const view = await context.newPage();
  const complaints = [];
  const requests = [];
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  const url = pathToFileURL(path).href;
  await view.goto(url);
  return { view, complaints, requests: () => requests.filter((u) => u !== url), context, close: () => context.close() };
}
const checked = (view) => view.waitForFunction(() => document.documentElement.dataset.checked);
const beside = (n) => `#n${n} .two > [data-o]`;

test("it is small, opens within a second, and its words have the digests named", async () => {
  assert.ok((await stat(packet)).size < 2_000_000, `${(await stat(packet)).size} bytes`);
  const times = [];
  for (let i = 0; i < 5; i++) {
    const p = await look();
    await checked(p.view);
    times.push(await p.view.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd));
    assert.match(await p.view.textContent("#checked"), /^Checked: the words shown here are those of the 96 digests of edition 1/);
    assert.deepEqual(p.complaints, []);
    assert.deepEqual(p.requests(), []);
    await p.close();
  }
  times.sort((a, b) => a - b);
  console.log(`# ${(await stat(packet)).size} bytes; opened in ${times.map((t) => Math.round(t)).join(", ")} ms`);
  assert.ok(times[0] < 1000, `opened in ${times.join(", ")} ms`);
});

test("one word changed by hand is noticed, in the words that are seen and in those that are packed", async () => {
  const text = await readFile(packet, "utf8");
  const bad = join(work, "changed.html");
  const seen = text.replace("The office keeps these:", "The office erases these:");
  assert.notEqual(seen, text);
  await writeFile(bad, seen);
  let p = await look(bad);
  await checked(p.view);
  assert.match(await p.view.textContent("#checked"), /^Do not sign: these words are not those of the digests: statement \d+/);
  await p.close();
  await writeFile(bad, text.replace(/(text before es sha256:)./, (all, head) => head + (all.endsWith("0") ? "1" : "0")));
  p = await look(bad);
  await checked(p.view);
  assert.match(await p.view.textContent("#checked"), /before in es, the edition as a whole/);
  await p.close();
});

test("every language stands beside the English, in its direction, with its labels", async () => {
  const p = await look();
  const tags = await p.view.$$eval("#lang option", (o) => o.map((x) => x.value));
  assert.equal(tags.length, 15);
  const numbers = await p.view.$$eval(".it[id]", (a) => a.map((x) => Number(x.id.slice(1))));
  assert.deepEqual(numbers, numbers.map((_, i) => i + 1));
  for (const tag of tags) {
    await p.view.selectOption("#lang", tag);
    await p.view.waitForSelector(`${beside(1)}[lang="${tag}"]`);
    const wrong = await p.view.$$eval("[data-o]", (d, tag) => d.filter((x) => x.lang !== tag || !x.textContent.trim() || x.querySelectorAll("li").length !== x.previousElementSibling.querySelectorAll("li").length).map((x) => x.dataset.o), tag);
    assert.deepEqual(wrong, [], tag);
    assert.equal(await p.view.getAttribute(beside(1), "dir"), ["ar", "ur"].includes(tag) ? "rtl" : "ltr");
  }
  assert.deepEqual(p.complaints, []);
  for (const tag of ["es", "ar", "zh-Hans"]) {
    await p.view.selectOption("#lang", tag);
    await p.view.waitForSelector(`${beside(1)}[lang="${tag}"]`);
    await p.view.locator("#n54").scrollIntoViewIfNeeded();
    await p.view.screenshot({ path: join(out, `packet-${tag}.png`) });
  }
  await p.close();
});

test("by keyboard alone: a comment on statement 12 in Spanish, saved as a file that the command reads", async () => {
  const p = await look();
  const key = (...keys) => keys.reduce((before, k) => before.then(() => p.view.keyboard.press(k)), Promise.resolve());
  const active = () => p.view.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.name || document.activeElement.textContent);
  const tabTo = async (want, most = 60) => {
    for (let i = 0; i < most; i++) {
      if ((await active()) === want) return;
      await key("Tab");
    }
    assert.fail(`Tab does not come to ${want}, but to ${await active()}`);
  };
  await tabTo("lang");
  assert.equal(await p.view.inputValue("#lang"), "es");
  await p.view.waitForSelector(`${beside(12)}[lang="es"]`);
  await tabTo("number");
  await p.view.keyboard.type("12");
  await key("Enter");
  await tabTo("Comment on 12");
  await key("Enter");
  await p.view.waitForSelector("#box[open]");
  assert.equal(await active(), "c-lang");
  assert.equal(await p.view.inputValue("#c-lang"), "es");
  await tabTo("c-text");
  await key("Tab"); // to the button, with nothing written
  await key("Enter");
  assert.equal(await p.view.textContent("#c-wrong"), "Write something first.");
  await p.view.keyboard.type("Falta quién decide. No es «cualquiera».");
  await tabTo("c-keep");
  await key("Enter");
  assert.equal(await active(), "Comment on 12");
  assert.match(await p.view.textContent("#n12 .mine"), /Spanish, objection: Falta quién decide/);
  await p.view.focus("#count");
  await key("Enter");
  await tabTo("who", 12);
  await p.view.keyboard.type("Reader Seven");
  await tabTo("save");
  await key("Enter");
  assert.match(await p.view.textContent("#who-wrong"), /^Use small letters/);
  assert.equal(await active(), "who");
  await key("Control+A");
  await p.view.keyboard.type("reader-7");
  await tabTo("save");
  const [download] = await Promise.all([p.view.waitForEvent("download"), key("Enter")]);
  assert.equal(download.suggestedFilename(), "citykey-edition-1-comments-reader-7.txt");
  const saved = join(work, "reader-7.txt");
  await download.saveAs(saved);
  const text = await readFile(saved, "utf8");
  assert.match(text, /^notice-comments\/v1\nprogram citykey\n\ncomment\nedition 1 sha256:[0-9a-f]{64}\nstatement before\/program\.open_to\nnumber 12\nlanguage es\nis objection\nreviewer reader-7\ndate \d{4}-\d\d-\d\d\nwas [^\n]+\ntext Falta quién decide\. No es «cualquiera»\.\n$/);
  assert.deepEqual(p.complaints, []);
  assert.deepEqual(p.requests().filter((u) => !u.startsWith("blob:")), []);
  await p.close();
  const r = command("review", "read", file, saved, "--date", day);
  assert.equal(r.status, 0, r.stderr);
  assert.match(r.stdout, /Falta quién decide/);
});

test("a wording proposal has the words that stand there; hostile letters are taken out; a saved file is gone on with", async () => {
  const p = await look();
  await p.view.waitForSelector(`${beside(1)}[lang="es"]`);
  await p.view.click('[aria-label="Comment on 54"]');
  await p.view.check('[name=is][value="wording"]');
  assert.equal(await p.view.inputValue("#c-text"), await p.view.inputValue("#c-was"));
  await p.view.click("#c-keep");
  assert.equal(await p.view.textContent("#c-wrong"), "These are the words that stand there now.");
  await p.view.fill("#c-text", "\u202eEsto\u200b queda\n  guardado:\u00a0");
  await p.view.click("#c-keep");
  await p.view.selectOption("#lang", "ar");
  await p.view.waitForSelector(`${beside(54)}[lang="ar"]`);
  await p.view.click('[aria-label="Comment on 54"]');
  await p.view.check('[name=is][value="question"]');
  await p.view.fill("#c-text", "<img src=x onerror=alert(1)>\n\nمن قال هذا؟");
  await p.view.click("#c-keep");
  await p.view.fill("#who", "group:help.example");
  const [download] = await Promise.all([p.view.waitForEvent("download"), p.view.click("#save")]);
  const saved = join(work, "two.txt");
  await download.saveAs(saved);
  const text = await readFile(saved, "utf8");
  assert.match(text, /\nis wording\n[^]*\ntext Esto queda guardado:\n/);
  assert.match(text, /\nis question\n[^]*\ntext <img src=x onerror=alert\(1\)>\ntext\ntext من قال هذا؟\n$/);
  assert.deepEqual(p.complaints, []);
  await p.close();
  const r = command("review", "read", file, saved, "--date", day);
  assert.equal(r.status, 0, r.stderr);
  const q = await look();
  await q.view.setInputFiles("#more", saved);
  await q.view.waitForSelector("#n54 .mine");
  assert.equal(await q.view.textContent("#saved"), "2 comments were taken from the file.");
  assert.equal(await q.view.inputValue("#who"), "group:help.example");
  await q.view.setInputFiles("#more", saved); // again
  await q.view.click("#text");
  assert.equal(await q.view.inputValue("#file"), text);
  assert.deepEqual(q.complaints, []);
  await q.close();
});

test("what a reviewer signs is exactly what they ticked", async () => {
  const p = await look();
  await checked(p.view);
  await p.view.click("#statement [type=submit]");
  assert.equal(await p.view.textContent("#s-said"), "Write your id first.");
  await p.view.fill("#s-who", "group:help.example");
  await p.view.click("#statement [type=submit]");
  assert.equal(await p.view.textContent("#s-said"), "Tick the languages that you read.");
  await p.view.check('[name=language][value="es"]');
  await p.view.check('[name=language][value="en"]');
  await p.view.check('[name=kind][value="before"]');
  await p.view.click("#statement [type=submit]");
  assert.equal(await p.view.textContent("#s-said"), "Choose what you say.");
  await p.view.check('[name=verdict][value="no-objection"]');
  await p.view.check('[name=not][value="facts"]');
  await p.view.fill("#s-if", "The phone number is rung first.");
  await p.view.fill("#s-on", "2026-11-27");
  await p.view.fill("#s-until", "2027-11-27");
  await p.view.click("#statement [type=submit]");
  assert.equal(await p.view.textContent("#s-said"), "You say this of 2 texts.");
  const text = await p.view.inputValue("#s-text");
  const lines = text.split("\n");
  assert.equal(lines[0], "notice-review/v1");
  assert.deepEqual(lines.filter((l) => / reviewed$/.test(l)).map((l) => l.split(" ").slice(0, 3).join(" ")), ["text before en", "text before es"]);
  assert.equal(lines.filter((l) => / not-reviewed$/.test(l)).length, 94);
  assert.match(text, /\nverdict no-objection\nnot-checked facts\ncondition The phone number is rung first\.\nexpires 2027-11-27\nreviewer group:help\.example\ndate 2026-11-27\n$/);
  const [download] = await Promise.all([p.view.waitForEvent("download"), p.view.click("#s-save")]);
  await download.saveAs(join(work, download.suggestedFilename()));
  assert.equal(download.suggestedFilename(), "citykey-edition-1-group-help-example.statement");
  assert.equal(command("keys", "new", "--name", "group:help.example", "--out", join(work, "help.key")).status, 0);
  const r = command("review", "sign", join(work, download.suggestedFilename()), "--key", join(work, "help.key"));
  assert.equal(r.status, 0, r.stderr);
  assert.deepEqual(p.complaints, []);
  await p.close();
});

test("the page is seen as people see it, on a phone and on paper, and nothing runs in it", async () => {
  const p = await look();
  await p.view.selectOption("#lang", "ar");
  await p.view.waitForSelector(`${beside(1)}[lang="ar"]`);
  const kinds = await p.view.$$eval("#view-kind option", (o) => o.map((x) => x.value));
  for (const kind of kinds) {
    await p.view.selectOption("#view-kind", kind);
    for (const how of ["phone", "paper"]) {
      await p.view.click(`#view-${how}`);
      if ((kind === "ask-back" || kind === "poster") && how === "phone") {
        assert.match(await p.view.textContent("#view-status"), /^This notice is on paper only/);
        continue;
      }
      const frame = await (await p.view.waitForSelector("#view iframe")).contentFrame();
      const part = frame.locator(kind === "poster" ? '.fn-leaf[lang="ar"]' : '.fn-part[lang="ar"]');
      await part.waitFor({ state: "visible" });
      assert.ok(await frame.evaluate(() => document.styleSheets.length > 0 && getComputedStyle(document.querySelector(".fn-main, .fn-leaf")).margin !== "8px"), `${kind} ${how} has no style`);
      const width = await frame.evaluate(() => window.innerWidth);
      assert.ok(how === "phone" ? width === 360 : width > 600, `${kind} ${how}: ${width} pixels wide`);
    }
  }
  await p.view.locator("#view").screenshot({ path: join(out, "packet-as-on-paper.png") });
  assert.deepEqual(p.complaints.filter((c) => !/sandboxed/.test(c)), []);
  assert.deepEqual(p.requests().filter((u) => !/^(about|blob|data):/.test(u)), []);
  await p.close();
});

test("what is shown can be narrowed, and a number leads out of it again", async () => {
  const p = await look();
  await p.view.selectOption("#show", "unknown");
  const shown = await p.view.$$eval(".it[id]", (a) => a.filter((x) => getComputedStyle(x).display !== "none").length);
  assert.equal(await p.view.textContent("#status"), `${shown} statements are shown.`);
  assert.ok(shown > 5 && shown < 200);
  await p.view.fill("#number", "12");
  await p.view.click("#goto button");
  assert.ok(await p.view.isVisible("#n12"));
  await p.view.fill("#number", "9999");
  await p.view.click("#goto button");
  assert.equal(await p.view.textContent("#status"), "There is no statement 9999.");
  await p.close();
});

test("it can be used without seeing it, on a desk, on a phone, in forced colours, and with the box open", async () => {
  for (const options of [{}, { viewport: { width: 360, height: 800 } }, { forcedColors: "active" }]) {
    const p = await look(packet, { bypassCSP: true, ...options });
    await p.view.waitForSelector(`${beside(1)}[lang="es"]`);
    await p.view.addStyleTag({ content: ".it{content-visibility:visible!important}" });
    // All reasons are open once: there are very many.
    if (!options.viewport) await p.view.evaluate((few) => document.querySelectorAll("details").forEach((d, i) => { d.open = few ? i < 30 : true; }), options.forcedColors);
    assert.ok(await p.view.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "it is wider than the screen");
    await p.view.evaluate(axe);
    const run = () => p.view.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`)));
    assert.deepEqual(await run(), [], JSON.stringify(options));
    await p.view.click('[aria-label="Comment on 12"]');
    assert.deepEqual(await p.view.evaluate(() => window.axe.run("#box").then((r) => r.violations.map((v) => v.id))), []);
    if (options.viewport) {
      await p.view.click("#c-no");
      await p.view.evaluate(() => document.getElementById("n54").scrollIntoView());
      await p.view.screenshot({ path: join(out, "packet-360.png") });
    }
    await p.close();
  }
});

test("on paper it says on every page what it is, and needs no script", async () => {
  for (const name of await readdir(join(work, "sent", "paper"))) {
    if (!/-(es|ar|zh-Hans)\.html$/.test(name)) continue;
    const p = await look(join(work, "sent", "paper", name), { javaScriptEnabled: false });
    const tag = name.match(/edition-1-(.+)\.html/)[1];
    const both = await p.view.locator(`#n12 .two > div[lang="${tag}"]`).textContent();
    assert.ok(both.trim());
    assert.deepEqual(p.requests(), []);
    if (tag !== "ar") {
      await p.close();
      continue;
    }
    const pdf = await p.view.pdf({ preferCSSPageSize: true, path: join(out, `packet-paper-${tag}.pdf`) });
    const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 26 });
    const pages = text.split("\f").filter((t) => t.trim());
    assert.ok(pages.length > 5);
    assert.deepEqual(pages.map((t, i) => (/Working paper; may be a public record/.test(t) ? "" : `page ${i + 1}`)).filter(Boolean), []);
    await p.close();
  }
});

test("without a script it says what to do instead", async () => {
  const p = await look(packet, { javaScriptEnabled: false });
  assert.match(await p.view.textContent("noscript"), /This browser runs no scripts/);
  assert.ok(await p.view.isVisible("#n12 .say"));
  await p.close();
});

test("what changed since is shown word by word", async () => {
  const yaml = await readFile(file, "utf8");
  const next = yaml.replace("  number: 1", "  number: 2").replace("en: All people who live in Chicago can ask for one.", "en: Everybody who lives in Chicago can ask for one.");
  assert.notEqual(next, yaml);
  await writeFile(file, next);
  const r = command("review", "send", file, "--out", join(work, "again"), "--date", day);
  assert.equal(r.status, 0, r.stderr);
  assert.match(r.stdout, /Compared with edition 1 \([0-9a-f]{4}\): [1-9]\d* changed/);
  const p = await look(join(work, "again", "citykey-edition-2.html"));
  assert.match(await p.view.textContent("#changed"), /Compared with edition 1 of 2025-06-14/);
  assert.equal(await p.view.textContent("#n12 .was del"), "All people ");
  await p.view.selectOption("#show", "changed");
  assert.ok(await p.view.isVisible("#n12"));
  assert.ok(await p.view.isHidden("#n13"));
  await p.view.screenshot({ path: join(out, "packet-changed.png") });
  await p.close();
});
