// What the tests of the desk share: one Chromium without a network, the file desk.html opened from the disk, and the way to a program.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "./browser.mjs";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const file = process.env.FN_DESK ?? join(root, "dist", "desk", "desk.html");
export const day = process.env.FN_DATE ?? "2025-06-14";
export const example = (name) => join(root, "examples", name + ".yaml");
export const median = (list) => { const l = [...list].sort((a, b) => a - b), n = l.length >> 1; return l.length % 2 ? l[n] : (l[n - 1] + l[n]) / 2; };

// desk opens desk.html in a browser of its own. requests lists every address that it asked for, complaints what the browser complained of.
//
//	view            the page, of Playwright
//	core()          waits until the core answers
//	ask(op, args)   asks the core as the screens do, and gives its answer; what it refuses is thrown
//	citykey()       opens the example CityKey, and goes to its notice
//	go(screen)      goes to a screen, and waits until it is drawn
//	clean()         the screen has no fault that axe knows
export async function desk({ viewport = { width: 1280, height: 900 }, colorScheme = "light", options = {}, today = day } = {}) {
  assert.ok(existsSync(file), `there is no ${file}: run make desk`);
  const browser = await open();
  const context = await browser.context({ viewport, colorScheme, acceptDownloads: true, ...options });
  await context.setOffline(true);
  const view = await context.newPage();
  view.on("filechooser", () => {}); // from here on the browser hands choosers over; told to while a key is pressed, it may be too late
  const requests = [];
  const complaints = [];
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e.stack ?? e)));
  await view.clock.setFixedTime(new Date(today + "T12:00:00")); // the law of this day
  await view.goto(pathToFileURL(file).href);
  const self = {
    browser, context, view, requests, complaints,
    core: () => view.waitForFunction(() => desk.ready, null, { timeout: 120_000 }),
    ask: (op, args) => view.evaluate(([op, args]) => ask(op, args), [op, args]),
    async citykey() {
      await self.core();
      await self.ask("start.example", {});
      await self.go("notice");
    },
    async go(screen) {
      await view.evaluate((s) => desk.go(s), screen);
      await view.waitForFunction((s) => document.body.dataset.screen === s && !document.querySelector("#main .slow"), screen, { timeout: 60_000 });
    },
    async clean() {
      assert.deepEqual(await faults(view), []);
    },
    async close() {
      await context.close();
      await browser.close();
    },
  };
  return self;
}

// faults lists what axe finds on a screen as it stands, each with its places.
export async function faults(view) {
  // A colour that is on its way to another one is no colour of the screen.
  await view.evaluate(() => Promise.allSettled(document.getAnimations().map((a) => a.finished)));
  // Playwright evaluates outside the policy of the page.
  await view.evaluate(await readFile(join(root, ".ci", "web", "node_modules", "axe-core", "axe.min.js"), "utf8"));
  return view.evaluate(async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`));
}
