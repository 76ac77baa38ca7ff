// The shell of the desk and the screens of the answers: Start, Questions, To do, Ask, Judge, What changed. By keyboard alone, without a
// fault that axe knows, from 360 to 1600 px; and what is said when something fails: a core that never gets ready, a disk that refuses.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, out } from "./browser.mjs";
import { desk, faults } from "./desk.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

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
  assert.deepEqual(await faults(view), [], what);
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
  const says = { saved: false, says: "Your file is not saved: the folder can only be read.", hint: "Save a copy somewhere else.", can: [{ op: "desk.over", label: "Write it all the same" }, { op: "desk.copy", label: "Save a copy elsewhere" }] };
  const p = await page(core({ answers: { state: { state }, set: { state: { ...state, unsaved: true }, disk: says }, todo: { people: [] }, ask: { people: [] }, "desk.copy": { state: { ...state, unsaved: true }, disk: says, files: [{ name: "citykey.yaml", bytes: "eA==" }] }, "desk.over": { state, disk: { saved: true, says: "Saved in citykey.yaml." } } }, saves: "folder", folder: "the folder Programs" }));
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
  const [copy] = await Promise.all([p.view.waitForEvent("download"), p.view.getByRole("button", { name: "Save a copy elsewhere" }).click()]);
  assert.equal(copy.suggestedFilename(), "citykey.yaml");
  assert.match(await p.view.getByRole("dialog").innerText(), /citykey\.yaml[\s\S]+Downloads/);
  await p.view.keyboard.press("Escape");
  assert.ok(await p.view.isVisible("#disk [role=alert]"), "the folder still waits");
  // Another program is not opened over it unasked.
  await p.view.evaluate(() => { desk.programs = [{ name: "food-pantry.yaml" }, { name: "citykey.yaml" }]; desk.go("start"); });
  await p.view.getByRole("button", { name: "Open food-pantry.yaml" }).click();
  assert.match(await p.view.getByRole("dialog").innerText(), /not saved yet/);
  await p.view.getByRole("button", { name: "Stay here" }).click();
  assert.ok(!(await p.view.evaluate(() => asked)).some(([op]) => op === "desk.open"));
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

// From here on with the real core, in the file that opens by a double click, without a network, and by keyboard alone.

// keys is somebody without a mouse: Tab until the thing with this name has the focus, then a key.
function keys(view) {
  const name = () => view.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return "";
    const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").map((i) => document.getElementById(i)?.textContent ?? "").join(" ").trim();
    const group = e.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
    const mine = e.getAttribute("aria-label") || by || [...(e.labels ?? [])].map((l) => l.textContent).join(" ") || e.textContent;
    return ((e.type === "radio" || e.type === "checkbox") && group ? group + ": " + mine : mine).replace(/\s+/g, " ").trim();
  });
  // A group of radio buttons is one stop; the arrows go through it.
  async function to(wanted, most = 260) {
    const is = (n) => (typeof wanted === "string" ? n === wanted : wanted.test(n));
    const seen = [];
    for (let i = 0; i < most; i++) {
      const n = await name();
      if (is(n)) {
        const box = await view.evaluate(() => {
          const r = document.activeElement.getBoundingClientRect();
          const s = getComputedStyle(document.activeElement);
          return { inside: r.bottom > 0 && r.top < innerHeight, ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 };
        });
        assert.ok(box.inside, `${n} has the focus and cannot be seen`);
        assert.ok(box.ring, `${n} has the focus, and nothing shows it`);
        return n;
      }
      seen.push(n);
      await view.keyboard.press("Tab");
    }
    assert.fail(`nothing with the name ${wanted} can be reached with Tab; there was ${[...new Set(seen)].join(" | ")}`);
  }
  return {
    to,
    press: async (wanted, key = "Enter") => { await to(wanted); await view.keyboard.press(key); },
    type: async (wanted, words) => { await to(wanted); await view.keyboard.press("Control+A"); await view.keyboard.type(words); },
    // choose takes a word of a group of radio buttons.
    async choose(group, wanted) {
      await to(group);
      for (let i = 0; i < 30; i++) {
        if (wanted.test(await name()) && await view.evaluate(() => document.activeElement.checked)) return;
        await view.keyboard.press(i === 0 ? "Space" : "ArrowDown");
      }
      assert.fail(`${wanted} is not among ${group}`);
    },
    name,
  };
}

