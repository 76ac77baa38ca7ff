// One headless Chromium with a profile of its own, and pages from disk. Nothing is served and nothing is fetched.
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const out = join(here, "out");

const root = resolve(process.env.FN_SITE ?? "");
if (!process.env.FN_SITE || !existsSync(join(root, "manifest.json"))) {
  console.error("Say where a built edition is: FN_SITE=/path/to/site node --test. There is no manifest.json in " + root + ".");
  process.exit(1);
}

async function html(folder, from = root) {
  const found = [];
  for (const e of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (e.isFile() && e.name.endsWith(".html")) found.push(relative(from, join(e.parentPath ?? e.path, e.name)).split(sep).join("/"));
  }
  return found.sort();
}

export const site = {
  root,
  path: (p) => join(root, p),
  url: (p) => pathToFileURL(join(root, p)).href,
  text: (p) => readFile(join(root, p), "utf8"),
  json: async (p) => JSON.parse(await readFile(join(root, p), "utf8")),
  languages: async () => (await site.json("manifest.json")).languages.map((l) => l.language),
  // The kinds of notice that the edition holds, that before the first upload first.
  kinds: async () => [...new Set((await site.json("manifest.json")).texts.map((t) => t.kind))].sort((a, b) => (b === "before") - (a === "before")),
  rtl: async () => (await site.json("manifest.json")).languages.filter((l) => l.direction === "rtl").map((l) => l.language),
  // Pages of the notice that may be served, those among them that hold every language, and all pages of the notice.
  public: async () => notice(await html(join(root, "public"))),
  all: async () => notice(await html(join(root, "public"))).filter((p) => p.split("/").length === 2),
  html: async () => notice(await html(root)),
  // Those that are index.html with a script, and the empty page that leaving leads to: trail.test.mjs looks at them.
  further: ["public/closes.html", "public/kiosk.html", "public/leave.html"],
};

// notice leaves out what further holds, and what a portal's vendor is sent.
const notice = (pages) => pages.filter((p) => !site.further.includes(p) && !p.startsWith("for-the-vendor/"));

// Pages in the pseudo-languages, if FN_PSEUDO says where they are.
const strange = resolve(process.env.FN_PSEUDO ?? "");
export const pseudo = {
  url: (p) => pathToFileURL(join(strange, p)).href,
  text: (p) => readFile(join(strange, p), "utf8"),
  html: async () => (process.env.FN_PSEUDO ? html(strange, strange) : []),
};

// open launches it; options are further ones of Playwright's.
export async function open(options = {}) {
  const profile = await mkdtemp(join(tmpdir(), "fn-web-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.FN_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ...options,
  });
  const browser = context.browser();
  return {
    context: (options) => browser.newContext(options),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

// page opens one page of the site in a context of its own. requests lists every address that the page asked for.
export async function page(browser, path, options = {}, from = site) {
  const { viewport, colorScheme, forcedColors, reducedMotion, javaScriptEnabled, bypassCSP } = options;
  const context = await browser.context({
    viewport: viewport ?? { width: 1280, height: 900 },
    colorScheme: colorScheme ?? "light",
    forcedColors: forcedColors ?? "none",
    reducedMotion: reducedMotion ?? "no-preference",
    javaScriptEnabled: javaScriptEnabled ?? true,
    bypassCSP: bypassCSP ?? false,
  });
  const view = await context.newPage();
  const requests = [];
  const complaints = [];
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  await view.goto(from.url(path));
  return { view, requests, complaints, close: () => context.close() };
}

// choose opens one language of a page that holds several; on a page of one language there is nothing to choose.
export async function choose(view, language) {
  const chip = view.locator(`.fn-lang[lang="${language}"] > .fn-chip`);
  if ((await chip.count()) > 0) await chip.click();
}
