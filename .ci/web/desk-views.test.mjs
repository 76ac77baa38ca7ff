// The screens of the desk on which one reads: the notice, who can ask, how long copies stay, what if. All of it with the keyboard alone,
// on the page as it is given out.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { desk, example, median } from "./desk.mjs";

let d, view;

before(async () => {
  d = await desk();
  view = d.view;
  await d.citykey();
});
after(() => d?.close());

// text gives what stands in an element, or "".
const text = (selector) => view.locator(selector).first().innerText();

// press presses keys one after the other.
async function press(...keys) {
  for (const k of keys) await view.keyboard.press(k);
}

// tabTo presses Tab until the focus is on what fits, and says how often.
async function tabTo(selector, most = 60, key = "Tab") {
  for (let n = 1; n <= most; n++) {
    await press(key);
    if (await view.evaluate((s) => document.activeElement?.matches(s), selector)) return n;
  }
  assert.fail(`no Tab leads to ${selector} within ${most}`);
}

// notice goes to the notice, and waits until it is drawn.
async function notice() {
  await d.go("notice");
  await view.waitForSelector(".phone button.st", { timeout: 60_000 });
}

// narrow looks at a screen at the width of a phone: nothing sticks out, and every target is large enough.
async function narrow() {
  const was = view.viewportSize();
  await view.setViewportSize({ width: 360, height: 800 });
  const out = await view.evaluate(() => [...document.querySelectorAll("#main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== "absolute" && !e.closest("[hidden], .unseen, pre, textarea")).map((e) => e.tagName + "." + e.className).slice(0, 5));
  assert.deepEqual(out, []);
  assert.equal(await view.evaluate(() => document.documentElement.scrollWidth), 360);
  const small = await view.evaluate(() => [...document.querySelectorAll("#main button, #main select, #main summary, #main input")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24 && !e.matches("input[type=radio], input[type=checkbox]")).map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
  await d.clean();
  await view.setViewportSize(was);
}

test("a sentence shows the answer that it comes from, and the law in its own words", async () => {
  await notice();
  await tabTo("button.st");
  assert.equal(await view.evaluate(() => document.activeElement.closest(".phone").getBoundingClientRect().width), 360);
  await press("ArrowDown", "ArrowDown", "ArrowDown");
  assert.equal(await view.evaluate(() => document.activeElement.innerText), "No one has said how long.");
  await press("Enter");
  await view.waitForFunction(() => document.activeElement?.matches(".panel h2"));
  assert.match(await text(".panel h2"), /No one has said how long/);
  const asked = await view.locator(".why-asked").allInnerTexts();
  assert.ok(asked.some((t) => /How long/.test(t)), asked.join("\n"));
  assert.match(await text(".why-says.unknown"), /Nobody knows yet/);
  assert.match(await text(".why-answer .small >> nth=-1"), /Line \d+ of your file/);
  await press("Escape");
  assert.equal(await view.evaluate(() => document.activeElement.innerText), "No one has said how long.", "Escape gives the focus back to the sentence");
  await d.clean();
});

test("kept for 30 days: the sentence changes, what changed is marked and said, and only the meant line of the file differs", async () => {
  const was = await d.ask("file", {});
  await press("Enter");
  await view.waitForSelector(".panel h2");
  // Twelve changes, of which the first two warm up. What is asked of the others is only that the fastest takes a tenth of a second: that
  // the desk can do it, not that it always does. Other work on the machine slows some, so that there are up to three rounds; the median is
  // told beside it.
  const times = [];
  let took = Infinity;
  for (let round = 0; round < 3 && took > 100; round++) {
    for (const days of ["28", "29", "31", "32", "33", "34", "35", "36", "37", "38", "39", "30"]) {
      await tabTo('.panel button[data-path="retention.application_file.period"]');
      await press("Enter");
      await view.waitForSelector("form.fact");
      assert.ok(await view.evaluate(() => document.activeElement.matches("input.fact-number")), "the focus is where the answer is given");
      await press("Control+A");
      await view.keyboard.type(days);
      await view.evaluate(() => { delete document.getElementById("screen-notice").dataset.took; });
      await press("Enter");
      await view.waitForFunction(() => document.getElementById("screen-notice").dataset.took);
      times.push(Number(await view.getAttribute("#screen-notice", "data-took")));
      await view.waitForFunction(() => document.activeElement?.closest(".panel") && !document.querySelector("form.fact"));
    }
    took = Math.min(...times.slice(2));
  }
  console.log(`from the key press to the new notice: the fastest of ${times.length - 2} ${took} ms, the median ${median(times.slice(2))} ms`);
  assert.ok(took <= 100, `${took} ms from the key press to the new notice: ${times}`);
  const marked = await view.locator(".st-changed, .st-new").allInnerTexts();
  assert.ok(marked.some((t) => /30 days/.test(t)), marked.join("\n"));
  assert.ok(!(await view.locator(".phone").innerText()).includes("No one has said how long.\n"), "what is no longer so is still said");
  await view.waitForFunction(() => /sentence/.test(document.getElementById("live").textContent));
  assert.match(await view.textContent("#live"), /changed|new/);
  assert.ok(await view.evaluate(() => document.activeElement.closest(".panel") !== null), "the focus stays where one works");
  // Parts in which nothing is otherwise were left as they stood: the page is the one that is drawn anew, in both languages, but for the marks.
  await view.getByLabel("Beside it").selectOption("es");
  await view.waitForSelector('.phone[lang="es"]');
  const drawn = () => view.locator(".phone").evaluateAll((all) => all.map((p) => { const c = p.cloneNode(true); c.querySelectorAll(".st-mark").forEach((e) => e.remove()); return c.textContent; }));
  for (const days of ["45", "30"]) {
    await view.locator('.phone[lang="en"] button.st', { hasText: days === "45" ? "30 days" : "45 days" }).first().click();
    await view.locator('.panel button[data-path="retention.application_file.period"]').click();
    await view.locator("input.fact-number").fill(days);
    await press("Enter");
    await view.waitForFunction((days) => [...document.querySelectorAll(".phone .st-changed")].some((e) => e.textContent.includes(days)), days);
    const left = await drawn();
    assert.ok(left.every((t) => t.includes(days)) && left.length === 2, left.join("\n"));
    await d.go("todo");
    await notice();
    assert.deepEqual(await drawn(), left);
    assert.equal(await view.locator(".st-mark").count(), 0);
    assert.equal(await view.locator('.phone [tabindex="0"]').count(), 2, "one stop in each notice");
  }
  await view.getByLabel("Beside it").selectOption("");
  await view.waitForSelector('.phone[lang="es"]', { state: "detached" });

  const is = await d.ask("file", {});
  const a = (was.text ?? was).split("\n"), b = (is.text ?? is).split("\n");
  const other = b.filter((line, i) => line !== a[i]);
  assert.equal(a.length, b.length);
  assert.equal(other.length, 1, other.join("\n"));
  assert.match(other[0], /^ {4}period: 30 days\s+# the code names a schedule/);
  assert.equal(a.join("\n"), await readFile(example("citykey"), "utf8"));
  await d.clean();
  await narrow();
});

test("two languages stand side by side, Arabic from right to left, and one sentence is found in both", async () => {
  await notice();
  await view.getByLabel("Beside it").focus();
  await view.getByLabel("Beside it").selectOption("ar");
  await view.waitForSelector('.phone[lang="ar"]');
  const [en, ar] = await Promise.all(["en", "ar"].map((l) => view.locator(`.phone[lang="${l}"]`).boundingBox()));
  assert.equal(en.width, 360);
  assert.equal(ar.width, 360);
  assert.equal(en.y, ar.y);
  assert.equal(await view.locator('.phone[lang="ar"]').getAttribute("dir"), "rtl");
  assert.equal(await view.locator('.phone[lang="ar"] button.st').count(), await view.locator('.phone[lang="en"] button.st').count());
  await tabTo('.phone[lang="ar"] button.st');
  await press("ArrowDown", "Enter");
  await view.waitForSelector(".panel:not([hidden])");
  assert.equal(await view.locator('button.st[aria-pressed="true"]').count(), 2);
  assert.match(await text(".panel"), /In English: It is free/);
  assert.equal(await view.locator(".phone .st bdi:not([dir])").count(), 0, "a value without a direction of its own");
  await d.clean();
  await narrow();
  await press("Escape");
});

test("a notice is read aloud by a voice of the device, or not at all", async () => {
  // No voice at all, then one that sends the words away, then one of the device.
  const voices = (list) => view.evaluate((list) => {
    globalThis.spoken = [];
    globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    const fake = Object.assign(new EventTarget(), {
      getVoices: () => list,
      speak: (u) => { spoken.push([u.text, u.voice.name]); setTimeout(() => u.dispatchEvent(new Event("end")), 5); },
      cancel: () => {},
    });
    for (const name of ["getVoices", "speak", "cancel"]) speechSynthesis[name] = fake[name];
  }, list);
  await notice();
  await view.getByLabel("Beside it").selectOption("");
  await view.waitForFunction(() => document.querySelectorAll(".phone").length === 1);
  await voices([{ name: "Far away", lang: "en-US", localService: false }]);
  await view.getByRole("button", { name: "Read aloud", exact: true }).click();
  await view.waitForFunction(() => /no voice of its own for English/.test(document.querySelector(".ph-voice").innerText));
  assert.deepEqual(await view.evaluate(() => spoken), [], "a voice that is not local was used");
  assert.ok(await view.getByRole("button", { name: "Save the text for somebody to read aloud" }).isVisible());
  await voices([{ name: "Far away", lang: "en-US", localService: false }, { name: "Of this device", lang: "en_GB", localService: true }]);
  await view.getByRole("button", { name: "Read aloud", exact: true }).click();
  await view.waitForFunction(() => spoken.length > 3);
  assert.match(await text(".ph-voice"), /“Of this device”, a voice of this device\. Nothing is sent/);
  assert.ok((await view.evaluate(() => spoken)).every(([, name]) => name === "Of this device"));
  await view.getByRole("button", { name: "Stop reading" }).click();
});

test("who can ask: every gate of the table is drawn, and unknown is drawn as unknown", async () => {
  await d.go("exposure");
  await view.waitForSelector("table.reach");
  const t = await d.ask("table", {});
  assert.match(await text(".stamp"), /Working paper; may be a public record/);
  const rows = await view.locator("table.reach:not(.keepers) tbody tr").count();
  assert.equal(rows, t.rows.length);
  for (const [i, row] of t.rows.entries()) {
    for (const [k, cell] of row.cells.entries()) {
      const shown = view.locator("table.reach:not(.keepers) tbody tr").nth(i).locator("td").nth(k);
      assert.deepEqual(await shown.locator(".gate-title").allInnerTexts(), cell.gates.map((g) => g.title));
      assert.equal(await shown.locator(".strip-end.maybe").count(), cell.gates.filter((g) => !g.known).length);
    }
  }
  // Nothing that nobody knows is in a list of what is kept.
  for (const x of t.holders) for (const k of x.keeps) assert.ok(["kept", "sent", "may_be_sent", "brief", "unknown", "none"].includes(k.state), k.state);
  const unknown = t.holders.flatMap((x) => x.keeps).filter((k) => k.state === "unknown").flatMap((k) => k.items).length;
  assert.ok(unknown > 0);
  assert.equal(await view.locator(".kept-unknown .items li").count(), t.holders.flatMap((x) => [...new Set(x.keeps.map((k) => k.way))].flatMap((w) => [...new Set(x.keeps.filter((k) => k.way === w && k.state === "unknown").flatMap((k) => k.items))])).length);
  // What has come stands first.
  assert.match(await text("table.reach:not(.keepers) tbody tr"), /This has come: ICE/);
  await d.clean();
  await narrow();
  await view.getByLabel("For people who used").focus();
  await tabTo("table.reach button");
  await press("Enter");
  await view.waitForSelector("dialog[open]");
  assert.match(await text("dialog"), /what stands between/);
  await d.clean();
  await press("Escape");
  assert.ok(await view.evaluate(() => document.activeElement.matches("table.reach button")));
});

test("how long copies stay: what nobody knows has no end, and can be answered there", async () => {
  await d.go("timeline");
  await view.waitForSelector("li.copy");
  const t = await d.ask("timeline", {});
  const all = t.tracks.flatMap((x) => x.copies);
  assert.equal(await view.locator("li.copy").count(), all.length);
  assert.equal(await view.locator(".copy .bar.end-unknown").count(), all.filter((c) => c.end === "unknown").length);
  assert.match(await text("#main .box-title"), new RegExp(`Nobody knows when ${all.filter((c) => c.end === "unknown").length} of ${all.length} copies? ends?\\.`));
  await d.clean();
  await narrow();
  await view.locator("#title").focus();
  await tabTo("li.copy button");
  await press("Enter");
  await view.waitForSelector("dialog[open] form.fact");
  await d.clean();
  await press("Escape");
  assert.equal(await view.locator("dialog").count(), 0);
});

test("what if: one answer otherwise says what would be gone and new, and changes nothing", async () => {
  await d.go("whatif");
  await view.waitForSelector(".toggles input", { timeout: 60_000 });
  const was = (await d.ask("file", {})).text;
  const { toggles } = await d.ask("whatif.list", {});
  assert.equal(await view.locator(".toggles input").count(), toggles.length);
  await tabTo(".toggles input");
  await press("ArrowDown");
  await view.waitForSelector(".whatif-says .said, .whatif-says .box", { timeout: 60_000 });
  assert.match(await text(".whatif-says"), /This is a thought/);
  assert.equal((await d.ask("file", {})).text, was);
  await d.clean();
  await narrow();
});

test("languages, counsel’s words and giving out have no fault that axe knows, and fit a phone", async () => {
  await d.go("languages");
  await view.waitForSelector("details.lang");
  await tabTo('details.lang[data-tag="es"] > summary');
  await press("Enter");
  await view.waitForSelector("details.lang[open] button");
  const [sheet] = await Promise.all([view.waitForEvent("download", { timeout: 60_000 }), view.locator("details.lang[open] button").first().click()]);
  assert.match(sheet.suggestedFilename(), /\.xlsx$/);
  await view.waitForSelector(".lang-says .box.good");
  await d.clean();
  await narrow();
  await d.go("counsel");
  await view.waitForSelector("#screen-counsel select");
  await d.clean();
  await narrow();
  await d.go("give");
  await view.waitForSelector(".makes button", { timeout: 60_000 });
  await tabTo(".makes button");
  const [made] = await Promise.all([view.waitForEvent("download", { timeout: 120_000 }), press("Enter")]);
  assert.ok(made.suggestedFilename().length > 0);
  await view.waitForSelector(".door .box.good");
  await d.clean();
  await narrow();
  // What is typed and chosen reaches the core: without the address the code cannot hold it, and with it it does.
  await view.getByLabel("The address of your public page.").check();
  await view.getByRole("button", { name: "Make it: A poster", exact: true }).click();
  await view.waitForFunction(() => /needs the address of your page/.test(document.querySelector("#main").innerText), null, { timeout: 60_000 });
  await view.getByLabel("Address of the notice on your website").fill("https://www.example.gov/notice");
  const [poster] = await Promise.all([view.waitForEvent("download", { timeout: 120_000 }), view.getByRole("button", { name: "Make it: A poster", exact: true }).click()]);
  assert.match(await readFile(await poster.path(), "utf8"), /https:\/\/www\.example\.gov\/notice/);
});

test("nothing was asked of a network, and the browser complains of nothing", () => {
  assert.deepEqual(d.requests.filter((u) => !u.startsWith("file:") && !u.startsWith("blob:")), []);
  assert.deepEqual(d.complaints, []);
});
