// The ledger in the browser: one page in which anybody opens a copy of a ledger, offline. It must say what the ledger says, in any
// language of the texts, and nothing in a ledger may act.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, out } from "./browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const viewer = process.env.FN_VIEWER ?? join(root, "dist", "viewer", "ledger.html");

let browser, context, view, work, key;
const requests = [];
const complaints = [];

before(async () => {
  assert.ok(existsSync(viewer), `there is no ${viewer}: run make viewer`);
  work = await mkdtemp(join(tmpdir(), "fn-viewer-"));
  execFileSync("go", ["test", "-count=1", "-run", "TestOpen", "./cmd/viewer"], { cwd: root, env: { ...process.env, FN_SAMPLE: work } });
  key = await readFile(join(work, "key.txt"), "utf8");
  await mkdir(out, { recursive: true });
  browser = await open();
  context = await browser.context({ viewport: { width: 360, height: 800 } });
  view = await context.newPage();
  view.on("filechooser", () => {}); // from here on the browser hands choosers over; told to while a key is pressed, it may be too late
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  view.on("dialog", (d) => { complaints.push("a dialog: " + d.message()); d.dismiss(); });
  await view.goto(pathToFileURL(viewer).href);
  await view.waitForFunction(() => document.getElementById("status").textContent === "Ready. Open a ledger.", null, { timeout: 60_000 });
});

