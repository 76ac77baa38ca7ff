// The sheet of questions as a page: a person fills it in, types something wrong, and sends the text back; the command reads it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "./browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const day = process.env.FN_DATE ?? "2025-06-14";
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, context, view, work, file;
const requests = [];
const complaints = [];

const command = (...args) => spawnSync("go", ["run", "./cmd/fairnotice", ...args], { cwd: root, encoding: "utf8" });

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-sheets-"));
  file = join(work, "citykey.yaml");
  await copyFile(join(root, "examples", "citykey.yaml"), file);
  execFileSync("go", ["run", "./cmd/fairnotice", "questions", file, "--out", join(work, "sheets"), "--date", day], { cwd: root });
  browser = await open();
  context = await browser.context({ viewport: { width: 360, height: 800 }, acceptDownloads: true });
  view = await context.newPage();
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
});

after(async () => {
  await context?.close();
  await browser?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

const sheet = (who) => pathToFileURL(join(work, "sheets", `citykey-${who}.html`)).href;
const said = async () => (await view.textContent("#said")).trim();

test("a wrong answer is told beside it, and no text is made", async () => {
  await view.goto(sheet("records"));
  await view.click("#make");
  assert.equal(await said(), "There is no answer yet.");
  const period = view.locator('[data-kind="period"] > input').first();
  await period.fill("seven years");
  await view.click("#make");
  assert.match(await said(), /^Write your name first/);
  await view.fill("#by", "Ana Ruiz");
  await view.fill("#on", day);
  await view.click("#make");
  assert.match(await said(), /^Choose how you know/);
  await view.selectOption("#how", "looked");
  await view.click("#make");
  assert.match(await said(), /^This is no length of time/);
  assert.equal(await view.locator("#made").isVisible(), false);
  await period.fill("7 years");
  await view.locator('[data-kind="word"] select').first().selectOption({ index: 1 });
  await view.locator('[data-kind="name"] .ask').first().fill("Ben Lee");
  await view.click("#make");
  assert.equal(await said(), "3 answers are in the text below. Send it back.");
});

test("the saved text is read by the command", async () => {
  const [download] = await Promise.all([view.waitForEvent("download"), view.click("#save")]);
  assert.equal(download.suggestedFilename(), "citykey-answers.txt");
  const back = join(work, "back.txt");
  await download.saveAs(back);
  const text = await readFile(back, "utf8");
  assert.equal(text, await view.inputValue("#text"));
  await writeFile(back, text.replaceAll("\n", "\r\n> "));
  const r = command("questions", file, "--answers", back, "--date", day);
  assert.equal(r.status, 0, r.stderr);
  assert.match(r.stdout, /4 answers written/); // two questions, each for two places
  assert.match(await readFile(file, "utf8"), /period: \{is: 7 years, confidence: verified, by: Ana Ruiz, on: 2025-06-14\} {17}# the code/);
});

test("nothing is asked for from anywhere, and nothing is complained of", async () => {
  for (const who of ["program", "it", "vendor", "counsel"]) {
    await view.goto(sheet(who));
  }
  assert.deepEqual(requests.filter((u) => !u.startsWith("file:") && !u.startsWith("blob:")), []);
  assert.deepEqual(complaints, []);
});

test("every sheet can be used without seeing it, at 360 pixels, and printed", async () => {
  for (const who of ["program", "records", "it", "vendor", "counsel"]) {
    const c = await browser.context({ viewport: { width: 360, height: 800 }, bypassCSP: true });
    const p = await c.newPage();
    await p.goto(sheet(who));
    await p.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${who} is wider than the screen`);
    await p.evaluate(axe);
    const { violations } = await p.evaluate(() => window.axe.run(document));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], who);
    await c.close();
  }
});
