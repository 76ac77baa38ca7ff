// What a vendor is sent, in a real browser: the fragment inside a portal's form, the front door, the page that tries the upload, and the
// pages for staff. The portal here is a small one with the guard of examples/portals/node, and once without any.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import busboy from "busboy";
import express from "express";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { open, site } from "./browser.mjs";
import { fairNotice, fragment } from "../../examples/portals/node/fair-notice.mjs";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const kit = (name) => site.path(join("for-the-vendor", name));
const edition = JSON.parse(readFileSync(kit("edition.json"))).in_force[0].id;
const languages = JSON.parse(readFileSync(kit("element.json"))).languages; // the same words, in another form
const style = readFileSync(kit("fair-notice.css"), "utf8");
const onward = "/onward"; // where the front door leads, here

// A sheet of a site that is unkind to everything it can name by elements, classes and one id.
const unkind = `
  #host form * { color: red; font: italic 7px/1 cursive; text-transform: uppercase; letter-spacing: 9px; visibility: hidden; opacity: .1; float: left }
  #host summary, #host details, #host label, #host input, .fn-key, .fn-tick, .fn-say, .fn-lang, .fn-chip { display: none; width: 3px; height: 3px; position: fixed; left: -999px }
  #host input { appearance: none; pointer-events: none }
  #host ::before { content: "before" } #host li { list-style: none; transform: scale(0) }
  form { text-align: center; font-size: 5px; text-transform: uppercase; word-spacing: 30px; line-height: .5; cursor: wait }`;

