// The desk: one page that checks a program file on the device of the person who opens it. Nothing may leave the browser, and it must
// say what the command says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "./browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const desk = process.env.FN_DESK ?? join(root, "dist", "desk", "desk.html");
const day = process.env.FN_DATE ?? "2025-06-14";
const example = join(root, "examples", "citykey.yaml");

let browser, context, view, work;
const requests = [];
const complaints = [];

before(async () => {
  assert.ok(existsSync(desk), `there is no ${desk}: run make desk`);
  work = await mkdtemp(join(tmpdir(), "fn-desk-"));
  browser = await open();
  context = await browser.context({ viewport: { width: 360, height: 800 } });
  view = await context.newPage();
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  await view.goto(pathToFileURL(desk).href);
  await view.waitForFunction(() => document.getElementById("verdict").textContent === "Ready. Open a file.", null, { timeout: 60_000 });
  await view.fill("#day", day);
});

after(async () => {
  await context?.close();
  await browser?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

async function check(name, text) {
  const path = join(work, name);
  await writeFile(path, text);
  await view.evaluate(() => { document.getElementById("verdict").textContent = ""; });
  await view.setInputFiles("#file", path);
  await view.waitForFunction(() => document.getElementById("verdict").textContent !== "");
  return (await view.textContent("#verdict")).trim();
}

// What the command says of the same file: check ends with 1 when the file has errors, and prints its report all the same.
function command(path) {
  try {
    return JSON.parse(execFileSync("go", ["run", "./cmd/fairnotice", "check", path, "--as", "json", "--date", day], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }));
  } catch (e) {
    return JSON.parse(e.stdout);
  }
}

test("the example has no errors, and the same questions as in the command", async () => {
  const verdict = await check("citykey.yaml", await readFile(example, "utf8"));
  assert.equal(verdict, "This file has no errors. A notice can be made.");
  const said = command(example);
  assert.equal(await view.locator("#questions li").count(), said.questions.length);
  assert.equal(await view.locator("#warnings li").count(), said.problems.filter((p) => p.severity === "warning").length);
  assert.match(await view.textContent("#coverage h2"), /^Checklist: 47 items, \d+ covered, \d+ not$/);
  assert.ok(await view.isHidden("#errors"));
});

test("a file with errors shows them all, with their lines, as the command does", async () => {
  const text = (await readFile(example, "utf8")).replace(/^people: .*$/m, "people: aplicants").replace(/^digits: .*$/m, "digits: roman");
  assert.equal(await check("broken.yaml", text), "This file has errors. No notice can be made yet.");
  const said = command(join(work, "broken.yaml")).problems.filter((p) => p.severity === "error");
  const shown = await view.locator("#errors li").allTextContents();
  assert.ok(said.length >= 2);
  assert.equal(shown.length, said.length);
  for (const [i, p] of said.entries()) {
    assert.ok(shown[i].startsWith(`Line ${p.line}: `), shown[i]);
    assert.ok(shown[i].includes(p.message), shown[i]);
  }
  assert.ok(shown.some((s) => s.includes('Did you mean "applicants"')), shown.join("\n"));
});

test("a file saved as UTF-16 is told how to save it, not shown as noise", async () => {
  const text = "\ufefffairnotice: 1\n";
  await check("utf16.yaml", Buffer.from(text, "utf16le"));
  const shown = (await view.locator("#errors li").allTextContents()).join("\n");
  assert.match(shown, /UTF-8/);
});

test("hostile text in a file is text on the page", async () => {
  await check("hostile.yaml", 'fairnotice: 1\n"<img src=x onerror=alert(1)>": 1\n');
  assert.equal(await view.locator("#result img").count(), 0);
  assert.match(await view.textContent("#errors"), /<img src=x/);
});

test("a dropped file is checked, too", async () => {
  const text = await readFile(example, "utf8");
  await view.evaluate(() => { document.getElementById("verdict").textContent = ""; });
  const data = await view.evaluateHandle((t) => {
    const d = new DataTransfer();
    d.items.add(new File([t], "citykey.yaml"));
    return d;
  }, text);
  await view.dispatchEvent("#drop", "drop", { dataTransfer: data });
  await view.waitForFunction(() => document.getElementById("verdict").textContent.startsWith("This file has no errors"));
});

test("the page asks for nothing but itself, and its policy forbids the rest", async () => {
  assert.deepEqual(requests.filter((u) => !u.startsWith("file:")), []);
  assert.equal(requests.length, 1, requests.join("\n"));
  const blocked = await view.evaluate(() => fetch("https://example.org/").then(() => false, () => true));
  assert.ok(blocked);
  const wide = await view.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  assert.ok(wide, "the page scrolls sideways on a phone");
  assert.deepEqual(complaints.filter((c) => !c.includes("example.org")), []);
});
