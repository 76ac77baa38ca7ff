// The shell of the desk and the screens of the answers: Start, Questions, To do, Ask, Judge, What changed. By keyboard alone, without a
// fault that axe knows, from 360 to 1600 px; and what is said when something fails: a core that never gets ready, a disk that refuses.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, out } from "./browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const axe = join(root, ".ci", "web", "node_modules", "axe-core", "axe.min.js");

let browser, work, shell;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-shell-"));
  await mkdir(out, { recursive: true });
  shell = join(work, "page.html");
  execFileSync("go", ["test", "-count=1", "-run", "TestWrite", "./cmd/desk/page"], { cwd: root, env: { ...process.env, FN_PAGE: shell } });
  browser = await open();
});

after(async () => {
  await browser?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

// core is one that answers from a table, for what the real one cannot be brought to do: it fails, it is slow, its disk is full.
function core({ answers = {}, ready = "Promise.resolve()", saves = "download", folder = "" } = {}) {
  return `globalThis.asked = [];
    globalThis.answers = ${JSON.stringify(answers)};
    globalThis.core = () => ({ ready: ${ready}, saves: ${JSON.stringify(saves)}, folder: ${JSON.stringify(folder)}, programs: [], send: async (op, args) => { asked.push([op, args]); return answers[op] ?? {}; } });`;
}

async function page(with_, options = {}) {
  const context = await browser.context({ viewport: { width: 1280, height: 860 }, ...options });
  const view = await context.newPage();
  view.setDefaultTimeout(10_000);
  const complaints = [];
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  await view.addInitScript(with_);
  await view.goto(pathToFileURL(shell).href);
  return { view, complaints, close: () => context.close() };
}

const text = (view) => view.locator("#main").innerText();

// clean says that the page as it stands has no fault that axe knows, and nothing that is wider than the window.
async function clean(view, what) {
  // Playwright evaluates outside the policy of the page.
  await view.evaluate(await readFile(axe, "utf8"));
  const found = await view.evaluate(async () => (await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`));
  assert.deepEqual(found, [], what);
  const wide = await view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${what} scrolls sideways`);
}

const state = { open: true, day: "2025-06-14", program: { id: "citykey", name: "CityKey", file: "citykey.yaml" }, languages: [], kinds: [], errors: 0, warnings: 1, questions: 2, unsaved: false, undo: "" };

test("the start is drawn and can be used before the core is there; what was asked goes on by itself", async () => {
  const p = await page(core({ answers: { "start.example": { state }, todo: { people: [] }, notice: { notices: [], closed: [] } }, ready: "new Promise((r) => { globalThis.letGo = r; })" }));
  assert.equal(await p.view.locator(".door").count(), 4);
  assert.match(await p.view.textContent("#ready"), /getting ready\. You can begin already\./);
  await p.view.getByRole("button", { name: "Open CityKey" }).click();
  assert.match(await text(p.view), /The desk is still getting ready; this goes on by itself\./);
  assert.deepEqual(await p.view.evaluate(() => asked), []);
  await p.view.evaluate(() => letGo());
  await p.view.waitForFunction(() => location.hash !== "");
  assert.equal((await p.view.evaluate(() => asked))[0][0], "start.example");
  assert.equal(await p.view.textContent("#program"), "CityKey");
  assert.deepEqual(p.complaints, []);
  await p.close();
});

test("a core that never gets ready says so in words, and what to do", async () => {
  const p = await page(core({ ready: "new Promise((_, no) => setTimeout(() => no(new Error('no wasm')), 50))" }));
  await p.view.getByRole("button", { name: "Open CityKey" }).click();
  await p.view.locator("[role=alert]").waitFor();
  const said = await text(p.view);
  assert.match(said, /The desk could not get ready in this browser\./);
  assert.match(said, /current Edge, Chrome or Firefox/);
  assert.match(await p.view.textContent("#foot"), /could not get ready/);
  await p.close();
});

test("what the core refuses is a sentence with what to do; a fault of ours says that nothing is lost", async () => {
  const p = await page(core({ answers: { "start.example": { error: { says: "The example is not there.", hint: "Open your own file." } } } }));
  await p.view.getByRole("button", { name: "Open CityKey" }).click();
  await p.view.locator("[role=alert]").waitFor();
  assert.match(await text(p.view), /The example is not there\.\s+Open your own file\./);
  await p.view.evaluate(() => { answers["start.example"] = { state: { open: true } }; screens.todo.show = () => { throw new TypeError("x is undefined"); }; delete screens.notice; });
  await p.view.getByRole("button", { name: "Open CityKey" }).click();
  await p.view.waitForFunction(() => location.hash === "#todo");
  await p.view.locator("[role=alert]").waitFor();
  assert.match(await text(p.view), /This is a fault of ours, and nothing of yours is lost\./);
  await p.close();
});

test("a disk that refuses is said on every screen until it takes the file, with what can be done", async () => {
  const says = { saved: false, says: "Your file is not saved: the folder can only be read.", hint: "Save a copy somewhere else.", can: [{ op: "desk.over", label: "Write it all the same" }] };
  const p = await page(core({ answers: { state: { state }, set: { state: { ...state, unsaved: true }, disk: says }, todo: { people: [] }, ask: { people: [] }, "desk.over": { state, disk: { saved: true, says: "Saved in citykey.yaml." } } }, saves: "folder", folder: "the folder Programs" }));
  await p.view.getByRole("button", { name: "Go on with it" }).click();
  assert.equal(await p.view.textContent("#saved"), "Saved in the folder Programs");
  await p.view.evaluate(() => ask("set", {}));
  await p.view.locator("#disk [role=alert]").waitFor();
  assert.match(await p.view.textContent("#disk"), /the folder can only be read/);
  assert.equal(await p.view.textContent("#saved"), "Not saved yet");
  await p.view.getByRole("link", { name: /^Ask/ }).click();
  await p.view.waitForFunction(() => location.hash === "#asking");
  assert.ok(await p.view.isVisible("#disk [role=alert]"));
  await clean(p.view, "a disk that refuses");
  await p.view.getByRole("button", { name: "Write it all the same" }).click();
  await p.view.waitForFunction(() => document.getElementById("disk").childElementCount === 0);
  assert.match(await p.view.textContent("#saved"), /^Saved in citykey\.yaml at \d\d:\d\d$/);
  await p.close();
});

test("leaving with unsaved work is asked about, and undo and save say aloud what they did", async () => {
  const p = await page(core({ answers: { "start.example": { state: { ...state, unsaved: true, undo: "How long it is kept" } }, todo: { people: [] }, notice: { notices: [], closed: [] }, undo: { state }, save: { state, files: [{ name: "citykey.yaml", bytes: "eA==" }] } } }));
  await p.view.getByRole("button", { name: "Open CityKey" }).click();
  await p.view.waitForFunction(() => location.hash !== "");
  let asked = 0;
  p.view.on("dialog", (d) => { asked++; d.dismiss(); });
  await p.view.close({ runBeforeUnload: true });
  for (let i = 0; i < 50 && asked === 0; i++) await new Promise((r) => setTimeout(r, 50));
  assert.equal(asked, 1, "the browser did not ask before it closed the page");
  const got = p.view.waitForEvent("download");
  await p.view.keyboard.press("Control+s");
  assert.equal((await got).suggestedFilename(), "citykey.yaml");
  const dialog = p.view.getByRole("dialog");
  assert.match(await dialog.innerText(), /citykey\.yaml[\s\S]+Downloads/);
  await p.view.keyboard.press("Escape");
  assert.match(await p.view.textContent("#saved"), /^Saved as citykey\.yaml at \d\d:\d\d$/);
  await p.close();
});