const drawn = (view, screen) => view.waitForFunction((s) => document.body.dataset.screen === s && !document.querySelector("#main .slow") && document.querySelector("#main .screen")?.childElementCount > 0, screen, { timeout: 60_000 });
const heading = async (view, title) => {
  await view.waitForFunction((t) => document.querySelector("h1")?.textContent === t, title);
  assert.equal(await view.evaluate(() => document.activeElement?.tagName + " " + document.activeElement?.textContent), "H1 " + title);
};
const one = async (view) => assert.ok(await view.locator("#main button.primary:visible").count() <= 1, "there is more than one next step: " + await view.locator("#main button.primary:visible").allTextContents());

test("the questions by keyboard: what is not known, what does not fit, back, and a file at the end", { timeout: 300_000 }, async () => {
  const d = await desk();
  const { view } = d;
  const k = keys(view);
  try {
    await d.clean();
    await one(view);
    await d.core();
    await k.press("Begin the questions");
    await drawn(view, "interview");
    await heading(view, "Questions about your program");
    await d.clean();
    await one(view);
    await k.type(/^What is the program called/, "River Card");
    await k.press(/^In which languages .*: English$/, "Space");
    await k.type(/^What does a person get/, "A city card.");
    await k.type(/^Who may apply/, "All people who live in River City.");
    await k.choose(/^What do people lose if they wait/, /time only/i);
    await k.press("Next");
    await view.waitForFunction(() => /^Page 2 /.test(document.querySelector(".progress p")?.textContent ?? ""));
    await heading(view, "Questions about your program");

    // An answer that does not fit: the page stays, the focus goes into the field, and what was typed is still there.
    await k.choose(/^Where is the program/, /./);
    await k.type(/^Which office answers/, "Office of the River City Clerk");
    await k.choose(/^What kind of office/, /office of a city/i);
    await k.type(/^Which phone number/, "call me");
    await k.press("Next");
    await view.locator(".fault").first().waitFor();
    assert.match(await k.name(), /^Which phone number/);
    assert.equal(await view.evaluate(() => document.activeElement.value), "call me");
    assert.match(await view.locator(".fault-says").innerText(), /phone number/);
    await d.clean();
    await view.keyboard.press("Control+A");
    await view.keyboard.type("312-555-0100");
    await k.press("Next");
    await view.waitForFunction(() => /^Page 3 /.test(document.querySelector(".progress p")?.textContent ?? ""));
    await k.press("Back");
    await view.waitForFunction(() => /^Page 2 /.test(document.querySelector(".progress p")?.textContent ?? ""));
    assert.equal(await view.getByLabel("Which phone number may people call?").inputValue(), "312-555-0100");
    await k.press("Next");
    await view.waitForFunction(() => /^Page 3 /.test(document.querySelector(".progress p")?.textContent ?? ""));

    // One press says that nobody knows, and whom it goes to; what is chosen afterwards takes it back.
    await k.choose(/^Can people apply now/, /^Can people apply now.*: yes/i);
    await k.press(/^In which ways .*: by mail/i, "Space");
    await k.press(/^I do not know – ask /);
    assert.equal(await view.evaluate(() => document.activeElement.getAttribute("aria-pressed")), "true");
    await view.waitForFunction(() => /^This goes on the sheet for /.test(document.getElementById("live").textContent));
    for (let page = 3; page < 12; page++) {
      if (await view.locator("h2.page-title").count() === 0) break;
      // What is left open without an answer: "I do not know" for each, then the next page.
      const n = await view.locator(".dont-know[aria-pressed=false]").count();
      for (let i = 0; i < n; i++) {
        await k.to(/^I do not know – ask /);
        for (let j = 0; j < 60 && (await view.evaluate(() => document.activeElement.getAttribute("aria-pressed"))) !== "false"; j++) {
          await view.keyboard.press("Tab");
          await k.to(/^I do not know – ask /);
        }
        await view.keyboard.press("Enter");
      }
      if (await view.getByText("Whom can people call for legal help?").count() > 0) {
        await k.type(/^Whom can people call for legal help/, "River Legal Aid");
        await k.type(/^How can people reach it/, "312-555-0199");
        await k.type(/^Whom can people call if officers/, "River Hotline");
        await k.type(/^How can people reach that/, "312-555-0198");
        await k.choose(/^Did you make sure/, /yes/i);
      }
      const was = await view.textContent("h2.page-title");
      await k.press(/^(Next|To the end)$/);
      await view.waitForFunction((w) => document.querySelector("#screen-interview h2") && document.querySelector("h2.page-title")?.textContent !== w || document.querySelector("#screen-interview .box.good"), was);
    }
    assert.match(await view.innerText("#main"), /That is all\./);
    await d.clean();
    await one(view);
    await k.press("Make my notice");
    await drawn(view, "todo");
    await heading(view, "To do");
    assert.match(await view.innerText("#main"), /Your program file is made\./);
    assert.equal(await view.textContent("#saved"), "Not saved yet");
    await d.clean();
    await one(view);
    const got = view.waitForEvent("download");
    await k.press("Save");
    assert.match((await got).suggestedFilename(), /^river-card.*\.yaml$/);
    assert.deepEqual(d.complaints, []);
    assert.deepEqual(d.requests.filter((r) => !r.startsWith("file:") && !r.startsWith("blob:")), []);
  } finally { await d.close(); }
});