const escape = (s) => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const page = (action, more) => ({ notice, fields }) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Apply</title><style>body { font: 1rem/1.5 sans-serif } input { max-inline-size: 100% } ${more ?? ""}</style></head>
<body id="host"><main><h1>Apply</h1>
<form method="post" action="${action}" enctype="multipart/form-data">
<p><label for="name">Name</label> <input id="name" type="text" name="name" autocomplete="off" value="${escape(fields.find(([n]) => n === "name")?.[1] ?? "")}"></p>
${notice}
<p><label for="files">Files</label> <input id="files" type="file" name="files"></p>
<p><button type="submit">Send</button></p>
</form></main></body></html>`;

let browser, server, base, work, noCSS = false, css = style;
const posted = []; // what came through, as [[name, value or {file, text}], …] in the order of the body

function parts(req) {
  return new Promise((done, fail) => {
    const out = [];
    const reader = busboy({ headers: req.headers });
    reader.on("field", (name, value) => out.push([name, value]));
    reader.on("file", (name, file, info) => {
      const at = [name, { file: info.filename ?? "", text: "" }];
      out.push(at);
      file.on("data", (b) => { at[1].text += b; });
    });
    reader.on("close", () => done(out)).on("error", fail);
    req.pipe(reader);
  });
}

before(async () => {
  work = await mkdtemp(join(tmpdir(), "fn-kit-"));
  const guard = (path, more) => fairNotice({ edition: kit("edition.json"), form: kit("server-form.html"), page: page(path, more) });
  const take = async (req, res) => {
    posted.push(await parts(req));
    res.set("Cache-Control", "no-store").send("<!DOCTYPE html><title>Thank you</title><p>Thank you.</p>");
  };
  const app = express().disable("x-powered-by").disable("etag");
  app.use("/apply", guard("/apply"));
  for (const [path, more] of [["/apply", ""], ["/open", ""], ["/unkind", unkind]]) {
    app.get(path, (req, res) => res.send(page(path === "/unkind" ? "/apply" : path, more)({ notice: fragment(kit("server-form.html")), fields: [] })));
    app.post(path, take);
  }
  // Looks at the confirmation, but only when all of the body is read: too late.
  app.post("/late", async (req, res) => {
    const body = Object.fromEntries(await parts(req));
    if (body.fair_notice_read !== "yes" || !body.fair_notice_edition) return res.status(428).json({ error: "notice_not_confirmed" });
    if (body.fair_notice_edition !== edition) return res.status(412).json({ error: "notice_changed" });
    res.send("Thank you.");
  });
  app.post("/sends-back", (req, res) => res.redirect(303, "/apply")); // as a stack does whose guard redirects; never takes anything
  app.post("/wants-token", (req, res) => res.status(419).send("token"));
  app.get("/notice/fair-notice.css", (req, res) => (noCSS ? res.status(404).end() : res.type("css").send(css)));
  app.get("/notice/", (req, res) => res.sendFile(site.path("public/index.html")));
  app.get("/notice/:file", (req, res) => res.sendFile(kit(req.params.file)));
  app.get("/door", async (req, res) => res.type("html").send(door(await readFile(kit("front-door.html"), "utf8"), req.query.without)));
  app.get("/door-without", (req, res) => res.sendFile(kit("front-door.html")));
  app.get(onward, (req, res) => res.send("<!DOCTYPE html><title>The form</title><p>The form.</p>"));
  server = app.listen(0, "127.0.0.1");
  await new Promise((ok) => server.once("listening", ok));
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await open();
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((ok) => (server ? server.close(ok) : ok()));
  if (work) await rm(work, { recursive: true, force: true });
});

// door writes the address of the form into the front door as somebody would with an editor, and takes something away.
function door(html, without) {
  const at = 'href="#put-the-address-of-your-form-here"';
  assert.equal(html.split(at).length, 2, "the place for the address is there once");
  html = html.replace(at, `href="${onward}"`);
  if (without === "style") html = html.replace(/<style>[^]*?<\/style>/, "");
  if (without === "has") html = withoutHas(html).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  return html;
}

const withoutHas = (css) => css.replace(/@supports selector\(:has\(a\)\) \{[^]*?\n\}/g, "").replace(/^[^{}\n]*:has\([^\n]*$/gm, "");

async function visit(path, options = {}) {
  const context = await browser.context({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false, ...options });
  const view = await context.newPage();
  const requests = [], complaints = [];
  view.on("request", (r) => requests.push(r.url()));
  view.on("console", (m) => complaints.push(m.text()));
  view.on("pageerror", (e) => complaints.push(String(e)));
  await view.goto(path.startsWith("file:") ? path : base + path);
  return { view, requests, complaints, close: () => context.close() };
}

const choose = (view, lang) => view.locator(`.fn-lang[lang="${lang}"] > .fn-chip`).click();
const paper = { name: "paper.txt", mimeType: "text/plain", buffer: Buffer.from("my paper") };

// The lines of the tick that are on the screen, and its name for whoever does not see it.
const tick = async (view) => ({
  lines: await view.evaluate(() => [...document.querySelectorAll(".fn-label .fn-line")].filter((e) => e.checkVisibility() && e.closest(".fn-tick, .fn-door").getBoundingClientRect().width > 1).map((e) => e.textContent)),
  box: await view.evaluate(() => { const r = document.getElementById("fn-read").getBoundingClientRect(); return r.width > 10 && getComputedStyle(document.querySelector(".fn-tick, .fn-door")).clipPath === "none" && document.getElementById("fn-read").checkVisibility(); }),
});

async function send(view) {
  await view.fill("#name", "Ana");
  await view.setInputFiles("#files", paper);
  await view.click("button[type=submit]");
}

const body = [["name", "Ana"], ["fair_notice_edition", edition], ["fair_notice_read", "yes"], ["files", { file: "paper.txt", text: "my paper" }]];

for (const [what, prepare] of [
  ["", () => { noCSS = false; css = style; }],
  [", without the style sheet", () => { noCSS = true; }],
  [", where :has is not known", () => { noCSS = false; css = withoutHas(style); }],
]) {
  test(`the form is sent without JavaScript, with the same body in every language${what}`, async () => {
    prepare();
    try {
      for (const l of languages) {
        posted.length = 0;
        const { view, close } = await visit("/apply");
        await choose(view, l.lang);
        const shown = await tick(view);
        assert.deepEqual(shown.lines, what ? languages.flatMap((x) => x.tick) : l.tick, l.lang);
        assert.ok(shown.box, `${l.lang}: the box is not on the screen`);
        // Only the chosen language's key facts are there to be read.
        assert.deepEqual(await view.evaluate(() => [...document.querySelectorAll("#fn-gate .fn-key")].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.closest("[lang]").lang)), [l.lang]);
        await view.getByRole("checkbox", { name: l.tick[0] }).check();
        await send(view);
        assert.equal(await view.title(), "Thank you", l.lang);
        assert.deepEqual(posted, [body], l.lang);
        assert.equal(new URL(view.url()).search + new URL(view.url()).hash, "");
        await close();
      }
    } finally {
      noCSS = false;
      css = style;
    }
  });
}

test("where nothing is chosen the tick is not on the screen, and a form that is sent asks for it", async () => {
  posted.length = 0;
  const { view, requests, close } = await visit("/apply");
  assert.deepEqual(await tick(view), { lines: [], box: false });
  const before = requests.length;
  await send(view);
  await view.waitForTimeout(200);
  assert.equal(requests.length, before, "it was sent without the tick");
  assert.equal(await view.evaluate(() => document.activeElement.id), "fn-read");
  assert.ok((await tick(view)).box, "the box that the browser asks for cannot be seen");
  await choose(view, "ar");
  await view.getByRole("checkbox").check();
  await view.click("button[type=submit]");
  assert.deepEqual(posted, [body]);
  await close();
});

test("the required tick holds the form back in every language", async () => {
  posted.length = 0;
  const { view, close } = await visit("/apply");
  for (const l of languages) {
    await choose(view, l.lang);
    await send(view);
    assert.equal(await view.evaluate(() => document.activeElement.id), "fn-read", l.lang);
    await choose(view, l.lang);
  }
  assert.deepEqual(posted, []);
  await close();
});

test("a refused form comes back with what was typed, says why in the chosen language, and wants a new tick", async () => {
  for (const [change, block] of [['#fn-gate [type=hidden]', "changed"], ["#fn-read", "refused"]]) {
    posted.length = 0;
    const { view, close } = await visit("/apply");
    await choose(view, "en");
    await view.locator("#fn-read").check();
    await view.evaluate((s) => { const e = document.querySelector(s); e.value = e.type === "hidden" ? "ed-000000000000" : "on"; }, change);
    await send(view);
    assert.deepEqual(posted, []);
    assert.equal(await view.inputValue("#name"), "Ana");
    assert.equal(await view.isChecked("#fn-read"), false);
    for (const l of languages) {
      await choose(view, l.lang);
      const said = await view.evaluate(() => [...document.querySelectorAll("#fn-refused > *, #fn-changed > *")].filter((e) => e.checkVisibility()).map((e) => e.textContent));
      assert.deepEqual(said, [l[block]], l.lang);
      await choose(view, l.lang);
    }
    await choose(view, "en");
    await view.locator("#fn-read").check();
    await send(view);
    assert.deepEqual(posted, [body]);
    await close();
  }
});

test("a style sheet of the site that names elements, classes or an id changes nothing of the notice", async () => {
  const looks = async (path, lang) => {
    const { view, close } = await visit(path);
    // With the unkind sheet nothing else of the page can be pressed; so the chip is opened as a script would.
    if (lang) await view.evaluate((l) => { document.querySelector(`.fn-lang[lang="${l}"]`).open = true; }, lang);
    const got = await view.evaluate(() => [...document.querySelectorAll("#fn-gate, #fn-gate *")].filter((e) => !e.closest(".fn-yets")).map((e) => {
      const s = getComputedStyle(e);
      return [e.tagName, ...["display", "visibility", "opacity", "fontSize", "fontFamily", "fontStyle", "lineHeight", "letterSpacing", "wordSpacing", "textTransform", "textAlign", "color", "backgroundColor", "position", "float", "transform", "pointerEvents", "clipPath", "cursor", "appearance", "listStyleType"].map((p) => s[p])].join(" ");
    }));
    const marks = await view.evaluate(() => getComputedStyle(document.querySelector("#fn-gate .fn-chip"), "::before").content);
    await close();
    return [...got, marks];
  };
  for (const l of ["", "en", "ar", "ur", "hi"].filter((l) => !l || languages.some((x) => x.lang === l))) assert.deepEqual(await looks("/unkind", l), await looks("/apply", l), l);
});

test("on paper stands the chosen language alone, without our controls", async () => {
  const { view, close } = await visit("/apply");
  await choose(view, "es");
  await view.emulateMedia({ media: "print" });
  assert.deepEqual(await view.evaluate(() => [...document.querySelectorAll("#fn-gate summary, #fn-gate input, #fn-gate .fn-screen")].filter((e) => e.checkVisibility() && e.type !== "hidden").length), 0);
  assert.ok(await view.isVisible('.fn-lang[lang="es"] .fn-key'));
  assert.ok(await view.isVisible("#files"), "the form of the site is not ours to hide");
  await close();
});

// The front door.

const link = (view) => view.locator(".fn-onward a");

test("the front door shows the link after the tick alone, in every language, without JavaScript", async () => {
  const { view, requests, close } = await visit("/door");
  assert.equal(await view.isVisible("#fn-read"), false, "the tick stands there before a language is chosen");
  for (const l of languages) {
    await choose(view, l.lang);
    assert.deepEqual((await tick(view)).lines, l.tick);
    assert.equal(await link(view).isVisible(), false, `${l.lang}: the link is there before the tick`);
    await view.getByRole("checkbox", { name: l.tick[0] }).check();
    assert.equal(await link(view).isVisible(), true, `${l.lang}: no link after the tick`);
    assert.equal(await view.locator(".fn-onward .fn-say:visible").count(), 1);
    assert.equal(await view.locator(".fn-onward .fn-say:visible").getAttribute("lang"), l.lang);
    await view.getByRole("checkbox").uncheck();
    await choose(view, l.lang);
  }
  assert.deepEqual(requests, [base + "/door"]);
  // At the end of the page nothing lies over the link, not even the way out.
  await choose(view, "en");
  await view.locator("#fn-read").check();
  await view.evaluate(() => scrollTo(0, 1e6));
  assert.ok(await view.evaluate(() => { const a = document.querySelector(".fn-onward a"), r = a.getBoundingClientRect(); return a.contains(document.elementFromPoint(r.x + r.width / 2, r.bottom - 2)); }));
  await close();
});

test("the front door can be gone through with the keyboard alone", async () => {
  const { view, close } = await visit("/door");
  const focused = () => view.evaluate(() => ({ id: document.activeElement.id, href: document.activeElement.getAttribute("href"), lang: document.activeElement.closest("[lang]")?.lang, outline: getComputedStyle(document.activeElement).outlineStyle }));
  const to = async (want) => {
    for (let i = 0; i < 60; i++) {
      await view.keyboard.press("Tab");
      const f = await focused();
      if (want(f)) return f;
    }
    assert.fail("it cannot be reached by Tab");
  };
  assert.equal((await to((f) => f.lang === "ar")).outline, "solid");
  await view.keyboard.press("Enter");
  assert.equal((await to((f) => f.id === "fn-read")).outline, "solid");
  await view.keyboard.press("Space");
  await to((f) => f.href === onward);
  await view.keyboard.press("Enter");
  await view.waitForURL(base + onward);
  await close();
});

test("without its style the front door stays closed, and still says to read first; without :has it works", async () => {
  const { view, close } = await visit("/door?without=style");
  for (const l of ["en", "ar"]) {
    await choose(view, l);
    await view.locator("#fn-read").check();
    assert.equal(await link(view).isVisible(), false);
    assert.equal(await view.locator(".fn-first").isVisible(), true);
    await view.locator("#fn-read").uncheck();
  }
  await close();
  const other = await visit("/door?without=has");
  for (const l of languages) {
    await choose(other.view, l.lang);
    assert.equal(await link(other.view).isVisible(), false);
    await other.view.locator("#fn-read").check();
    assert.equal(await link(other.view).isVisible(), true);
    await other.view.locator("#fn-read").uncheck();
    await choose(other.view, l.lang);
  }
  await other.close();
});

test("a front door to which nobody has said the address says so, and leads nowhere", async () => {
  const { view, close } = await visit("/door-without");
  assert.ok(await view.locator(".fn-todo").isVisible());
  await choose(view, "en");
  await view.locator("#fn-read").check();
  assert.equal(await link(view).isVisible(), false);
  await close();
  const ready = await visit("/door");
  assert.equal(await ready.view.locator(".fn-todo").isVisible(), false);
  await ready.close();
});

// The page that tries the upload.

async function tried(options, how = {}) {
  const { view, complaints, close } = await visit(how.path ?? "/notice/try-it.html", { javaScriptEnabled: true });
  const at = (await view.textContent("#verdict")).trim();
  assert.match(at, /^Red: not tried yet/);
  for (const [k, v] of Object.entries(options)) await (k === "how" ? view.selectOption("#how", v) : view.fill("#" + k, v));
  await view.click("button");
  await view.waitForFunction(() => !document.querySelector("button").disabled && !/trying|not tried/.test(document.getElementById("verdict").textContent));
  const out = { verdict: await view.textContent("#verdict"), lines: await view.locator("#found > li").allTextContents(), complaints, good: await view.locator("#verdict[data-good]").count() };
  await close();
  return out;
}
const colours = (got) => got.lines.map((l) => l.split(":")[0]);
const [r, g] = ["Red", "Green"];

test("an upload without a guard is red, and nothing but the right confirmation of a guarded one gets through", async () => {
  posted.length = 0;
  let got = await tried({ to: "/open" });
  assert.deepEqual(colours(got), [r, r, r, r, g, g]);
  assert.match(got.verdict, /^Red: not all of it/);
  assert.match(got.lines[0], /It was taken \(200\): the upload is open/);
  assert.equal(posted.length, 5);
  posted.length = 0;
  got = await tried({ to: "/apply" });
  assert.deepEqual(colours(got), [g, g, g, g, g, g], got.lines.join("\n"));
  assert.match(got.verdict, /^Green: the upload is closed until/);
  assert.equal(got.good, 1);
  assert.deepEqual(posted, [[["fair_notice_edition", edition], ["fair_notice_read", "yes"], ["files", { file: "fair-notice-test-please-delete.txt", text: "This is a test of the upload. Nobody sent it. Please delete it.\n" }]]]);
  assert.deepEqual(got.complaints.filter((c) => !/status of 4(12|22|28)/.test(c)), []);
});

test("a script's upload is tried by the header", async () => {
  posted.length = 0;
  assert.deepEqual(colours(await tried({ to: "/open", how: "script" })), [r, r, r, r, g, g]);
  posted.length = 0;
  assert.deepEqual(colours(await tried({ to: "/apply", how: "script" })), [g, g, g, g, g, g]);
  assert.deepEqual(posted.map((p) => p.length), [1]);
});

test("each red line says what to mend", async () => {
  let got = await tried({ to: "/late" });
  assert.deepEqual(colours(got), [g, g, g, r, g, g], got.lines.join("\n"));
  assert.match(got.lines[3], /before the confirmation.*upload is open/);
  got = await tried({ to: "/sends-back" });
  assert.deepEqual(colours(got), [g, g, g, g, r, g], got.lines.join("\n"));
  assert.match(got.lines[4], /right confirmation was refused/);
  got = await tried({ to: "/wants-token" });
  assert.deepEqual(colours(got), [r, r, r, r, r, g]);
  assert.match(got.lines[0], /not by the gate/);
  assert.match(got.lines[4], /token against forged requests/);
  got = await tried({ to: "/nowhere", whole: "/nowhere" });
  assert.deepEqual(colours(got), [r, r, r, r, r, r]);
  assert.match(got.lines[4], /Nothing takes files at that address/);
  assert.match(got.lines[5], /It is not there \(404\)/);
  got = await tried({ to: "/apply", whole: "/open" });
  assert.deepEqual(colours(got), [g, g, g, g, g, g]); // the form with the notice names the edition, too
  got = await tried({ to: "/apply", whole: "https://notice.example/" });
  assert.deepEqual(colours(got), [g, g, g, g, g, "Not seen"]);
  got = await tried({ to: "https://portal.example/apply" });
  assert.match(got.verdict, /of another site than this page \(https:\/\/portal\.example\)/);
  got = await tried({ to: "http://[" });
  assert.match(got.verdict, /cannot be read/);
  got = await tried({}, { path: pathToFileURL(kit("try-it.html")).href });
  assert.match(got.verdict, /opened from a disk/);
});

// The signer of uppy-s3.md, as it stands there.

const blocks = (kind) => [...readFileSync(kit("uppy-s3.md"), "utf8").matchAll(new RegExp("```" + kind + "\n([^]*?)```", "g"))].map((m) => m[1]);

test("the signer signs for who confirmed the edition, and for nobody else", async () => {
  const source = blocks("js")[1].replace('.listen(8081, "127.0.0.1")', '.listen(0, "127.0.0.1", function () { console.log(this.address().port) })');
  assert.ok(source.split("\n").length <= 50, "it has grown");
  await writeFile(join(work, "sign.mjs"), source);
  await writeFile(join(work, "edition.json"), readFileSync(kit("edition.json")));
  const signer = spawn(process.execPath, ["sign.mjs"], { cwd: work, env: { ...process.env, S3_HOST: "bucket.s3.us-east-2.amazonaws.com", S3_REGION: "us-east-2", S3_KEY: "AKID", S3_SECRET: "secret" }, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = (await new Promise((ok) => signer.stdout.once("data", ok))).toString().trim();
    const ask = async (header, method = "POST") => {
      const a = await fetch(`http://127.0.0.1:${port}/sign`, { method, headers: header ? { "Fair-Notice": header } : {}, ...(method === "POST" && { body: "{}" }) });
      return [a.status, await a.json(), a.headers.get("cache-control")];
    };
    for (const bad of [undefined, "read=1", `edition=${edition}`, `edition=${edition}; read=yes`, `edition=${edition}; read=1; more=2`, `edition=${edition}; read=1;`, `edition=${edition}; read=1; read=1`, `edition=${edition.toUpperCase()}; read=1`, `edition=${edition}; read=1, edition=${edition}; read=1`, `edition=${edition}=x; read=1`]) {
      const [status, answer, cache] = await ask(bad);
      assert.deepEqual([status, answer.error, answer.edition, cache], [428, "notice_not_confirmed", edition, "no-store"], bad);
    }
    const [status, answer] = await ask("edition=ed-000000000000; read=1");
    assert.deepEqual([status, answer], [412, { error: "notice_changed", edition, in_force: [edition], notice: "/notice/", changed: "" }]);
    assert.equal((await ask(undefined, "GET"))[0], 405);
    const keys = new Set();
    for (const good of [`edition=${edition}; read=1`, `read=1;edition=${edition}; token=ab-c_1`]) {
      const [status, { url, key }] = await ask(good);
      assert.equal(status, 200);
      assert.match(key, new RegExp(`^uploads/${edition}/[0-9a-f]{32}$`));
      const u = new URL(url);
      assert.equal(u.origin + u.pathname, "https://bucket.s3.us-east-2.amazonaws.com/" + key);
      assert.equal(u.searchParams.get("X-Amz-Expires"), "300");
      assert.ok(Math.abs(Date.parse(u.searchParams.get("X-Amz-Date").replace(/(....)(..)(..)T(..)(..)(..)/, "$1-$2-$3T$4:$5:$6")) - Date.now()) < 60e3);
      keys.add(key);
    }
    assert.equal(keys.size, 2);
    await writeFile(join(work, "edition.json"), "{");
    assert.deepEqual((await ask(`edition=${edition}; read=1`)).slice(0, 2), [428, { error: "notice_not_confirmed", edition: "", in_force: [], notice: "/notice/" }]);
  } finally {
    signer.kill();
  }
});

