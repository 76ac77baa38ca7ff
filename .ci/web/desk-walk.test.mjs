// Two days of a communications officer, on the real page without a network: from nothing, by questions of which seven nobody can answer, to a
// notice in two languages, in counsel's words, on paper and in the company's hands. Each file goes through the programs of those who get it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { desk, root, day } from "./desk.mjs";
import { tracked, translated, unzip } from "./office.mjs";

let d, view, work;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-walk-"));
  d = await desk();
  view = d.view;
  view.setDefaultTimeout(30_000);
});

after(async () => {
  await d?.close();
  if (work) await rm(work, { recursive: true, force: true });
});

const main = () => view.locator("#main");
const said = () => main().innerText();
// got waits for the file that the browser gets when something is done, and puts it on the disk.
async function got(doing) {
  const [file] = await Promise.all([view.waitForEvent("download", { timeout: 180_000 }), doing()]);
  const path = join(work, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
// choose gives a file to the button with this name.
async function choose(name, path) {
  const [chooser] = await Promise.all([view.waitForEvent("filechooser"), main().getByRole("button", { name }).first().click()]);
  await chooser.setFiles(path);
}
// settled waits until the core has answered all that the page asked: it answers in order.
const settled = async () => { await d.ask("state", {}); await view.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))); await d.ask("state", {}); };
const quiet = () => view.waitForFunction(() => !document.querySelector("#main .slow"), null, { timeout: 180_000 });
// noCode says that nothing on the screen is for programmers.
async function noCode() {
  const text = await said();
  assert.doesNotMatch(text, /`|undefined|\[object|panic|goroutine|\byaml:|_id\b/, text);
  return text;
}

const answers = [
  ["What is the program called?", "River Card"],
  ["In which languages shall the notice be built?", ["English", "Spanish"]],
  ["Do you have your own words in these languages already?", ["No, a translator will be sent them"]],
  ["What does a person get?", "A card for people who live in the county."],
  ["Who may apply?", "All people who live in the county can ask for one."],
  ["What do people lose if they wait?", ["Time only"]],
  ["Where is the program?", ["Cook County, Illinois"]],
  ["Which office answers for the records?", "River County Clerk"],
  ["What kind of office is it?", ["An office of a county"]],
  ["Which phone number may people call?", "312-555-0100"],
  ["At which street address can people come?", null], // 1
  ["Which web page does the office have?", null], // 2
  ["Can people apply now?", ["Yes"]],
  ["What does it cost to apply?", null], // 3
  ["Does a law make people take part?", null], // 4
  ["What might people take it for that it is not?", ["None of these"]],
  ["In which ways can people apply?", ["On a website"]],
  ["since when, as it is today?", null], // 5
  ["what are people asked for?", ["Name", "Passport from another country"]],
  ["which of these must people give?", ["All of them"]],
  ["what happens with these?", null], // 6
  ["How long are applications kept?", null], // 7
  ["Which company holds files or runs the website for the office?", "Hostwell"],
  ["What does the company do?", ["Runs the website"]],
  ["Has anybody demanded records of this program?", ["No"]],
  ["Who looked, so that this can be said?", "Dana Lee"],
  ["Whom can people call for legal help?", "River Legal Aid"],
  ["How can people reach it?", "312-555-0101"],
  ["Whom can people call if officers contact them?", "Family Hotline"],
  ["How can people reach that?", "312-555-0102"],
  ["Did you make sure that both do not work for the office?", ["Yes, neither works for the office"]],
];

async function answer(question, value) {
  const q = main().locator(".question").filter({ hasText: question }).first();
  if (value === null) return q.getByRole("button", { name: /^I do not know/ }).click();
  if (Array.isArray(value)) {
    for (const v of value) await q.getByLabel(v, { exact: true }).check();
    return;
  }
  const list = q.locator("select");
  if (await list.count()) return list.selectOption({ label: value });
  await q.locator("input[type=text], textarea").first().fill(value);
}

test("the questions, seven of them unanswered, lead to a first notice", async () => {
  await d.core();
  await view.getByRole("button", { name: "Begin the questions" }).click();
  const left = [...answers];
  let unknown = 0, wrong = false;
  for (let page = 0; page < 40; page++) {
    await settled();
    let here, more = true;
    while (more) { // an answer may bring more questions on the same page
      more = false;
      here = await main().locator(".question").allInnerTexts();
      for (let i = 0; i < left.length; i++) {
        if (!here.some((t) => t.includes(left[i][0]))) continue;
        const [question, value] = left.splice(i, 1)[0];
        await answer(question, value);
        if (value === null) unknown++;
        more = true;
        break;
      }
      await settled();
    }
    if (here.length === 0) break;
    if (!wrong && here.some((t) => t.includes("Which phone number"))) { // a wrong answer is told in words, beside its question, and the page stays
      const phone = main().locator(".question").filter({ hasText: "Which phone number" }).locator("input");
      await phone.fill("ring us");
      await main().getByRole("button", { name: /^(Next|To the end)$/ }).click();
      await main().locator(".fault-says").first().waitFor();
      wrong = true;
      assert.match(await noCode(), /must be a phone number/);
      await phone.fill("312-555-0100");
    }
    await settled();
    await main().getByRole("button", { name: /^(Next|To the end)$/ }).click();
  }
  assert.deepEqual(left, [], "these were not asked");
  assert.equal(unknown, 7);
  await d.clean();
  await main().getByRole("button", { name: "Make my notice" }).click();
  await view.waitForFunction(() => desk.state.open);
  assert.equal(await view.evaluate(() => desk.state.errors), 0);
  await quiet();
  await noCode();
});

test("what nobody knew goes out on a sheet, and comes back", async () => {
  await d.go("asking");
  const page = await got(() => main().getByRole("button", { name: "Get the sheet for The records officer" }).click());
  // The records officer opens it, makes a mistake, and sends back the file that the page makes.
  const sheet = await d.context.newPage();
  await sheet.goto(pathToFileURL(page).href);
  await sheet.locator('[data-kind="period"] > input').first().fill("7 years");
  await sheet.locator('[data-kind="word"] select').first().selectOption({ index: 1 });
  await sheet.locator(".answer .ask").last().fill("Ana Ruiz");
  await sheet.fill("#by", "Ben Lee");
  await sheet.fill("#on", day);
  await sheet.selectOption("#how", "looked");
  await sheet.click("#make");
  const [file] = await Promise.all([sheet.waitForEvent("download"), sheet.click("#save")]);
  const back = join(work, "answers.txt");
  await file.saveAs(back);
  await sheet.close();
  // With it comes a photo, which is no sheet.
  const photo = join(work, "photo.jpg");
  await writeFile(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
  await choose("Choose the files", [photo, back]);
  await main().getByRole("heading", { name: /can be taken in/ }).waitFor();
  await quiet();
  let text = await noCode();
  assert.match(text, /photo\.jpg: This is a picture, and no sheet with answers\./);
  assert.match(text, /not known[\s\S]*7 years/);
  assert.match(text, /does not know, and names Ana Ruiz\./);
  const before = await view.evaluate(() => desk.state.questions);
  await main().getByRole("button", { name: /^Take/ }).click();
  await view.waitForFunction((n) => desk.state.questions < n, before);
  text = await view.evaluate(async () => (await ask("file")).text);
  assert.match(text, /period: \{is: 7 years, confidence: verified, by: Ben Lee, on: /);
  assert.match(text, /asked: \[\{who: Ben Lee, on: /, "who does not know is noted as asked, and the answer stays unknown");
});

test("an agency's workbook comes back as agencies send it", async () => {
  await d.go("languages");
  const more = main().locator("details.more-languages");
  await more.locator("> summary").click();
  const spanish = main().locator('details.lang[data-tag="es"]');
  await spanish.locator("> summary").click();
  const sheet = await got(() => spanish.getByRole("button", { name: "Sheet for Excel: Spanish" }).click());
  const words = { "A card for people who live in the county.": "  “Una tarjeta para la gente del\u00a0condado.” ", "All people who live in the county can ask for one.": "Toda la gente del condado puede pedirla.\u200f", "On the website": "En https://river.example/" };
  await writeFile(sheet, translated(await readFile(sheet), (english) => words[english]));
  await choose("Choose what came back: Spanish", sheet);
  await main().getByRole("heading", { name: /In the sheet:/ }).waitFor();
  let text = await noCode();
  assert.match(text, /In the sheet: 2 texts to take, [1-9] repairs?, 1 refused/);
  // The refused one is mended by the agency, and all are taken.
  words["On the website"] = "En el sitio web";
  await writeFile(sheet, translated(await readFile(sheet), (english) => words[english]));
  await choose("Choose what came back: Spanish", sheet);
  await main().getByRole("heading", { name: /In the sheet: 3 texts to take, [1-9] repairs?, 0 refused/ }).waitFor();
  await main().getByRole("button", { name: "Take 3 texts" }).click();
  await main().locator(".fault-says").waitFor(); // who translated?
  await main().getByLabel("Who translated it: name and role").fill("Anna Example, translator");
  await main().getByRole("button", { name: "Take 3 texts" }).click();
  await main().getByText("Your notice is in Spanish now, too.").waitFor();
  assert.equal(await view.evaluate(() => desk.state.languages.length), 2);
  text = await noCode();
  const shown = await d.ask("notice", { kind: "before", languages: ["es"] });
  assert.equal(shown.notices.length, 1);
});

test("counsel's tracked changes: one becomes the office's words, one breaks a rule", async () => {
  await d.go("counsel");
  const word = await got(() => main().getByRole("button", { name: "File for Word" }).click());
  await writeFile(word, tracked(await readFile(word), { "You can ask a lawyer first.": "Talk to a lawyer first, if you can.", "No court has checked it.": "Your files are completely safe." }, "Cora Sands", day));
  await choose("Choose the Word file that came back", word);
  await main().getByRole("heading", { name: "2 changes, 2 still open" }).waitFor();
  const text = await noCode();
  assert.match(text, /A rule forbids it\./);
  const good = main().locator("li.change").filter({ hasText: "Talk to a lawyer first" });
  const bad = main().locator("li.change").filter({ hasText: "completely safe" });
  assert.equal(await bad.getByRole("button", { name: "Accept as our own words" }).count(), 0);
  await good.locator("summary").click();
  await good.getByLabel("Who decides: name and role").fill("Ana Ruiz, City Clerk");
  await good.getByRole("button", { name: "Accept as our own words" }).click();
  await main().getByRole("heading", { name: "2 changes, 1 still open" }).waitFor();
  assert.match(await noCode(), /translator|Spanish/, "the new words are missing in Spanish, and nothing says so");
  await bad.locator("summary").click();
  await bad.getByLabel("Who decides: name and role").fill("Ana Ruiz, City Clerk");
  await bad.getByRole("button", { name: /^Reject/ }).click();
  await main().getByRole("heading", { name: "2 changes, 0 still open" }).waitFor();
  await d.clean();
  const shown = await d.ask("notice", { kind: "before", languages: ["en"] });
  const sentences = shown.notices[0].sections.flatMap((s) => s.groups.flatMap((g) => g.statements.map((x) => x.text)));
  assert.ok(sentences.includes("Talk to a lawyer first, if you can.") && sentences.includes("No court has checked it."));
});

test("on paper tomorrow, and to the company today", async () => {
  await d.go("give");
  await quiet();
  const paper = await got(() => main().getByRole("button", { name: "Make it: The whole notice", exact: true }).click());
  assert.match(await readFile(paper, "utf8"), /Talk to a lawyer first, if you can\./);
  await quiet();
  const vendor = await got(() => main().getByRole("button", { name: /^Make it: For the company/ }).click());
  assert.ok([...unzip(await readFile(vendor)).keys()].some((n) => n.endsWith("READ-ME-FIRST.html")));
  await noCode();
});

test("what is saved is what the command accepts, and it says the same", async () => {
  const saved = await got(() => view.keyboard.press("Control+s"));
  await view.keyboard.press("Escape");
  assert.match(saved, /river-card\.zip$/);
  const folder = join(work, "saved");
  for (const [name, bytes] of unzip(await readFile(saved))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  const r = spawnSync("go", ["run", "./cmd/fairnotice", "check", join(folder, "river-card.yaml"), "--date", day], { cwd: root, encoding: "utf8" });
  assert.equal(r.status, 0, r.stdout + r.stderr);
  assert.match(r.stdout, /Own words: the office replaces 1 sentence, decided by Ana Ruiz, City Clerk on /);
  const counted = /no errors, \d+ warnings? and (\d+) questions?/.exec(r.stdout);
  assert.equal(Number(counted[1]), await view.evaluate(() => desk.state.questions));
  execFileSync("go", ["run", "./cmd/fairnotice", "review", "read", join(folder, "river-card.yaml"), "--date", day], { cwd: root });
});

test("nothing left this computer", () => {
  assert.deepEqual(d.requests.filter((u) => !/^(file|blob):/.test(u)), []);
  assert.deepEqual(d.complaints, []);
});