test("to do, ask, what changed and judge by keyboard, on a phone's width and in the dark", { timeout: 300_000 }, async () => {
  const d = await desk();
  const { view } = d;
  const k = keys(view);
  try {
    await d.core();
    await k.press("Open CityKey");
    await drawn(view, "notice");
    await k.press(/^To do/);
    await drawn(view, "todo");
    await heading(view, "To do");
    await one(view);
    await clean(view, "To do");
    const open = async () => (await view.evaluate(() => desk.state)).questions;
    const before = await open();

    // An answer in place: the editor opens below, Escape leaves it, and the focus comes back.
    await k.press(/^Answer this: Which phone number may people call/);
    await view.locator(".editor form").waitFor();
    await one(view);
    await clean(view, "To do with an editor");
    await view.keyboard.press("Escape");
    await view.waitForFunction(() => document.querySelector(".editor") === null);
    assert.match(await k.name(), /^Answer this: Which phone number/);
    await view.keyboard.press("Enter");
    await view.locator(".editor form").waitFor();
    await view.waitForFunction(() => document.activeElement?.closest(".editor"));
    await view.locator(".editor input[type=text]").first().focus();
    await view.keyboard.type("call me");
    await view.keyboard.press("Enter");
    await view.locator(".editor [role=alert]").waitFor();
    assert.match(await view.locator(".editor").innerText(), /phone number/);
    await view.locator(".editor input[type=text]").first().focus();
    await view.keyboard.press("Control+A");
    await view.keyboard.type("312-555-0100");
    await view.keyboard.press("Enter");
    await view.waitForFunction(() => document.querySelector(".editor") === null && document.activeElement?.matches("#main .mend"), null, { timeout: 60_000 });
    assert.equal(await open(), before - 1);
    assert.equal(await view.textContent("#saved"), "Not saved yet");
    assert.equal(await view.getByRole("button", { name: /^Answer this: Which phone number/ }).count(), 0);

    // Undo brings it back, and says so.
    await k.press(/^Undo: /);
    await view.waitForFunction((n) => desk.state.questions === n, before);
    await view.waitForFunction(() => /^Undone: /.test(document.getElementById("live").textContent));

    await k.press(/^Ask/);
    await drawn(view, "asking");
    await heading(view, "Ask those who know");
    await one(view);
    await clean(view, "Ask");
    const sheet = view.waitForEvent("download");
    await k.press("Get the sheet for The records officer");
    assert.equal((await sheet).suggestedFilename(), "citykey-questions-records.html");
    await k.type("Name of the person", "Ana Ruiz");
    await k.press("Note it");
    await view.waitForFunction(() => /Asked last: Ana Ruiz, 14 June 2025/.test(document.querySelector("#main").textContent), null, { timeout: 60_000 });
    // A file that is no sheet.
    const chooser = view.waitForEvent("filechooser");
    await k.press("Choose the files");
    await (await chooser).setFiles({ name: "holiday.jpg", mimeType: "image/jpeg", buffer: Buffer.from([255, 216, 255, 224, 0, 1]) });
    await view.locator("#screen-asking .box").first().waitFor();
    await clean(view, "Ask with a file that is no sheet");
    await one(view);

    // Something new: what is missing is said; what it leaves open is asked, and can stay open.
    await k.press("Add something");
    await drawn(view, "adding");
    await heading(view, "Add something");
    await clean(view, "Add something");
    await k.press("Add: A company or office that has records");
    await k.press("Add it");
    await view.locator("#screen-adding [role=alert]").waitFor();
    await k.type("What is it called?", "Cloud Files Inc.");
    await k.to("What is it?");
    await view.keyboard.type("company");
    await k.press("Add it");
    await view.locator("#screen-adding .editor form").waitFor({ timeout: 60_000 });
    assert.match(await view.innerText("#main"), /It is in your file now\.[\s\S]+Question 1 of \d+ about it\./);
    await one(view);
    await clean(view, "Add something, with its questions");
    await k.press("Leave all of them open");
    await k.press("Go to what is to do");
    await drawn(view, "todo");

    await k.press("What changed");
    await drawn(view, "changed");
    await heading(view, "What changed");
    await clean(view, "What changed");
    const older = view.waitForEvent("filechooser");
    await k.press("Choose the older file");
    await (await older).setFiles(join(root, "examples", "citykey.yaml"));
    await view.locator("#screen-changed .box").waitFor({ timeout: 60_000 });
    await clean(view, "What changed, compared");

    await k.press("Fair Notice");
    await drawn(view, "start");
    await heading(view, "What would you like to do?");
    await one(view);
    await k.press("Judge a notice");
    await drawn(view, "judge");
    await heading(view, "Judge a notice that you have");
    await k.press("Judge it");
    assert.match(await view.innerText("#main"), /Paste the text of the notice, or choose its file\./);
    await k.type("The text of the notice", "We keep your papers as long as necessary. They are fully secure.");
    await k.press("Judge it");
    await view.locator("#screen-judge .facts").waitFor({ timeout: 60_000 });
    assert.match(await k.name(), /of 10 basic facts/);
    await clean(view, "Judge");

    // Each screen from 360 to 1600 px, in the dark and in forced colours.
    for (const [width, scheme, forced] of [[360, "light", "none"], [360, "dark", "none"], [1600, "light", "active"]]) {
      await view.setViewportSize({ width, height: 740 });
      await view.emulateMedia({ colorScheme: scheme, forcedColors: forced });
      for (const screen of ["start", "todo", "asking", "adding", "changed", "judge"]) {
        await view.evaluate((s) => desk.go(s), screen);
        await drawn(view, screen);
        await clean(view, `${screen} at ${width} px, ${scheme}, forced colours ${forced}`);
      }
    }
    await view.setViewportSize({ width: 360, height: 740 });
    await k.press(/^All screens/);
    assert.ok(await view.isVisible("#list"));
    await view.keyboard.press("Escape");
    assert.ok(await view.isHidden("#list"));
    assert.match(await k.name(), /^All screens/);
    assert.deepEqual(d.complaints, []);
  } finally { await d.close(); }
});