test("it signs as the example in Amazon's own documents", async () => {
  // "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)" has a GET for a day; ours is a PUT for five minutes.
  const sign = blocks("js")[1].match(/function sign[^]*?\n}\n/)[0].replace('"PUT"', '"GET"').replace("Expires=300", "Expires=86400");
  const made = new Function("createHash", "hmac", "S3_HOST", "S3_REGION", "S3_KEY", "S3_SECRET", sign + 'return sign("test.txt", "20130524T000000Z")')(
    createHash, (key, text) => createHmac("sha256", key).update(text).digest(), "examplebucket.s3.amazonaws.com", "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  assert.match(made, /X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404$/);
});

test("the bucket's policy and its rules for browsers can be read, and name the prefix and the five minutes", () => {
  const [policy, cors] = blocks("json").map((b) => JSON.parse(b));
  // It is the one of examples/portals/s3, which was tried on a store.
  const theirs = (name) => JSON.parse(readFileSync(new URL("../../examples/portals/s3/" + name, import.meta.url)));
  assert.deepEqual(policy, theirs("bucket-policy.json"));
  assert.deepEqual(cors, theirs("bucket-cors.json"));
});

// Every page, for everybody.

const staff = ["READ-ME-FIRST.html", "element.html", "questions.html", "try-it.html"];
const three = ["en", "ar", "hi"].filter((l) => languages.some((x) => x.lang === l));
const states = [
  ...staff.map((p) => ["/notice/" + p, ""]),
  ...["", ...languages.map((l) => l.lang)].map((l) => ["/apply", l]),
  ...["", ...three].map((l) => ["/door", l]),
  ["/door-without", ""],
];

