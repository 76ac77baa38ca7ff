// The configurations that an edition brings for nginx, Caddy and Apache, in the servers themselves: FN_SITE=/path/to/site node --test.
// Every server gets the same requests from marked visitors. All get the same bytes and headers, and no mark is in any file afterwards. The
// same requests to the same server without the lines that silence it must leave marks, or this test would look in the wrong place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { names, start } from "./server.mjs";
import { site } from "./browser.mjs";

const languages = await site.languages();
const pages = ["index.html", "kiosk.html", "closes.html", "leave.html", "at-upload.html", `${languages.at(-1)}/before.html`, "edition.json"];

// get asks once; the answer's headers come as they were sent, in their order.
function get(port, path, { method = "GET", headers = {}, from = "127.0.0.1", body } = {}) {
  return new Promise((yes, no) => {
    const r = request({ host: "127.0.0.1", port, path, method, headers: { Host: "notice.example.org", ...headers }, localAddress: from, agent: false }, (res) => {
      const parts = [];
      res.on("data", (d) => parts.push(d));
      res.on("end", () => yes({ status: res.statusCode, headers: res.headers, raw: res.rawHeaders, body: Buffer.concat(parts) }));
    });
    r.on("error", no);
    r.end(body);
  });
}

const marks = ["127.0.0.77", "MARK"];
const visitor = (n) => ({
  "User-Agent": `MARKagent${n}`, "Accept-Language": `${["es", "ar", "zh-Hans", "so"][n % 4]}-MARKlang${n}`, Referer: `https://MARKreferrer${n}.example/`, Cookie: `MARKcookie=${n}`,
  "X-Forwarded-For": `MARKaddress${n}`, "Accept-Encoding": "gzip",
});

// wrongly sends something that is no request at all, and waits for the end.
const wrongly = (port, text) => new Promise((done) => {
  const s = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.77" }, () => s.write(text));
  s.on("error", done).on("close", done).on("data", () => {});
  setTimeout(() => s.destroy(), 1000);
});

// Visits of every sort: what is there, what is not, what is not allowed, what is no request.
async function visits(port) {
  const seen = [];
  for (let n = 0; n < 8; n++) {
    const page = await get(port, n % 2 ? "/" : "/index.html?MARKquery", { headers: visitor(n), from: "127.0.0.77" });
    assert.equal(page.status, 200);
    seen.push(page);
  }
  await get(port, "/MARKpath.html", { headers: visitor(1), from: "127.0.0.77" });
  await get(port, "/es/%2e%2e/MARK", { headers: visitor(1), from: "127.0.0.77" });
  await get(port, "/", { method: "POST", headers: visitor(2), from: "127.0.0.77", body: "MARKbody" }).catch(() => {});
  await get(port, "/", { headers: { ...visitor(3), "X-Long": "MARK".repeat(10000) }, from: "127.0.0.77" }).catch(() => {});
  await wrongly(port, "MARK / HTTP/9.9\r\nUser-Agent: MARK\r\n\r\n");
  await wrongly(port, "GET / HTTP/1.1\r\nHost: MARK MARK\r\n MARK\r\n\r\n");
  return seen;
}

const found = (files) => Object.entries(files).flatMap(([path, text]) => marks.filter((m) => text.includes(m)).map((m) => `${path}: ${m}`));

// A policy as a browser reads it: what stands twice, or has no value where one is wanted, is a mistake that would go unnoticed.
function policy(text) {
  const out = {};
  for (const [name, ...values] of text.split(";").map((d) => d.trim().split(/\s+/))) {
    assert.match(name, /^[a-z-]+$/);
    assert.ok(!(name in out) && values.length > 0, name);
    out[name] = values.join(" ");
  }
  return out;
}

async function headersOf(path, got, name) {
  const where = `${name}, ${path}`;
  const html = path.endsWith(".html");
  const text = await site.text("public/" + path);
  const said = html ? text.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)[1].replaceAll("&#43;", "+").replaceAll("&#39;", "'") : "default-src 'none'";
  const want = {
    "content-type": html ? "text/html; charset=utf-8" : "application/json",
    "cache-control": "no-store, no-transform",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "clear-site-data": path === "leave.html" ? '"cache", "cookies", "storage"' : undefined,
  };
  for (const [h, v] of Object.entries(want)) assert.equal(got.headers[h], v, `${where}: ${h}`);
  assert.deepEqual(policy(got.headers["content-security-policy"]), { ...policy(said), "frame-ancestors": "'none'" }, where);
  const denied = got.headers["permissions-policy"].split(", ");
  assert.ok(denied.length >= 25 && denied.every((d) => /^[a-z-]+=\(\)$/.test(d)), where);
  for (const h of ["set-cookie", "etag", "last-modified", "accept-ranges", "expires", "x-powered-by"]) assert.equal(got.headers[h], undefined, `${where}: ${h}`);
  assert.doesNotMatch(got.headers.server ?? "", /[0-9]/, `${where}: the version of the server`);
  const seen = got.raw.filter((_, i) => i % 2 === 0).map((h) => h.toLowerCase());
  assert.equal(new Set(seen).size, seen.length, `${where}: a header comes twice: ${seen}`);
  if (name === "Caddy") assert.equal(got.headers.server, undefined);
}

