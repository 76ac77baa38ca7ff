// examples/portals/go in a browser: without JavaScript, with the notice taken out, with the element, and with a file that is far too long
// to be sent before the answer comes.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "./browser.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let work, portal, address, browser;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-portal-"));
  const binary = join(work, "portal");
  execFileSync("go", ["build", "-o", binary, "./examples/portals/go"], { cwd: repository });
  portal = spawn(binary, ["--addr", "127.0.0.1:0", "--dir", join(work, "kept"), "--date", process.env.FN_DATE ?? "2025-06-14", "--since", "examples/citykey-2017.yaml"], { cwd: repository });
  portal.said = "";
  for (const s of [portal.stdout, portal.stderr]) s.setEncoding("utf8").on("data", (d) => (portal.said += d));
  for (let i = 0; !address; i++) {
    assert.ok(portal.exitCode === null && i < 600, portal.said);
    await new Promise((r) => setTimeout(r, 100));
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(portal.said)?.[0];
  }
  browser = await open();
}, { timeout: 120_000 });

after(async () => {
  await browser?.close();
  portal?.kill("SIGTERM");
  if (portal?.exitCode === null) await new Promise((r) => portal.once("exit", r));
  assert.equal(portal.said.split("\n").length, 2, `the portal said more than where it is:\n${portal.said}`);
  await rm(work, { recursive: true, force: true });
});

const kept = async () => (await readdir(join(work, "kept"), { recursive: true, withFileTypes: true })).filter((e) => e.isFile() || e.name.startsWith(".")).map((e) => e.name).sort();

async function view(path, options = {}) {
  const context = await browser.context({ viewport: { width: 320, height: 720 }, ...options });
  const page = await context.newPage();
  const elsewhere = [];
  page.on("request", (r) => r.url().startsWith(address + "/") || elsewhere.push(r.url()));
  await page.goto(address + path);
  return { page, elsewhere, close: () => context.close() };
}

async function sound(page, what) {
  if (process.env.FN_SHOTS) await page.screenshot({ path: join(process.env.FN_SHOTS, `portal-${what}.png`), fullPage: true });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.deepEqual(violations.map((v) => `${what}: ${v.id}: ${v.nodes[0].html}`), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what}: scrolls sideways at 320 px`);
}

const chip = (page, lang) => page.locator(`#fn-gate details[lang="${lang}"] > summary`);
const pdf = (name, size) => ({ name, mimeType: "application/pdf", buffer: Buffer.alloc(size, "x") });

test("without JavaScript: what is not confirmed is not kept, what was typed stays, and then it goes through", { timeout: 120_000 }, async () => {
  const { page, elsewhere, close } = await view("/", { javaScriptEnabled: false });
  await page.getByLabel("Your name").fill('Ana "A" <b>');
  await page.getByLabel("Notes").fill("one\ntwo");
  await page.setInputFiles("#files", [pdf("a.pdf", 5000)]);
  await page.evaluate(() => document.querySelector("#fn-gate").remove());
  const [refused] = await Promise.all([page.waitForResponse((r) => r.url() === address + "/apply"), page.getByRole("button", { name: "Send" }).click()]);
  assert.equal(refused.status(), 422);
  await page.waitForLoadState();
  assert.deepEqual(await kept(), []);
  assert.equal(new URL(page.url()).hash, "#fn-gate", "the page shows itself at the notice");
  assert.ok(await page.locator("#fn-refused").isVisible());
  assert.ok(!(await page.locator("#fn-changed").isVisible()));
  assert.equal(await page.getByLabel("Your name").inputValue(), 'Ana "A" <b>');
  assert.equal(await page.getByLabel("Notes").inputValue(), "one\ntwo");
  assert.equal(await page.locator("#fn-read").isChecked(), false);

  await chip(page, "ar").click();
  assert.equal(await page.locator("#fn-refused .fn-say:visible").count(), 1);
  await page.locator("#fn-read").check();
  await page.setInputFiles("#files", [pdf("a.pdf", 5000), pdf("b.pdf", 7000)]);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL((u) => u.pathname === "/thanks");
  assert.deepEqual(await kept(), ["1.pdf", "2.pdf", "application.json"]);
  assert.deepEqual(elsewhere, []);
  await close();
});

test("a long file is refused while it is being sent, and the browser shows why", { timeout: 120_000 }, async () => {
  const at = await kept();
  const { page, close } = await view("/", { javaScriptEnabled: false });
  const long = join(work, "long.pdf");
  await writeFile(long, Buffer.alloc(150 << 20));
  await page.setInputFiles("#files", long);
  await page.evaluate(() => document.querySelector("#fn-gate").remove());
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#fn-refused").waitFor({ state: "visible" });
  assert.deepEqual(await kept(), at);
  await close();
});

test("a draft goes on under the same edition", { timeout: 120_000 }, async () => {
  const { page, close } = await view("/", { javaScriptEnabled: false });
  await page.getByLabel("Your name").fill("Bea");
  await chip(page, "en").click();
  await page.locator("#fn-read").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator('a[href^="/draft/"]').click();
  assert.equal(await page.getByLabel("Your name").inputValue(), "Bea");
  assert.equal(await page.locator("#fn-gate").count(), 0);
  await page.setInputFiles("#files", [pdf("c.pdf", 10)]);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL((u) => u.pathname === "/thanks");
  await close();
});

test("the element opens the field after the tick, and the portal takes what it posts", { timeout: 120_000 }, async () => {
  const { page, elsewhere, close } = await view("/element");
  const complaints = [];
  page.on("console", (m) => complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(String(e)));
  assert.ok(await page.locator("#files").isDisabled());
  await page.locator('fair-notice summary:has-text("English")').first().click();
  assert.ok(await page.locator("#files").isDisabled());
  await page.locator('fair-notice input[type="checkbox"]').check();
  assert.ok(await page.locator("#files").isEnabled());
  await sound(page, "element");
  await page.setInputFiles("#files", [pdf("d.pdf", 10)]);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL((u) => u.pathname === "/thanks");
  assert.deepEqual([complaints, elsewhere], [[], []]);
  await close();

  const none = await view("/element", { javaScriptEnabled: false });
  assert.ok(await none.page.locator("#files").isDisabled());
  assert.ok(await none.page.getByRole("link", { name: "Read this first" }).isVisible());
  await none.close();
});

test("its pages have no fault that axe knows", { timeout: 120_000 }, async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await view("/", { colorScheme });
    await sound(page, `form-${colorScheme}`);
    await chip(page, "ur").click();
    await sound(page, `form-ur-${colorScheme}`);
    await page.evaluate(() => document.querySelector("#fn-gate").remove());
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("#fn-refused").waitFor({ state: "visible" });
    await sound(page, `refused-${colorScheme}`);
    for (const path of ["/thanks", "/draft/" + "0".repeat(32), "/element"]) {
      await page.goto(address + path);
      await sound(page, path.split("/")[1] + "-" + colorScheme);
    }
    await close();
  }
});

test("what it keeps is what was sent", async () => {
  for (const e of await readdir(join(work, "kept", "applications"))) {
    const said = JSON.parse(await readFile(join(work, "kept", "applications", e, "application.json"), "utf8"));
    assert.match(said.edition, /^ed-[0-9a-f]{12}$/);
  }
});