async function into(view, path, lang) {
  if (lang) await choose(view, lang);
  if (path === "/door" && lang) await view.locator("#fn-read").check();
  if (path.endsWith("READ-ME-FIRST.html")) await view.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.removeAttribute("name"); d.open = true; }));
}

// each opens every page once and looks at it in all its states.
async function each(options, look, want = () => true) {
  for (const path of new Set(states.map(([p]) => p))) {
    const of = states.filter(([p, l]) => p === path && want(p, l));
    if (of.length === 0) continue;
    const { view, requests, complaints, close } = await visit(path, { javaScriptEnabled: true, ...options });
    for (const [, lang] of of) {
      await into(view, path, lang);
      await look(view, path, lang, { requests, complaints });
      if (path === "/door" && lang) await view.locator("#fn-read").uncheck();
      if (lang) await choose(view, lang); // and back
    }
    await close();
  }
}

test("axe finds nothing, on a phone, in the dark, in forced colours and on a desk", async (t) => {
  let runs = 0;
  for (const [how, options] of Object.entries({ phone: { viewport: { width: 320, height: 640 } }, dark: { colorScheme: "dark" }, forced: { forcedColors: "active" }, desk: { viewport: { width: 1280, height: 900 } } })) {
    await each({ bypassCSP: true, ...options }, async (view, path, lang) => {
      // The whole notice is looked at in pages.test.mjs in all its languages; here what the front door has beside it.
      if (path.startsWith("/door")) await view.evaluate(() => document.querySelectorAll(".fn-part .fn-s").forEach((e) => e.remove()));
      await view.evaluate((source) => void (window.axe ?? (0, eval)(source)), axeSource);
      const found = await view.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`), [], `${path} ${lang} ${how}`);
      runs++;
    }, (path, lang) => how === "phone" || !lang || three.includes(lang));
  }
  t.diagnostic(`${runs} runs`);
});

test("nothing scrolls sideways at 320 px, with the text spacing of WCAG 1.4.12 too, and everything that one can press is 24 by 24 px", async () => {
  const spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";
  await each({ viewport: { width: 320, height: 640 } }, async (view, path, lang) => {
    for (const css of ["", spacing]) {
      const got = await view.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
        // What is folded away is not asked where it is: that would lay out every language each time.
        const open = [];
        const walk = (e) => { open.push(e); for (const c of e.matches("details:not([open])") ? [e.firstElementChild] : e.children) walk(c); };
        document.querySelectorAll("#fn-gate, .fn-main").forEach(walk);
        const all = open.filter((e) => e.checkVisibility() && !e.closest(".fn-vh")).map((e) => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 1 && r.height > 1);
        return {
          scroll: document.documentElement.scrollWidth,
          over: all.filter(([, r]) => r.right > innerWidth + 0.5 || r.left < -0.5).map(([e]) => e.outerHTML.slice(0, 120)),
          small: all.filter(([e, r]) => e.matches("summary, a, button, input, select, textarea") && (r.width < 24 || r.height < 24)).map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${r.width}x${r.height}`),
        };
      }, css);
      assert.deepEqual(got, { scroll: 320, over: [], small: [] }, `${path} ${lang} ${css && "spaced"}`);
    }
  });
});