after(async () => {
  await context?.close();
  await browser?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

async function choose(field, paths, withKey = key) {
  if (field === "#file") await view.setInputFiles(field, []); // the same file again is no change
  await view.fill("#key", withKey);
  await view.locator("#key").blur();
  await view.evaluate(() => { document.getElementById("status").textContent = ""; });
  await view.setInputFiles(field, paths);
  await view.waitForFunction(() => !["", "The ledger is read and checked. A large one takes a minute."].includes(document.getElementById("status").textContent), null, { timeout: 120_000 });
  return view.textContent("#status");
}

async function language(tag) {
  await view.selectOption("#language", tag);
}

// nothing says that the page as it stands has no fault that axe knows.
async function clean() {
  await view.evaluate(await readFile(join(root, ".ci", "web", "node_modules", "axe-core", "axe.min.js"), "utf8"));
  const found = await view.evaluate(async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`));
  assert.deepEqual(found, []);
}

test("a folder, with the key: what was promised when, and what was said otherwise", async () => {
  assert.equal(await choose("#folder", join(work, "ledger")), "The ledger holds, and it is signed with the key that you gave.");
  assert.equal(await view.textContent("#name"), "The ledger notices.example.org/city");
  assert.deepEqual(await view.locator("#program option").allTextContents(), ["citykey (3 editions)", "food-pantry (1 edition)"]);
  const heads = await view.locator("#editions h3").allTextContents();
  assert.deepEqual(heads, ["Edition 1", "Edition 2", "Edition 3"]);
  const second = view.locator(".edition").nth(1);
  const said = await second.innerText();
  assert.match(said, /It held from 14 June 2025 until 21 November 2025/);
  assert.match(said, /What it says otherwise than edition 1:/);
  assert.match(said, /New:\s+The office asks for your birthday\./);
  assert.match(said, /Now:\s+The office answers when a court orders it\./);
  assert.equal(await second.locator(".change del").count(), 2);
  assert.equal(await second.locator(".change ins").count(), 2);
  assert.ok(await view.isVisible("#withheld"));
  assert.match(await view.textContent("#withheld"), /by order of a court/);
  await clean();
  await view.screenshot({ path: join(out, "viewer-en.png"), fullPage: true });
});

test("in Arabic and in Chinese, in their own direction; what is withheld is said", async () => {
  for (const [tag, dir] of [["ar", "rtl"], ["zh-Hans", "ltr"]]) {
    await language(tag);
    const found = await view.locator(".edition").nth(1).locator("ins").first().evaluate((e) => [e.lang, getComputedStyle(e).direction]);
    assert.deepEqual(found, [tag, dir]);
    await clean();
    await view.screenshot({ path: join(out, `viewer-${tag}.png`), fullPage: true });
  }
  await language("ar");
  assert.match(await view.locator(".edition").nth(2).innerText(), /is withheld since 1 December 2025, by order of a court/);
});

test("what held on a day, with every sentence", async () => {
  await language("en");
  await view.fill("#day", "2025-07-01");
  assert.equal(await view.textContent("#found"), "On 2025-07-01 edition 2 of citykey held.");
  assert.deepEqual(await view.locator("#editions h3").allTextContents(), ["Edition 2"]);
  assert.ok(await view.locator(".edition details li .words").count() > 50);
  await view.fill("#day", "2024-07-01");
  assert.equal(await view.textContent("#found"), "On 2024-07-01 no edition of citykey held.");
  await view.fill("#day", "");
});

test("markup in a ledger is only text", async () => {
  await language("en");
  const third = view.locator(".edition").nth(2);
  assert.match(await third.innerText(), /<img src=x onerror=/);
  await third.locator("summary").last().click();
  assert.equal(await view.locator("#editions img, #editions script, #editions a").count(), 0);
  assert.equal(await view.title(), "Fair Notice: read a ledger");
});

test("a zip file says the same; without a key it is said that nobody knows who wrote it", async () => {
  assert.equal(await choose("#file", join(work, "ledger.zip"), ""), "The ledger holds in itself. Nobody knows who wrote it, because you gave no key.");
  assert.equal(await view.locator(".edition").count(), 3);
  assert.match(await view.textContent("#says"), /anybody could make one like it/);
});

test("another key, a key that is none, a zip file that is none, and one byte that was changed", async () => {
  const other = "notices.example.org/city+73b2f0bd+AYKB4z0lTqZ4kDcWbM0tWzQZrC5yI2yYcvT5ob6pQmX1";
  assert.match(await choose("#file", join(work, "ledger.zip"), other), /is not the key of a ledger|not signed with the key/);
  assert.match(await choose("#file", join(work, "ledger.zip"), "hello"), /is not the key of a ledger\. A key has the ledger.s name/);
  await writeFile(join(work, "none.zip"), "PK\u0003\u0004");
  assert.match(await choose("#file", join(work, "none.zip")), /This zip file is damaged\./);
  const bytes = await readFile(join(work, "ledger.zip"));
  const packed = Buffer.from(bytes);
  await writeFile(join(work, "short.zip"), packed.subarray(0, packed.length - 40));
  assert.match(await choose("#file", join(work, "short.zip")), /damaged/);
  assert.ok(await view.isHidden("#result"));
  await clean();
});

test("a proof alone, and a checkpoint that somebody kept", async () => {
  assert.equal(await choose("#file", join(work, "ledger", "proof", "citykey", "2.tlog-proof")), "This proof holds.");
  assert.match(await view.textContent("#says"), /has edition 2 of citykey, which holds from 14 June 2025 on/);
  await choose("#file", join(work, "ledger.zip"));
  await view.setInputFiles("#kept", join(work, "ledger", "checkpoint"));
  await view.waitForFunction(() => document.getElementById("kept-says").textContent !== "");
  assert.match(await view.textContent("#kept-says"), /^What you kept is a beginning of this ledger/);
  await view.setInputFiles("#kept", join(work, "key.txt"));
  await view.waitForFunction(() => document.getElementById("kept-says").textContent.startsWith("It does not fit"));
});

test("by keyboard alone: key, file, program, language, an edition", async () => {
  await view.reload();
  await view.waitForFunction(() => document.getElementById("status").textContent === "Ready. Open a ledger.", null, { timeout: 60_000 });
  await view.keyboard.press("Tab");
  assert.equal(await view.evaluate(() => document.activeElement.id), "key");
  await view.keyboard.type(key);
  await view.keyboard.press("Tab");
  assert.equal(await view.evaluate(() => document.activeElement.id), "folder");
  await view.keyboard.press("Tab");
  assert.equal(await view.evaluate(() => document.activeElement.id), "file");
  const [chooser] = await Promise.all([view.waitForEvent("filechooser"), view.keyboard.press("Enter")]);
  await chooser.setFiles(join(work, "ledger.zip"));
  await view.waitForFunction(() => document.activeElement.id === "name", null, { timeout: 60_000 });
  const seen = [];
  for (let i = 0; i < 12; i++) {
    await view.keyboard.press("Tab");
    const at = await view.evaluate(() => document.activeElement.id || document.activeElement.tagName);
    if (at === "language") await view.keyboard.press("ArrowUp"); // from English to Arabic
    if (at === "SUMMARY" && seen.includes("day")) { // not the one above, of the exact head
      await view.keyboard.press("Enter");
      assert.ok(await view.locator("#editions details[open]").count() > 0);
      break;
    }
    seen.push(at);
  }
  for (const id of ["program", "language", "day"]) assert.ok(seen.includes(id), `${id} cannot be reached: ${seen}`);
  assert.equal(await view.locator("#language").inputValue(), "ar");
});

test("nothing was fetched, kept or complained of", async () => {
  assert.deepEqual(requests.filter((u) => !u.startsWith("file:") && !u.startsWith("blob:") && !u.startsWith("data:")), []);
  assert.deepEqual(new Set(requests.filter((u) => u.startsWith("file:"))), new Set([pathToFileURL(viewer).href]));
  assert.deepEqual(complaints, []);
  assert.deepEqual(await view.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]), [0, 0, "", 0]);
  assert.ok((await readFile(viewer)).length < 12 << 20);
});
