// <fair-notice> in Chromium: by itself, in a plain form, and with Uppy and FilePond, in front of an example portal with the guard.
// FN_SITE=/path/to/site node --test gate.test.mjs.
//
// A server in this file stands in front of the portal: it gives the pages, sends on what is meant for the portal, and keeps a copy of
// every request. So what left the browser is read from the wire, and what was kept from the portal's folder.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { presign } from "../../examples/portals/s3/signer.mjs";
import { open, site } from "./browser.mjs";
import { minify, shipped, source } from "./element.mjs";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const kit = (await readdir(site.path("for-the-vendor"))).sort();
const scriptName = kit.find((f) => /^fair-notice-.*\.js$/.test(f));
const script = await readFile(site.path(`for-the-vendor/${scriptName}`));
const data = await site.json("for-the-vendor/element.json");
const integrity = "sha384-" + createHash("sha384").update(script).digest("base64");
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const index = (l) => data.languages.findIndex((x) => x.lang === l);
const three = ["en", "ar", "zh-Hans"].filter((l) => index(l) >= 0);

const narrow = { width: 320, height: 640 };
const desktop = { width: 1280, height: 900 };
const header = `edition=${data.edition}; read=1`;
const strict = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

let browser, work, portal, front, papers;

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-gate-"));
  papers = await Promise.all([1, 2].map(async (i) => {
    const bytes = randomBytes(70_000 * i);
    const path = join(work, `paper ${i}.pdf`);
    await writeFile(path, bytes);
    return { path, bytes };
  }));
  [browser, portal, front] = await Promise.all([open({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }), startPortal(), startFront()]);
});
after(async () => {
  await browser?.close();
  front?.close();
  portal?.stop();
  await rm(work, { recursive: true, force: true });
});

// ---- the portal, and what stands in front of it

const root = resolve(here, "..", "..");

// start runs an example portal, which says where it is once it is there.
async function start(command, args, more = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...more }, cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((good, bad) => {
    child.stdout.once("data", (line) => good(new URL(/http:\S+/.exec(line)[0])));
    child.once("exit", () => bad(new Error(`${command} does not start`)));
  });
  return { url, stop: () => child.kill() };
}

const freePort = () =>
  new Promise((good) => {
    const probe = http.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => good(port));
    });
  });

// startPortal runs the portal in Go with the same edition as the built site.
async function startPortal() {
  const folder = join(work, "kept");
  await mkdir(folder);
  const binary = join(work, "portal");
  await promisify(execFile)("go", ["build", "-o", binary, "./examples/portals/go"], { cwd: root });
  return {
    ...(await start(binary, ["--addr", "127.0.0.1:0", "--dir", folder, "--date", process.env.FN_DATE ?? "2025-06-14", "--since", "examples/citykey-2017.yaml"])),
    // kept gives what lies in the folder of uploads, and empties it. A portal writes while it reads; so it waits for at least so many bytes.
    kept: async (least = 0) => {
      let files, names;
      for (let i = 0; i < 300; i++) {
        // What is still arriving lies in a folder of its own, which is renamed at the end, or taken away again.
        const there = await readdir(folder, { recursive: true, withFileTypes: true }).catch((e) => (e.code === "ENOENT" ? undefined : Promise.reject(e)));
        if (!there) continue; // it was renamed while it was being listed
        names = there
          .filter((e) => e.isFile() && e.name !== "application.json").map((e) => join(e.parentPath ?? e.path, e.name)).filter((p) => !p.includes("/.part-"));
        files = await Promise.all(names.map((f) => readFile(f)));
        if (files.reduce((n, f) => n + f.length, 0) >= least) break;
        await new Promise((k) => setTimeout(k, 50));
      }
      await Promise.all(names.map((f) => rm(f)));
      return files;
    },
  };
}