test("the Nu checker and html-validate have nothing to say", async () => {
  const form = page("/apply")({ notice: await readFile(kit("server-form.html"), "utf8"), fields: [] });
  const files = { "form.html": form, "form-refused.html": form.replace('id="fn-refused" hidden', 'id="fn-refused"') };
  for (const p of [...staff, "front-door.html"]) files[p] = await readFile(kit(p), "utf8");
  for (const l of languages) files[`paste-${l.lang}.html`] = `<!DOCTYPE html>\n<html lang="${l.lang}" dir="${l.dir}"><head><meta charset="utf-8"><title>${l.title}</title></head><body><h1>x</h1><h2>x</h2>\n${await readFile(kit(`paste/${l.lang}.html`), "utf8")}</body></html>\n`;
  const paths = [];
  for (const [name, text] of Object.entries(files)) {
    paths.push(join(work, name));
    await writeFile(join(work, name), text);
  }
  const said = execFileSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--exit-zero-always", "--stdout", "--format", "json", ...paths], { encoding: "utf8", maxBuffer: 1 << 26 });
  // It does not reckon the hashes of a policy, which Chromium does in every other test here, and takes Filipino for Tagalog.
  const wrong = /Inline (style|script) violates Content Security Policy|appears to be written in Tagalog but the .* has “lang="fil"”/;
  assert.deepEqual(JSON.parse(said).messages.filter((m) => m.type !== "info" || !wrong.test(m.message)).map((m) => `${m.url.split("/").pop()}:${m.lastLine} ${m.type}: ${m.message} ${m.extract ?? ""}`), []);
  const checker = new HtmlValidate(new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
    rules: { "tel-non-breaking": "off", "long-title": "off", "require-sri": ["error", { target: "crossorigin" }] },
  }));
  for (const [name, text] of Object.entries(files)) {
    const report = await checker.validateString(text, join(work, name));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)), [], name);
  }
});

test("the pages ask for nothing from elsewhere, and break no rule of their policies", async () => {
  await each({}, async (view, path, lang, { requests, complaints }) => {
    assert.deepEqual(requests.filter((u) => !u.startsWith(base + "/")), [], path);
    assert.deepEqual(complaints.filter((c) => !/404/.test(c)), [], path); // the icon that browsers ask for
  });
});