for (const name of names) {
  test(`${name}: the headers of every page, the same answer to everybody, and no mark of anybody in any file`, async (t) => {
    const server = await start(name);
    try {
      for (const path of pages) {
        const plain = await readFile(site.path("public/" + path));
        const zipped = await get(server.port, "/" + path, { headers: { "Accept-Encoding": "gzip" } });
        assert.equal(zipped.status, 200, path);
        assert.equal(zipped.headers["content-encoding"], "gzip", path);
        assert.ok(gunzipSync(zipped.body).equals(plain), path);
        assert.ok(zipped.body.length <= gzipSync(plain, { level: 9 }).length * 1.1, `${path}: ${zipped.body.length} bytes`);
        await headersOf(path, zipped, name);
        const as = await get(server.port, "/" + path);
        assert.ok(as.body.equals(plain), path);
        await headersOf(path, as, name);
        // Nothing of an earlier visit makes a difference: never 304, never a part.
        const again = await get(server.port, "/" + path, { headers: { "If-None-Match": "*", "If-Modified-Since": new Date().toUTCString(), Range: "bytes=0-9", "If-Range": new Date().toUTCString() } });
        assert.equal(again.status, 200, path);
        assert.ok(again.body.equals(plain), path);
      }
      await headersOf("index.html", await get(server.port, "/"), name);
      const head = await get(server.port, "/index.html", { method: "HEAD" });
      assert.equal(head.body.length, 0);
      await headersOf("index.html", head, name);
      for (const [path, method, status] of [["/nothing.html", "GET", 404], ["/index.html", "POST", [403, 405]], ["/index.html", "TRACE", [403, 405]], ["/es", "GET", [301, 302, 307, 308, 404]], ["/es/", "GET", [403, 404]]]) {
        const got = await get(server.port, path, { method });
        assert.ok([status].flat().includes(got.status), `${method} ${path}: ${got.status}`);
        for (const h of ["cache-control", "content-security-policy", "referrer-policy"]) assert.ok(got.headers[h], `${method} ${path}: ${h}`);
        assert.doesNotMatch(got.body.toString(), /[0-9]\.[0-9]+\.[0-9]+/, `${method} ${path} says a version`);
        if (status !== 200 && got.status >= 400) assert.doesNotMatch(got.body.toString(), /href=/, `${method} ${path} lists a folder`);
      }
      const seen = await visits(server.port);
      const answer = (a) => JSON.stringify([a.status, a.raw.filter((h, i) => !/^date$/i.test(a.raw[i - (i % 2)])), a.body.toString("base64")]);
      assert.equal(new Set(seen.map(answer)).size, 1, "the answer is not the same for everybody");
    } finally {
      await server.stop();
    }
    const files = await server.written();
    await server.remove();
    t.diagnostic(`files beside the configuration and the edition: ${Object.entries(files).map(([p, text]) => `${p} (${text.length} bytes)`).join(", ")}`);
    assert.deepEqual(found(files), []);
  });

  test(`${name}: without the lines that silence it the marks would be found`, async () => {
    const server = await start(name, { loud: true });
    try {
      await visits(server.port);
    } finally {
      await server.stop();
    }
    const marked = found(await server.written());
    await server.remove();
    for (const m of marks) assert.ok(marked.some((f) => f.endsWith(m)), `${m} is nowhere: ${marked}`);
  });
}

test("systemd reads the unit, and finds nothing to say", async (t) => {
  const dir = await mkdtemp(join(tmpdir(), "fn-unit-"));
  const file = join(dir, "fairnotice.service");
  const unit = await site.text("office/server/fairnotice.service");
  await writeFile(file, unit.replace("/usr/local/bin/fairnotice", "/bin/true"));
  const run = (...args) => execFileSync("systemd-analyze", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(run("verify", "--man=no", file), "");
  const [, exposure] = run("security", "--offline=true", "--no-pager", file).match(/Overall exposure level for fairnotice\.service: ([0-9.]+)/);
  t.diagnostic(`exposure as systemd reckons it, 0 to 10: ${exposure}`);
  assert.ok(exposure <= 1.5, exposure);
  for (const line of ["StandardOutput=null", "StandardError=null", "LimitCORE=0", "MemorySwapMax=0"]) assert.ok(unit.includes(`\n${line}\n`), line);
  await rm(dir, { recursive: true });
});