test("a file that is dropped anywhere is opened; what is no program file is told where it belongs", { timeout: 300_000 }, async () => {
  const d = await desk();
  const { view } = d;
  try {
    await d.core();
    const drop = async (name, content) => {
      const data = await view.evaluateHandle(([n, c]) => {
        const t = new DataTransfer();
        t.items.add(new File([c], n));
        return t;
      }, [name, content]);
      await view.dispatchEvent("body", "dragenter", { dataTransfer: data });
      assert.ok(await view.isVisible("#drop"));
      await view.dispatchEvent("body", "drop", { dataTransfer: data });
      assert.ok(await view.isHidden("#drop"));
    };
    await drop("notice.txt", "We keep your papers.");
    await view.locator("#main [role=alert]").waitFor();
    await view.getByRole("button", { name: "Judge “notice.txt” as a notice" }).click();
    await view.locator("#screen-judge .facts").waitFor({ timeout: 60_000 });
    await drop("citykey.yaml", await readFile(join(root, "examples", "citykey.yaml"), "utf8")).catch(() => {});
    await view.evaluate(() => desk.go("start"));
    await drawn(view, "start");
    await drop("citykey.yaml", await readFile(join(root, "examples", "citykey.yaml"), "utf8"));
    await drawn(view, "todo");
    assert.equal(await view.textContent("#program"), "CityKey");
    assert.deepEqual(d.complaints, []);
  } finally { await d.close(); }
});