// startStore stands in for a bucket: it takes a PUT that is signed for its key, its type and its length and is not too old, as the policy of
// the bucket says, and answers a browser's question whether it may send. examples/portals/s3 has a test of the signatures themselves.
async function startStore() {
  const keys = { id: "AKIDEXAMPLE", secret: "secret" };
  const kept = new Map();
  const asked = [];
  const signed = [];
  const server = http.createServer(async (q, r) => {
    const chunks = [];
    for await (const c of q) chunks.push(c);
    r.setHeader("Access-Control-Allow-Origin", front.url);
    r.setHeader("Access-Control-Expose-Headers", "ETag");
    asked.push(q.method);
    if (q.method === "OPTIONS") return r.writeHead(204, { "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "content-type" }).end();
    const at = new URL(q.url, url);
    const time = at.searchParams.get("X-Amz-Date") ?? "";
    const now = new Date(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
    const good = !Number.isNaN(+now) && Date.now() - now < 300_000 && /^\/uploads\/ed-[0-9a-f]{12}\/[0-9a-f]{32}$/.test(at.pathname) && q.method === "PUT" &&
      presign({ bucket: url, region: "us-east-1", ...keys }, at.pathname.slice(1), { "content-length": q.headers["content-length"], "content-type": q.headers["content-type"] }, { now }) === at.href;
    if (!good) return r.writeHead(403).end();
    kept.set(at.pathname, Buffer.concat(chunks));
    signed.push(at.href);
    r.setHeader("ETag", '"x"').end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, keys, kept, asked, signed, close: () => { server.closeAllConnections(); server.close(); } };
}

let sign; // the portal that signs addresses, while a test has one

const wire = []; // every request that came to the front
const pages = new Map(); // what it gives itself, by path: {type, body, policy}

async function startFront() {
  const server = http.createServer(async (q, r) => {
    const chunks = [];
    for await (const c of q) chunks.push(c);
    const body = Buffer.concat(chunks);
    wire.push({ method: q.method, url: q.url, headers: q.headers, body });
    const own = q.method === "GET" && pages.get(q.url);
    if (own) {
      r.writeHead(200, { "Content-Type": own.type ?? "text/html; charset=utf-8", "Content-Security-Policy": own.policy ?? strict, "Referrer-Policy": "no-referrer" });
      return r.end(own.body);
    }
    if (q.url === "/favicon.ico" || q.url === "/state") return r.writeHead(204).end();
    const to = q.url === "/sign" ? sign : portal.url;
    const on = http.request({ host: to.hostname, port: to.port, method: q.method, path: q.url, headers: q.headers }, (a) => {
      r.writeHead(a.statusCode, a.headers);
      a.pipe(r);
    });
    on.on("error", () => r.destroy());
    on.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  pages.set("/" + scriptName, { type: "text/javascript", body: script });
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

// left says what of the papers left the browser since the wire was last emptied: by their first bytes.
const left = () => papers.filter(({ bytes }) => wire.some((w) => w.body.includes(bytes.subarray(0, 40)))).length;

const inline = (d) => `<script type="application/json">${JSON.stringify(d).replaceAll("<", "\\u003c")}</script>`;
const element = (d = data, inside = "", attributes = 'for="files"') =>
  `<fair-notice ${attributes}><a slot="instead" href="/notice/">Read this first</a>${typeof d === "string" ? d : inline(d)}${inside}</fair-notice>`;
const field = `<p><label for="files">Papers</label> <input type="file" id="files" name="files" multiple disabled></p>`;
const load = (more = "", sri = integrity, name = scriptName) => `<script src="/${name}" integrity="${sri}" defer></script>${more}`;

function host(middle, { head = load(), style = "" } = {}) {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Apply</title>${style}${head}</head>
<body><main><h1>Apply</h1><form action="/apply" method="post" enctype="multipart/form-data"><p><label>Your name <input name="who" value="A. Name"></label></p>
${middle}
<p><button>Send</button></p></form></main></body></html>`;
}

let count = 0;
// visit opens a page of its own in a context of its own; complaints are what the console says.
async function visit(html, options = {}) {
  const path = options.path ?? `/page-${++count}`;
  pages.set(path, { body: html, policy: options.policy });
  const context = await browser.context({ viewport: desktop, ...options.context });
  const view = await context.newPage();
  const complaints = [];
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  await view.goto(front.url + path);
  return { view, context, complaints, path, close: () => context.close() };
}

// What stands in the shadow root, in a few words. Its toggle events come a moment after the click.
const chip = (view, l) => view.locator("fair-notice summary").nth(index(l));
const box = (view) => view.locator("fair-notice input[type=checkbox]");
async function choose(view, l) {
  await chip(view, l).click();
  await box(view).waitFor();
}
const closed = (view, id = "files") => view.evaluate((i) => document.getElementById(i).disabled, id);
const tick = async (view, l = "en") => {
  await choose(view, l);
  await box(view).check();
};
const look = (view) =>
  view.evaluate(() => {
    const e = document.querySelector("fair-notice");
    const r = e.shadowRoot;
    const seen = (x) => x.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true, opacityProperty: true });
    const label = r.querySelector("label");
    return {
      chips: [...r.querySelectorAll("summary")].filter(seen).map((s) => s.parentNode.lang),
      key: [...r.querySelectorAll("li")].filter(seen).map((x) => x.textContent),
      tick: seen(label) ? [label.lang, label.dir, label.textContent] : null,
      ticked: r.querySelector("input").checked,
      status: r.querySelector("[role=status]").textContent,
      header: e.header,
      fields: [...new FormData(e.closest("form")).keys()],
      valid: e.closest("form").matches(":valid"), // to ask checkValidity() shows why it is not
    };
  });
const nothing = { chips: data.languages.map((l) => l.lang), key: [], tick: null, ticked: false, status: "", header: "", fields: ["who"], valid: false };
// ---- the script

test("the shipped script is what esbuild makes of the source, and is at most 2,048 bytes with gzip", async (t) => {
  assert.equal(await minify(await readFile(source, "utf8")), await readFile(shipped, "utf8"), "run: node .ci/web/element.mjs");
  assert.deepEqual(script, await readFile(shipped));
  assert.ok((await site.text("for-the-vendor/element.html")).includes(`/${scriptName}&#34; integrity=&#34;${integrity.replaceAll("+", "&#43;")}`) , "the kit shows its integrity");
  assert.equal(scriptName, `fair-notice-${createHash("sha256").update(script).digest("hex").slice(0, 8)}.js`);
  const size = gzipSync(script, { level: 9 }).length;
  t.diagnostic(`${script.length} bytes, ${size} with gzip`);
  assert.ok(size <= 2048, `${size}`);
});

// ---- the element by itself

test("in every language: nothing is chosen at the start, the others fold, the tick opens, and what is posted is the same", async (t) => {
  const jobs = data.languages.map((l) => async () => {
    const { view, context, complaints, close } = await visit(host(element() + field), { context: { viewport: narrow, locale: l.lang } });
    assert.deepEqual(await look(view), nothing, l.lang);
    assert.ok(await closed(view));
    await choose(view, l.lang);
    const chosen = await look(view);
    assert.deepEqual(chosen, { ...nothing, chips: [l.lang], key: l.key, tick: [l.lang, l.dir, l.tick.join("\n")], status: l.closed }, l.lang);
    assert.ok(await closed(view), l.lang);
    await box(view).check();
    assert.deepEqual(await look(view), { ...chosen, ticked: true, status: l.open, header, valid: true, fields: ["who", "fair_notice_edition", "fair_notice_read", "files"] }, l.lang);
    assert.ok(!(await closed(view)), l.lang);
    const [wide, over] = await view.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelector("fair-notice").shadowRoot.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth).length]);
    assert.deepEqual([wide, over], [320, 0], `${l.lang} scrolls sideways`);
    await view.setInputFiles("#files", papers.map((p) => p.path));
    await Promise.all([view.waitForURL("**/thanks"), view.locator("button").click()]);
    assert.deepEqual([await context.cookies(), complaints], [[], []], l.lang);
    await close();
  });
  wire.length = 0;
  await Promise.all([0, 1, 2].map(async () => { for (let job; (job = jobs.shift()); ) await job(); }));
  const posts = wire.filter((w) => w.method === "POST").map(({ url, headers, body }) => {
    const boundary = /boundary=(\S+)/.exec(headers["content-type"])[1];
    const { "accept-language": _, ...rest } = headers; // the browser's own, which the test set to each language
    return JSON.stringify([url, rest, createHash("sha256").update(body.toString("latin1").replaceAll(boundary, "-")).digest("hex")]).replaceAll(boundary, "-").replace(/"referer":"[^"]*"/, "");
  });
  t.diagnostic(`${posts.length} posts, ${new Set(posts).size} of them different`);
  assert.equal(posts.length, data.languages.length);
  assert.equal(new Set(posts).size, 1, [...new Set(posts)].join("\n"));
  const kept = await portal.kept();
  assert.equal(kept.length, 2 * data.languages.length);
  for (const { bytes } of papers) assert.equal(kept.filter((k) => k.equals(bytes)).length, data.languages.length);
});

test("without JavaScript the link shows, the field stays closed, and the server takes nothing", async () => {
  const { view, close } = await visit(host(element() + field), { context: { javaScriptEnabled: false } });
  const link = view.getByRole("link", { name: "Read this first" });
  assert.ok(await link.isVisible());
  assert.equal(await link.getAttribute("href"), "/notice/");
  assert.ok(await view.locator("#files").isDisabled());
  assert.ok(!(await view.locator("main").innerText()).includes(data.edition), "the data is not text of the page");
  const [answer] = await Promise.all([view.waitForResponse("**/apply"), view.locator("button").click()]);
  assert.equal(answer.status(), 422);
  assert.equal((await portal.kept()).length, 0);
  await close();
});

test("a script or data that is not as it should be: all stays closed, and the link shows", async (t) => {
  const with_ = (more) => element({ ...data, ...more }) + field;
  const language = (more) => with_({ languages: [data.languages[0], { ...data.languages[1], ...more }] });
  const cases = {
    "another script than the integrity says": host(element() + field, { head: load("", "sha384-" + createHash("sha384").update("x").digest("base64")) }),
    "no script": host(element() + field, { head: load("", integrity, "none.js") }),
    "no data": host(element("") + field),
    "half of the data": host(element(`<script type="application/json">{"edition":"${data.edition}",</script>`) + field),
    "data that is nothing": host(element(`<script type="application/json">null</script>`) + field),
    "no edition": host(with_({ edition: undefined })),
    "an edition of another form": host(with_({ edition: data.edition + "0" })),
    "an edition in a line of its own": host(with_({ edition: data.edition + "\n" })),
    "no languages": host(with_({ languages: [] })),
    "a language without key facts": host(language({ key: [] })),
    "a language with an empty key fact": host(language({ key: [""] })),
    "a language without words for the tick": host(language({ tick: [""] })),
    "a language without marks": host(language({ marks: undefined })),
  };
  const { view, close } = await visit("<!DOCTYPE html><title>.</title>");
  for (const [name, html] of Object.entries(cases)) {
    pages.set("/broken", { body: html });
    await view.goto(front.url + "/broken");
    assert.deepEqual(
      await view.evaluate(() => ({
        link: document.querySelector("fair-notice > a").checkVisibility(),
        closed: document.getElementById("files").disabled,
        shadow: !!document.querySelector("fair-notice").shadowRoot,
        fields: [...new FormData(document.querySelector("form")).keys()],
      })),
      { link: true, closed: true, shadow: false, fields: ["who"] },
      name,
    );
  }
  t.diagnostic(`${Object.keys(cases).length} ways to be wrong`);
  await close();
});

test("what takes the tick back closes again: to untick, to fold, to reset, to remove", async () => {
  const ways = {
    untick: (view) => box(view).uncheck(),
    fold: (view) => chip(view, "en").click(),
    reset: (view) => view.evaluate(() => document.querySelector("form").reset()),
    remove: (view) => view.evaluate(() => { window.kept = document.querySelector("fair-notice"); window.kept.remove(); }),
    "put elsewhere": (view) => view.evaluate(() => document.querySelector("h1").after(document.querySelector("fair-notice"))),
  };
  for (const [name, way] of Object.entries(ways)) {
    const { view, complaints, close } = await visit(host(element() + field));
    await tick(view);
    assert.ok(!(await closed(view)), name);
    await way(view);
    await view.waitForFunction(() => document.getElementById("files").disabled, null, { timeout: 2000 });
    assert.deepEqual(await view.evaluate(() => [...new FormData(document.querySelector("form")).keys()]), ["who"], name);
    if (name === "remove") {
      await view.evaluate(() => document.querySelector("form p").after(window.kept));
      assert.deepEqual(await look(view), nothing, name);
      await tick(view);
      assert.ok(!(await closed(view)), "it opens again where it is put back");
    } else if (name !== "untick" && name !== "put elsewhere") assert.deepEqual(await look(view), nothing, name);
    assert.deepEqual(complaints, [], name);
    await close();
  }
});

test("a field that stands before the element is never opened", async () => {
  const { view, close } = await visit(host(field + element()));
  await tick(view);
  assert.deepEqual([await closed(view), (await look(view)).status], [true, data.languages[index("en")].open]);
  await close();
});

// Playwright does not follow a page into the back-forward cache and out of it. So the page itself goes there and back, and says what it
// is like when it is shown again.
test("Back brings neither the choice nor the tick, with the back-forward cache and without it", async () => {
  pages.set("/watch.js", { type: "text/javascript", body: `addEventListener("pageshow", (e) => history.length > 2 && setTimeout(() => {
    const root = document.querySelector("fair-notice").shadowRoot;
    fetch("/state", { method: "POST", body: JSON.stringify({ persisted: e.persisted, who: document.querySelector("[name=who]").value, closed: document.getElementById("files").disabled,
      open: root.querySelectorAll("[open]").length, chips: root.querySelectorAll("details:not([hidden])").length, box: root.querySelector("label").checkVisibility(), ticked: root.querySelector("input").checked,
      fields: [...new FormData(document.querySelector("form")).keys()] }) });
  }));
  if (location.search) addEventListener("unload", () => {});` });
  pages.set("/back.js", { type: "text/javascript", body: `addEventListener("load", () => setTimeout(() => history.back(), 50))` });
  pages.set("/elsewhere", { body: `<!DOCTYPE html><title>elsewhere</title><script src="/back.js"></script>` });
  for (const cached of [true, false]) {
    const { view, close } = await visit(host(element() + field, { head: load(`<script src="/watch.js" defer></script>`) }), { path: `/back-${++count}${cached ? "" : "?"}x` });
    await view.fill("[name=who]", "typed");
    await tick(view, three.at(-1));
    wire.length = 0;
    await view.evaluate(() => { setTimeout(() => (location.href = "/elsewhere")); });
    let state;
    for (let i = 0; i < 100 && !state; i++) {
      await new Promise((k) => setTimeout(k, 50));
      state = wire.find((w) => w.url === "/state");
    }
    assert.ok(state, "the page is not shown again");
    assert.deepEqual(JSON.parse(state.body), { persisted: cached, who: "typed", closed: true, open: 0, chips: data.languages.length, box: false, ticked: false, fields: ["who"] });
    await close();
  }
});

test("a page with scripts: the promise, the events, the header, and what the server refused", async () => {
  const { view, complaints, close } = await visit(host(element() + field));
  const seen = () => view.evaluate(() => window.seen.splice(0));
  await view.evaluate(() => {
    const e = document.querySelector("fair-notice");
    window.seen = [];
    for (const name of ["fair-notice", "fair-notice-closed"]) document.addEventListener(name, (x) => window.seen.push([name, x.detail, x.composed]));
    window.wait = () => e.confirmed.then((d) => window.seen.push(["confirmed", d]));
    window.wait();
  });
  const en = data.languages[index("en")];
  const detail = { edition: data.edition, header };
  await choose(view, "en");
  assert.deepEqual(await seen(), []);
  await box(view).check();
  assert.deepEqual(await seen(), [["fair-notice", detail, true], ["confirmed", detail]]);

  // The server says 428: it asks for the tick again, under the same words.
  await view.evaluate((id) => document.querySelector("fair-notice").refuse(id), data.edition);
  assert.deepEqual(await seen(), [["fair-notice-closed", { edition: data.edition, header: "" }, true]]);
  let now = await look(view);
  assert.deepEqual([now.status, now.ticked, now.header, await closed(view)], [en.refused, false, "", true]);
  await view.evaluate(() => void window.wait());
  await box(view).check();
  assert.deepEqual((await seen()).map((x) => x[0]), ["fair-notice", "confirmed"]);
  assert.equal((await look(view)).status, en.open);

  // The server says 412: these words are old, and the box cannot be ticked under them.
  const next = "ed-0123456789ab";
  await view.evaluate((id) => document.querySelector("fair-notice").refuse(id), next);
  now = await look(view);
  assert.deepEqual([now.status, now.ticked, await box(view).isDisabled(), await closed(view)], [en.changed, false, true, true]);
  await chip(view, "en").click();
  await chip(view, "en").click();
  assert.ok(await box(view).isDisabled(), "nor under those of another language");

  // The page got the new words: nothing is chosen, every chip says that they changed, and the tick is for the new edition.
  await view.evaluate(([id, d]) => document.querySelector("fair-notice").refuse(id, d), [next, { ...data, edition: next }]);
  assert.deepEqual(await look(view), nothing);
  assert.deepEqual(await view.evaluate(() => [...document.querySelector("fair-notice").shadowRoot.querySelectorAll("summary > strong")].map((e) => e.textContent)), data.languages.map((l) => l.changed));
  await tick(view, three.at(-1));
  now = await look(view);
  assert.deepEqual([now.header, now.valid, await view.evaluate(() => new FormData(document.querySelector("form")).get("fair_notice_edition"))], [`edition=${next}; read=1`, true, next]);

  // An element that a script makes, with its data as a property, round an uploader.
  await view.evaluate((d) => {
    const e = document.createElement("fair-notice");
    e.data = d;
    const inside = document.createElement("button");
    e.append(inside);
    document.querySelector("fair-notice").replaceWith(e);
  }, data);
  assert.ok(await view.evaluate(() => document.querySelector("fair-notice > button").matches(":disabled")));
  await tick(view);
  assert.ok(await view.locator("fair-notice > button").isEnabled());
  assert.deepEqual(complaints, []);
  await close();
});

test("by keyboard: a chip, the box, the field; and Send without the tick leads to what is missing", async () => {
  const { view, close } = await visit(host(element() + field), { context: { viewport: narrow } });
  const at = () => view.evaluate(() => {
    let e = document.activeElement;
    if (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    const s = getComputedStyle(e);
    return [e.localName, e.id || e.parentNode.lang || e.type || "", s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2].slice(0, e.getRootNode() === document ? 2 : 3).join(" ");
  });
  const press = async (...keys) => { for (const k of keys) await view.keyboard.press(k); return at(); };
  const first = data.languages[0].lang;
  await view.focus("button");
  await press("Enter");
  assert.equal(await at(), `summary ${first} true`, "nothing chosen: the first chip");
  const said = await view.evaluate(() => [...document.querySelector("fair-notice").shadowRoot.querySelectorAll("summary > strong")].map((e) => [e.checkVisibility(), e.closest("[lang]").lang, e.textContent]));
  assert.deepEqual(said, data.languages.map((l) => [true, l.lang, l.closed]), "each chip says it in its language");
  await press("Enter");
  await box(view).waitFor();
  assert.equal(await press("Tab"), "a " + first + " true");
  assert.equal(await press("Tab"), "input " + first + " true");
  await view.focus("button");
  await press("Enter");
  assert.equal(await at(), "input " + first + " true", "chosen and not ticked: the box");
  const snapshot = await view.locator("fair-notice").ariaSnapshot();
  for (const words of [`checkbox "${data.languages[0].tick.join(" ")}"`, `status: ${data.languages[0].closed}`, `heading "${data.languages[0].title}" [level=2]`]) assert.ok(snapshot.includes(words), snapshot);
  assert.deepEqual(await box(view).evaluate((e) => [e.ariaInvalid, e.getRootNode().getElementById(e.getAttribute("aria-describedby")).textContent]), ["true", data.languages[0].closed]);
  await press("Space");
  assert.ok((await view.locator("fair-notice").ariaSnapshot()).includes(`status: ${data.languages[0].open}`));
  assert.equal(await press("Tab"), "input files");
  await close();
});

test("it leaves nothing: no cookie, no storage, no request but for the page and the script", async () => {
  wire.length = 0;
  const { view, context, path, close } = await visit(host(element() + field));
  await tick(view, three.at(-1));
  await box(view).uncheck();
  assert.deepEqual(wire.map((w) => w.url).filter((u) => u !== "/favicon.ico"), [path, "/" + scriptName]);
  const left = await view.evaluate(async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length, history.length, location.hash, document.title]);
  assert.deepEqual([await context.cookies(), ...left], [[], "", 0, 0, 0, 0, left[5], "", "Apply"]);
  await close();
});

// ---- how it looks, and to whom

test("axe finds nothing: nothing chosen, an error, chosen, ticked; desktop, 320 px, dark, forced colours", async (t) => {
  const settings = { desktop: { viewport: desktop }, "320 px": { viewport: narrow }, dark: { colorScheme: "dark" }, "forced colours": { forcedColors: "active" } };
  const jobs = [];
  let runs = 0;
  for (const [name, context] of Object.entries(settings)) {
    for (const l of name === "320 px" ? three : [three[jobs.length % three.length]]) {
      jobs.push(async () => {
        const { view, close } = await visit(host(element() + field), { context });
        await view.evaluate(axeSource);
        for (const [state, step] of [
          ...(l === three[0] || name !== "320 px" ? [["nothing chosen", () => {}], ["nothing chosen, and sent", () => view.evaluate(() => document.querySelector("form").requestSubmit())]] : []),
          ["chosen", () => choose(view, l)],
          ["chosen, and sent", () => view.evaluate(() => document.querySelector("form").requestSubmit())],
          ["ticked", () => box(view).check()],
        ]) {
          await step();
          const { violations, passes } = await view.evaluate(() =>
            window.axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] } }));
          assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`), [], `${l}, ${state}, ${name}`);
          assert.ok(passes.some((p) => p.nodes.some((n) => n.target.some((x) => Array.isArray(x) && x[0] === "fair-notice"))), "axe looked inside");
          runs++;
        }
        await close();
      });
    }
  }
  await Promise.all([0, 1].map(async () => { for (let job; (job = jobs.shift()); ) await job(); }));
  t.diagnostic(`${runs} runs`);
});

test("at 320 px, with the text spacing of WCAG and without: nothing goes over the edge, and targets are at least 24 px", async () => {
  const { view, close } = await visit(host(element() + field), { context: { viewport: narrow } });
  const measure = (spaced) => view.evaluate((s) => {
    const e = document.querySelector("fair-notice");
    const r = e.shadowRoot;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(s ? "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }" : "");
    r.adoptedStyleSheets = [r.adoptedStyleSheets[0], sheet];
    const seen = [...r.querySelectorAll("*")].filter((x) => x.checkVisibility() && x.localName !== "i").map((x) => [x, x.getBoundingClientRect()]);
    return {
      over: seen.filter(([, b]) => b.right > innerWidth - 8 || b.left < 8).map(([x]) => x.outerHTML.slice(0, 80)),
      cut: seen.filter(([x]) => x.scrollWidth > x.clientWidth + 1 && getComputedStyle(x).overflow !== "visible").map(([x]) => x.outerHTML.slice(0, 80)),
      small: seen.filter(([x, b]) => x.matches("summary, a, label, input") && (b.width < 24 || b.height < 24)).map(([x, b]) => `${x.localName} ${b.width}x${b.height}`),
      scroll: document.documentElement.scrollWidth,
    };
  }, spaced);
  for (const l of data.languages) {
    for (const spaced of [false, true]) assert.deepEqual(await measure(spaced), { over: [], cut: [], small: [], scroll: 320 }, `before ${l.lang}`);
    await view.evaluate((i) => document.querySelector("fair-notice").shadowRoot.querySelectorAll("summary")[i].click(), index(l.lang));
    await box(view).waitFor();
    for (const spaced of [false, true]) assert.deepEqual(await measure(spaced), { over: [], cut: [], small: [], scroll: 320 }, `${l.lang}, spaced: ${spaced}`);
    await view.evaluate((i) => document.querySelector("fair-notice").shadowRoot.querySelectorAll("summary")[i].click(), index(l.lang));
    await box(view).waitFor({ state: "hidden" });
  }
  await close();
});

// What element.go says of the ways to put a notice before an upload: a rule of the page either leaves every pixel of it, or hides it.
const attacks = {
  "hides its key facts by class": (of) => `.fn-key, ul, li { display: none !important }`,
  "font-size: 0": (of) => `${of}, ${of} * { font-size: 0 !important }`,
  "opacity: 0": (of) => `${of} { opacity: 0 !important; color: transparent !important }`,
  "display: none": (of) => `${of} { display: none !important }`,
  "crops it to a line": (of) => `${of} { height: 2em !important; max-height: 2em !important; overflow: hidden !important }`,
  "covers it with something": (of) => `body::after { content: ""; position: fixed; inset: 0; background: white; z-index: 2147483647 }`,
};
const form = await site.text("for-the-vendor/server-form.html");
const modes = {
  element: { of: "fair-notice", html: element() + field, ready: (view) => choose(view, "en") },
  "server-form.html": { of: "#fn-gate", html: form + field, ready: (view) => view.locator('.fn-lang[lang="en"] > summary').click() },
  "the page in a frame": { of: "iframe", html: `<iframe src="/notice/" width="700" height="500" title="Read this first"></iframe>` + field, ready: (view) => view.frameLocator("iframe").locator('.fn-lang[lang="en"] > summary').click() },
};
const holds = {
  element: { "hides its key facts by class": true, "font-size: 0": true, "opacity: 0": true, "display: none": true, "crops it to a line": true, "covers it with something": false },
  "server-form.html": { "hides its key facts by class": false, "font-size: 0": false, "opacity: 0": false, "display: none": false, "crops it to a line": false, "covers it with something": false },
  "the page in a frame": { "hides its key facts by class": true, "font-size: 0": true, "opacity: 0": false, "display: none": false, "crops it to a line": false, "covers it with something": false },
};
const styles = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline' 'self'; frame-src 'self'; form-action 'self'";

async function pictureOf(view, clip) {
  await view.evaluate(() => scrollTo(0, 0));
  return (await view.screenshot({ clip, fullPage: clip.y + clip.height > desktop.height })).toString("base64");
}

// changed counts the pixels in which two pictures differ by more than a browser's own smoothing of edges.
async function changed(table, a, b) {
  if (a === b) return 0;
  return table.evaluate(async (both) => {
    const [x, y] = await Promise.all(both.map(async (png) => {
      const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
      const c = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      c.drawImage(bitmap, 0, 0);
      return c.getImageData(0, 0, bitmap.width, bitmap.height).data;
    }));
    if (x.length !== y.length) return Infinity;
    let n = 0;
    for (let i = 0; i < x.length; i += 4) if (Math.max(Math.abs(x[i] - y[i]), Math.abs(x[i + 1] - y[i + 1]), Math.abs(x[i + 2] - y[i + 2])) > 40) n++;
    return n;
  }, [a, b]);
}

test("what each way withstands of the style sheets of the page around it, by its pixels", async (t) => {
  pages.set("/notice/fair-notice.css", { type: "text/css", body: await site.text("for-the-vendor/fair-notice.css") });
  pages.set("/notice/", { body: await site.text("public/index.html"), policy: "default-src 'none'; style-src 'unsafe-inline'" });
  const bench = await browser.context();
  const table = await bench.newPage();
  for (const [mode, { of, html, ready }] of Object.entries(modes)) {
    const { view, close } = await visit(host(html), { policy: styles });
    await ready(view);
    const picture = () => pictureOf(view, clip);
    await view.mouse.move(0, 0);
    await view.evaluate(() => (document.activeElement?.blur(), scrollTo(0, 0)));
    const clip = await view.locator(of).boundingBox();
    const before = await picture();
    const got = {};
    for (const [name, rule] of Object.entries(attacks)) {
      const style = await view.addStyleTag({ content: rule(of) });
      const pixels = await changed(table, before, await picture());
      assert.ok(pixels === 0 || pixels > 1000, `${mode}, ${name}: ${pixels} pixels are neither nothing nor the notice`);
      got[name] = pixels === 0;
      await style.evaluate((e) => e.remove());
      assert.equal(await changed(table, before, await picture()), 0, "it is as it was");
    }
    t.diagnostic(`${mode}: ${Object.entries(got).map(([k, v]) => `${k}: ${v ? "holds" : "hidden"}`).join("; ")}`);
    assert.deepEqual(got, holds[mode], mode);
    await close();
  }
  await bench.close();
});

test("no declaration on the element itself reaches what it shows, not even in its own attribute", async () => {
  const { view, close } = await visit(host(element() + field), { policy: styles });
  await choose(view, "en");
  await view.mouse.move(0, 0);
  const clip = await view.locator("fair-notice").boundingBox();
  const bench = await browser.context();
  const table = await bench.newPage();
  const picture = () => pictureOf(view, clip);
  const before = await picture();
  const declarations = ["visibility: hidden", "position: absolute; left: -9999px", "transform: scale(0)", "clip-path: inset(50%)", "filter: opacity(0)", "zoom: .01", "content-visibility: hidden", "line-height: 0",
    "letter-spacing: -1em", "-webkit-text-fill-color: transparent", "text-indent: -9999px", "writing-mode: vertical-rl", "width: 0", "color: Canvas", "background: CanvasText", "font-size: 1px", "mask: linear-gradient(transparent, transparent)",
    "max-inline-size: 1px", "float: left", "mix-blend-mode: difference", "display: contents", "-webkit-text-security: disc", "text-transform: uppercase", "font-family: monospace", "columns: 9", "order: -1", "content: 'x'"];
  for (const d of declarations) {
    const important = d.split("; ").map((x) => x + " !important").join("; ");
    await view.evaluate((s) => document.querySelector("fair-notice").setAttribute("style", s), important);
    assert.equal(await changed(table, before, await picture()), 0, d);
  }
  await view.evaluate(() => document.querySelector("fair-notice").removeAttribute("style"));
  // What is around it is the page's own. Where that takes the words away, the tick goes with them.
  await view.addStyleTag({ content: "form { display: none }" });
  assert.ok(!(await box(view).isVisible()));
  await bench.close();
  await close();
});

// ---- with the guard behind it

test("removed, forged, old, without the tick, the file first: the server takes nothing and keeps nothing", async (t) => {
  const ways = {
    "the element removed, the field opened": (d) => d.querySelector("fair-notice").remove(),
    "a forged edition": (d, add) => (add("fair_notice_edition", "ed-0123456789ab"), add("fair_notice_read", "yes")),
    "an edition of another form": (d, add) => (add("fair_notice_edition", "ed-1"), add("fair_notice_read", "yes")),
    "no tick": (d, add, id) => add("fair_notice_edition", id),
    "another tick": (d, add, id) => (add("fair_notice_edition", id), add("fair_notice_read", "on")),
    "two editions": (d, add, id) => (add("fair_notice_edition", id), add("fair_notice_edition", "ed-0123456789ab"), add("fair_notice_read", "yes")),
    "the file first": (d, add, id) => {
      const [a, b] = [add("fair_notice_edition", id), add("fair_notice_read", "yes")];
      d.querySelector("form").append(a, b);
    },
  };
  const { view, close } = await visit("<!DOCTYPE html><title>.</title>");
  pages.set("/forge", { body: host(element() + field) });
  await portal.kept();
  for (const [name, way] of Object.entries(ways)) {
    await view.goto(front.url + "/forge");
    await view.evaluate(`{
      const add = (n, v) => { const i = document.createElement("input"); i.type = "hidden"; i.name = n; i.value = v; document.querySelector("form").prepend(i); return i; };
      (${way})(document, add, ${JSON.stringify(data.edition)});
      document.querySelector("form").noValidate = true;
      document.getElementById("files").disabled = false;
    }`);
    await view.setInputFiles("#files", papers.map((p) => p.path));
    const [answer] = await Promise.all([view.waitForResponse("**/apply"), view.locator("button").click()]);
    assert.equal(answer.status(), 422, name);
    assert.equal(answer.headers()["cache-control"], "no-store", name);
    assert.equal((await portal.kept()).length, 0, name);
  }
  // And the same without a form: by header.
  const url = new URL("/upload", front.url);
  const body = new FormData();
  body.append("file", new Blob([papers[0].bytes]), "paper.pdf");
  for (const [value, status] of [[header, 200], [undefined, 428], ["", 428], [`edition=${data.edition}`, 428], [`${header}; x=1`, 428], ["edition=ed-0123456789ab; read=1", 412], ["edition=ed-1; read=1", 428]]) {
    const answer = await fetch(url, { method: "POST", body, headers: value === undefined ? {} : { "Fair-Notice": value } });
    assert.equal(answer.status, status, value);
    assert.equal((await portal.kept(status === 200 ? 1 : 0)).length, status === 200 ? 1 : 0, value);
    if (status !== 200) assert.equal((await answer.json()).edition, data.edition);
  }
  t.diagnostic(`${Object.keys(ways).length} forms and 7 headers`);
  await close();
});

// bundle makes one script of some lines and the packages that they name.
async function bundle(name, contents) {
  const { outputFiles } = await build({ stdin: { contents, resolveDir: here }, bundle: true, format: "iife", write: false, logLevel: "silent", loader: { ".css": "empty" } });
  pages.set(name, { type: "text/javascript", body: outputFiles[0].text });
  return `<script src="${name}" defer></script>`;
}

// A person cannot choose a file where the field is closed: no window of files opens. Where it is open, one does.
async function opens(view, target) {
  const box = await view.locator(target).boundingBox();
  const chooser = view.waitForEvent("filechooser", { timeout: 1000 }).then(() => true, () => false);
  await view.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  return chooser;
}
const opened = (view, target) => Promise.all([view.waitForEvent("filechooser", { timeout: 10_000 }), view.locator(target).click()]);

// arrived waits until the portal has kept all papers, byte for byte, and nothing else.
async function arrived() {
  const kept = await portal.kept(papers.reduce((n, p) => n + p.bytes.length, 0));
  assert.deepEqual(kept.map((k) => papers.findIndex((p) => p.bytes.equals(k))).sort(), papers.map((_, i) => i));
}

const add = `document.getElementById("files").addEventListener("change", (e) => { for (const f of e.target.files) uppy.addFile({ name: f.name, type: f.type, data: f }); });
  window.uppy = uppy;`;

// The field has no name where a script sends its files: else they would be sent with the form as well.
const nameless = field.replace(' name="files"', "");

test("Uppy with its Form plugin: the form's fields go before each file, and nothing goes before the tick", async () => {
  const head = load(await bundle("/uppy-form.js", `
    import Uppy from "@uppy/core"; import Form from "@uppy/form"; import XHRUpload from "@uppy/xhr-upload";
    const uppy = new Uppy().use(Form, { target: "form", triggerUploadOnSubmit: true, addResultToForm: false }).use(XHRUpload, {
      endpoint: "/upload",
      allowedMetaFields: ["who", "fair_notice_edition", "fair_notice_read"], // and not the field of the files, which the plugin reads, too
      getResponseData: () => ({}),
    });
    ${add}`));
  const { view, complaints, close } = await visit(host(element() + nameless, { head }));
  wire.length = 0;
  await portal.kept();
  assert.equal(await opens(view, "#files"), false);
  // Files that a script of the page adds stay where they are, too: the form is not valid, so it is not sent.
  await view.evaluate(() => window.uppy.addFile({ name: "x.pdf", data: new Blob(["x"]) }));
  await view.locator("button").click();
  assert.deepEqual([left(), wire.filter((w) => w.method !== "GET").length], [0, 0]);
  await view.evaluate(() => window.uppy.clear());
  await tick(view);
  await opened(view, "#files");
  await view.setInputFiles("#files", papers.map((p) => p.path));
  assert.equal(left(), 0);
  await view.locator("button").click();
  await arrived();
  assert.equal(left(), papers.length);
  assert.deepEqual(complaints, []);
  await close();
});

test("Uppy with XHRUpload: it waits for the promise, and sends the header; what is refused asks again", async () => {
  const head = load(await bundle("/uppy-xhr.js", `
    import Uppy from "@uppy/core"; import XHRUpload from "@uppy/xhr-upload";
    const notice = document.querySelector("fair-notice");
    const uppy = new Uppy({ autoProceed: true }).use(XHRUpload, {
      endpoint: "/upload",
      headers: () => ({ "Fair-Notice": notice.header }),
      onAfterResponse: (xhr) => { if (xhr.status === 412 || xhr.status === 428) notice.refuse(JSON.parse(xhr.responseText).edition); },
      getResponseData: () => ({}),
    });
    uppy.addPreProcessor(() => notice.confirmed);
    ${add}`));
  const { view, close } = await visit(host(element() + nameless, { head }));
  await portal.kept();
  wire.length = 0;
  assert.equal(await opens(view, "#files"), false);
  await view.evaluate(() => void window.uppy.addFile({ name: "early.pdf", data: new Blob(["early"]) }));
  await view.waitForTimeout(300);
  assert.deepEqual(wire.filter((w) => w.method !== "GET"), [], "a script's file waits");
  await tick(view);
  assert.deepEqual((await portal.kept(5)).map(String), ["early"], "and goes after the tick");
  await view.setInputFiles("#files", papers.map((p) => p.path));
  await arrived();
  assert.equal(left(), papers.length);
  for (const w of wire.filter((x) => x.method === "POST")) assert.equal(w.headers["fair-notice"], header);

  // An edition that is no longer in force: the page was open for a long time.
  const old = "ed-0123456789ab";
  pages.set("/old", { body: host(element({ ...data, edition: old }) + nameless, { head }) });
  await view.goto(front.url + "/old");
  await tick(view);
  wire.length = 0;
  await view.setInputFiles("#files", papers[0].path);
  await view.waitForFunction(() => document.querySelector("fair-notice").header === "");
  const now = await look(view);
  assert.deepEqual([now.status, now.ticked, await closed(view)], [data.languages[index("en")].changed, false, true]);
  assert.deepEqual([(await portal.kept()).length, [...new Set(wire.filter((w) => w.method === "POST").map((w) => w.headers["fair-notice"]))]], [0, [`edition=${old}; read=1`]]);
  await close();
});

test("Uppy with AwsS3: nobody signs an address before the tick, and what is signed lies below the edition", async () => {
  const store = await startStore();
  const desk = await start(process.execPath, ["examples/portals/s3/portal.mjs"], { PORT: await freePort(), FN_EDITION: site.path("public/edition.json"), FN_FORM: site.path("for-the-vendor/server-form.html"), S3_BUCKET: store.url, S3_ID: store.keys.id, S3_SECRET: store.keys.secret });
  sign = desk.url;
  try {
    const head = load(await bundle("/uppy-s3.js", `
      import Uppy from "@uppy/core"; import AwsS3 from "@uppy/aws-s3";
      const notice = document.querySelector("fair-notice");
      const uppy = new Uppy({ autoProceed: true }).use(AwsS3, {
        shouldUseMultipart: false,
        generateObjectKey: (file) => file.id,
        signRequest: async ({ key, contentType }) => {
          const answer = await fetch("/sign", { method: "POST", headers: { "Content-Type": "application/json", "Fair-Notice": notice.header }, body: JSON.stringify({ type: contentType, size: uppy.getFile(key).size }) });
          if (answer.status === 412 || answer.status === 428) notice.refuse((await answer.json()).edition);
          if (!answer.ok) throw new Error("not signed");
          return answer.json();
        },
      });
      if (!location.search) uppy.addPreProcessor(() => notice.confirmed);
      ${add}`));
    const policy = strict.replace("connect-src 'self'", `connect-src 'self' ${store.url}`);
    const { view, path, close } = await visit(host(element() + nameless, { head }), { policy });
    wire.length = 0;
    assert.equal(await opens(view, "#files"), false);
    await view.evaluate(() => void window.uppy.addFile({ name: "early.pdf", type: "application/pdf", data: new Blob(["early"]) }));
    await view.waitForTimeout(300);
    assert.deepEqual([wire.filter((w) => w.method !== "GET").length, store.asked.length], [0, 0]);
    await tick(view);
    await view.setInputFiles("#files", papers.map((p) => p.path));
    for (let i = 0; i < 100 && store.kept.size < 3; i++) await view.waitForTimeout(50);
    assert.deepEqual([...store.kept.values()].map((b) => (b.length < 9 ? String(b) : papers.findIndex((p) => p.bytes.equals(b)))).sort(), [0, 1, "early"]);
    for (const key of store.kept.keys()) assert.match(key, new RegExp(`^/uploads/${data.edition}/[0-9a-f]{32}$`));
    assert.equal(left(), 0, "no byte went to the portal");

    // A page that does not wait is refused by the signer; nothing reaches the bucket.
    store.asked.length = 0;
    pages.set(path + "?now", pages.get(path));
    await view.goto(front.url + path + "?now");
    await view.evaluate(() => void window.uppy.addFile({ name: "early.pdf", type: "application/pdf", data: new Blob(["early"]) }));
    for (let i = 0; i < 60 && !wire.some((w) => w.url === "/sign" && w.headers["fair-notice"] === ""); i++) await view.waitForTimeout(50);
    await view.waitForTimeout(200);
    assert.equal(store.asked.length, 0);
    // And what is not signed, or signed for another key, the bucket does not take.
    const [key] = store.kept.keys();
    const signed = store.signed[0];
    for (const url of [store.url + "/uploads/x", signed.replace(/[0-9a-f]{32}/, "0".repeat(32)), signed.replace(data.edition, "ed-0123456789ab"), signed.replace("Expires=300", "Expires=9000")]) {
      assert.equal((await fetch(url, { method: "PUT", headers: { "Content-Type": "application/pdf" }, body: "early" })).status, 403, url);
    }
    assert.equal(store.kept.size, 3, key);
    await close();
  } finally {
    sign = undefined;
    desk.stop();
    store.close();
  }
});

test("FilePond, wrapped: inert until the tick, and all of it goes after", async () => {
  const head = load(await bundle("/filepond.js", `
    import * as FilePond from "filepond";
    const notice = document.querySelector("fair-notice");
    window.pond = FilePond.create(document.getElementById("files"), {
      allowMultiple: true,
      credits: false,
      beforeAddFile: () => notice.header !== "",
      server: { process: { url: "/upload", headers: () => ({ "Fair-Notice": notice.header }) }, revert: null },
    });`));
  pages.set("/filepond.css", { type: "text/css", body: await readFile(require.resolve("filepond/dist/filepond.css")) });
  const wrapped = element(data, `<div inert id="pond"><input type="file" id="files" name="files" multiple></div>`, "");
  // FilePond writes its pictures with innerHTML and its sizes with style attributes: no page with it can require Trusted Types.
  const policy = "default-src 'none'; script-src 'self' blob:; worker-src blob:; img-src blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; form-action 'self'";
  const pond = async () => {
    const page = await visit(host(wrapped, { head, style: `<link rel="stylesheet" href="/filepond.css">` }), { policy });
    await page.view.waitForSelector(".filepond--root");
    return page;
  };
  wire.length = 0;
  await portal.kept();
  const shut = await pond();
  assert.equal(await opens(shut.view, ".filepond--label-action"), false);
  await shut.view.keyboard.press("Tab");
  assert.ok(!(await shut.view.evaluate(() => document.getElementById("pond").contains(document.activeElement))), "nor by keyboard");
  await shut.view.evaluate(() => void window.pond.addFile(new Blob(["a script's file"])).catch(() => {}));
  await drop(shut.view, ".filepond--root");
  await shut.view.waitForTimeout(300);
  assert.equal(await shut.view.evaluate(() => window.pond.getFiles().length), 0);
  assert.deepEqual([left(), wire.filter((w) => w.method === "POST").length], [0, 0]);
  await shut.close();

  const { view, close } = await pond();
  await tick(view);
  await opened(view, ".filepond--label-action");
  await drop(view, ".filepond--root");
  await arrived();
  assert.equal(left(), papers.length);
  await box(view).uncheck();
  assert.ok(await view.evaluate(() => document.getElementById("pond").inert));
  await close();
});

// drop lets the papers fall onto something, as a person does who drags them out of a folder.
async function drop(view, target) {
  const box = await view.locator(target).boundingBox();
  const session = await view.context().newCDPSession(view);
  const items = { items: [], files: papers.map((p) => p.path), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent", { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data: items });
  await session.detach();
}
