// Weight, and time until it can be used, of the element and of the form without JavaScript, beside two consent banners of others: Klaro and
// vanilla-cookieconsent. FN_SITE=/path/to/site node bench.mjs, or make bench-web.
//
// All stand on the same page with a form and are sent by one server on this machine with gzip -9. The browser is held to slow 4G (150 ms
// there and back, 1.6 Mbit/s) and to a quarter of its processor. Each round loads each page once in a profile of its own, in another order;
// the medians count. Usable is the first frame in which the page was painted and what a person has to press is there and can be seen. The
// banners of others speak one language here, ours all that are named.
import http from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { open, site } from "./browser.mjs";

const rounds = Number(process.env.FN_ROUNDS ?? 7);
const require = createRequire(import.meta.url);
const read = async (p) => readFile(require.resolve(p));
const kit = (f) => readFile(site.path(`for-the-vendor/${f}`));
const scriptName = (await readdir(site.path("for-the-vendor"))).find((f) => /^fair-notice-.*\.js$/.test(f));
const data = JSON.parse(await kit("element.json"));
const three = data.languages.filter((l) => ["en", "es", "ar"].includes(l.lang));

const inline = (languages) => `<fair-notice for="files"><a slot="instead" href="/notice/">Read this first</a><script type="application/json">${JSON.stringify({ ...data, languages }).replaceAll("<", "\\u003c")}</script></fair-notice>`;
const element = { head: `<script src="/${scriptName}" defer></script>`, files: { [scriptName]: await kit(scriptName) }, usable: `document.querySelector("fair-notice")?.shadowRoot?.querySelector("summary")?.checkVisibility()` };
const ways = {
  [`element, ${three.length} languages`]: { ...element, body: inline(three) },
  [`element, ${data.languages.length} languages`]: { ...element, body: inline(data.languages) },
  "server-form.html, no script": {
    head: "",
    body: String(await kit("server-form.html")),
    files: { "notice/fair-notice.css": await kit("fair-notice.css") },
    usable: `document.getElementById("files") && document.querySelector(".fn-lang > summary")?.checkVisibility()`,
  },
  "vanilla-cookieconsent 3.1.0": {
    head: `<link rel="stylesheet" href="/cc.css"><script src="/cc.js" defer></script><script src="/cc-run.js" defer></script>`,
    body: "",
    files: {
      "cc.css": await read("vanilla-cookieconsent/dist/cookieconsent.css"),
      "cc.js": await read("vanilla-cookieconsent/dist/cookieconsent.umd.js"),
      "cc-run.js": `CookieConsent.run({ hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true }, analytics: {} }, language: { default: "en", translations: { en: {
        consentModal: { title: "Cookies", description: "We use cookies.", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", showPreferencesBtn: "Manage" },
        preferencesModal: { title: "Preferences", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", savePreferencesBtn: "Save", closeIconLabel: "Close", sections: [{ title: "Analytics", description: "Visits", linkedCategory: "analytics" }] } } } } });`,
    },
    usable: `document.querySelector("#cc-main .cm__btn")?.checkVisibility({ visibilityProperty: true })`,
  },
  "Klaro 0.7.22": {
    head: `<script src="/klaro-config.js" defer></script><script src="/klaro.js" defer></script>`,
    body: "",
    files: {
      "klaro-config.js": `window.klaroConfig = { version: 1, mustConsent: false, translations: { en: { privacyPolicyUrl: "/privacy", analytics: { description: "Visits" }, purposes: { analytics: "Analytics" } } }, services: [{ name: "analytics", title: "Analytics", purposes: ["analytics"] }] };`,
      "klaro.js": await read("klaro/dist/klaro.js"),
    },
    usable: `document.querySelector(".klaro .cm-btn-success")?.checkVisibility({ visibilityProperty: true })`,
  },
};

const served = new Map(); // by path: the bytes with gzip, and their type
const types = { js: "text/javascript", css: "text/css" };
const page = (w) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Apply</title>${w.head}</head>
<body><main><h1>Apply</h1><form method="post" enctype="multipart/form-data"><p><label>Your name <input name="who"></label></p>${w.body}
<p><label for="files">Papers</label> <input type="file" id="files" name="files" multiple></p><button>Send</button></form></main></body></html>`;
const pack = (bytes) => gzipSync(bytes, { level: 9 });
const bare = pack(page({ head: "", body: "" })).length;
for (const [i, [, w]] of Object.entries(ways).entries()) {
  w.path = `/${i}`;
  w.html = pack(page(w));
  served.set(w.path, { type: "text/html; charset=utf-8", body: w.html });
  for (const [name, bytes] of Object.entries(w.files)) served.set("/" + name, { type: types[name.split(".").pop()], body: pack(bytes) });
  w.sent = Object.keys(w.files).reduce((n, f) => n + served.get("/" + f).body.length, 0);
}
const server = http.createServer((q, r) => {
  const f = served.get(q.url);
  if (!f) return r.writeHead(404).end();
  r.writeHead(200, { "Content-Type": f.type, "Content-Encoding": "gzip", "Content-Length": f.body.length }).end(f.body);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}`;

const browser = await open();
async function load(w) {
  const context = await browser.context({ viewport: { width: 360, height: 640 } });
  const view = await context.newPage();
  const cdp = await context.newCDPSession(view);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await view.addInitScript(`{
    const look = () => {
      if (performance.getEntriesByName("first-contentful-paint").length && (${w.usable})) window.usable ??= performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);
  await view.goto(url + w.path, { waitUntil: "commit" });
  await view.waitForFunction(() => window.usable, null, { timeout: 30_000 });
  const ms = await view.evaluate(() => window.usable);
  await context.close();
  return ms;
}

const began = loadavg()[0];
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
const names = Object.keys(ways);
for (let r = 0; r < rounds; r++) for (let i = 0; i < names.length; i++) {
  const name = names[(r + i) % names.length];
  times[name].push(await load(ways[name]));
}
await browser.close();
server.close();

const median = (xs) => xs.toSorted((a, b) => a - b)[xs.length >> 1];
console.log(`usable on slow 4G and a quarter of the processor, median of ${rounds} rounds; load of the machine ${began.toFixed(1)} at the start, ${loadavg()[0].toFixed(1)} at the end`);
console.log("ms (least to most)     bytes of scripts and sheets   bytes it adds to the page (all with gzip -9)");
for (const [name, w] of Object.entries(ways)) {
  const t = times[name];
  console.log(`${String(Math.round(median(t))).padStart(5)} (${Math.round(Math.min(...t))} to ${Math.round(Math.max(...t))})`.padEnd(23), String(w.sent).padStart(6), String(w.html.length - bare).padStart(26), "  ", name);
}
const others = names.filter((n) => /Klaro|vanilla/.test(n)).map((n) => median(times[n]));
const late = names.filter((n) => n.startsWith("element") && median(times[n]) >= Math.min(...others));
if (late.length > 0) {
  console.error(`not before both of the others: ${late.join("; ")}`);
  process.exitCode = 1;
}
