// The guards of examples/portals, each in front of its tiny portal: every request of requests.json is sent byte by byte, and after a
// refusal nothing may be there: no file, no temporary file, no line of a log.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve, relative } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const portals = resolve(here, "..", "..", "examples", "portals");
const table = JSON.parse(readFileSync(join(portals, "requests.json"), "utf8"));
const work = mkdtempSync(join(tmpdir(), "fn-portals-"));
const only = process.env.FN_PORTAL?.split(" ");

// What a portal of each stack is started with. place.tmp is where its stack would lay temporary files.
const stacks = {
  // As a copy beside the packages that are installed for the tests.
  node: ({ dir, build }) => {
    cpSync(dir, build, { recursive: true });
    symlinkSync(join(here, "node_modules"), join(build, "node_modules"));
    return [process.execPath, [join(build, "portal.mjs")]];
  },
  java: ({ dir, build, tmp }) => {
    const jars = ["servlet-api", ...["server", "servlet", "http", "io", "util", "security"].map((n) => `jetty9-${n}`)];
    const path = [...jars.map((n) => `/usr/share/java/${n}.jar`), build].join(":");
    execFileSync("javac", ["-proc:none", "-cp", path, "-d", build, join(dir, "FairNoticeFilter.java"), join(dir, "Portal.java")]);
    return ["java", ["-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", `-Djava.io.tmpdir=${tmp}`, "-cp", path, "Portal"]];
  },
  php: (place) => php(place, "portal.php"),
  laravel: (place) => php(place, "laravel.php"),
  python: ({ dir }) => ["/usr/bin/python3", ["-B", join(dir, "portal.py")]],
  asgi: () => ["/usr/bin/python3", ["-B", join(portals, "python", "portal_asgi.py")]],
};

const php = ({ port, tmp }, file) => ["php", ["-q", "-q", "-q", "-d", "opcache.enable_cli=1", "-d", "display_errors=0", "-d", "log_errors=0", "-d", `upload_tmp_dir=${tmp}`, "-d", `sys_temp_dir=${tmp}`, "-S", `127.0.0.1:${port}`, join(portals, "php", file)]];

// server-form.html as an edition has it, but short: the two sentences that are hidden at first, and the tick.
const form = (id) => `<div id="fn-refused" hidden>Fixture: not taken.</div><div id="fn-changed" hidden>Fixture: changed.</div>
<section>Fixture: the notice of ${id}.</section>
<input type="hidden" name="fair_notice_edition" value="${id}"><input type="checkbox" name="fair_notice_read" value="yes">\n`;

const pause = (ms) => new Promise((r) => setTimeout(r, ms));

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((r) => server.once("listening", r));
  const { port } = server.address();
  await new Promise((r) => server.close(r));
  return port;
}

// start runs a portal in folders of its own, and waits until it says where it is.
async function start(stack) {
  const place = { dir: join(portals, stack), port: await freePort() };
  for (const name of ["tmp", "uploads", "build"]) mkdirSync((place[name] = join(work, stack, name)), { recursive: true });
  place.edition = join(work, stack, "edition.json");
  place.form = join(work, stack, "server-form.html");
  lay(place, "usual");
  const [command, args, env] = stacks[stack](place);
  const child = spawn(command, args, {
    cwd: join(work, stack),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: place.tmp, FN_EDITION: place.edition, FN_FORM: place.form, FN_UPLOADS: place.uploads, PORT: String(place.port), ...env },
  });
  place.said = "";
  for (const s of [child.stdout, child.stderr]) s.setEncoding("utf8").on("data", (d) => (place.said += d));
  const ended = new Promise((r) => child.once("exit", r));
  place.stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  for (let i = 0; !/http:\/\/127\.0\.0\.1:\d+.*\n/.test(place.said); i++) {
    assert.ok(child.exitCode === null && i < 1200, `${stack} did not start:\n${place.said}`);
    await pause(50);
  }
  place.atStart = place.said.length;
  return place;
}

// lay puts an edition.json of the table in place of the one before, in one step.
function lay(place, name) {
  const file = table.edition_files[name];
  if (place.laid === name) return;
  place.laid = name;
  if (file === null) return rmSync(place.edition, { force: true });
  const moment = (all, sign, hours) => new Date(Date.now() + Number(sign + hours) * 3600_000).toISOString().slice(0, 19) + "Z";
  const text = (typeof file === "string" ? file : JSON.stringify(file)).replace(/now([+-])(\d+)h/g, moment);
  writeFileSync(place.edition + ".new", text);
  renameSync(place.edition + ".new", place.edition);
  if (file.in_force?.[0]) writeFileSync(place.form, form(file.in_force[0].id));
}

// bodyOf makes the bytes of a case, as README.md beside the table says.
function bodyOf(c) {
  const b = table.boundary;
  const piece = (p) => {
    const value = (p.value ?? p.text ?? "").repeat(p.times ?? 1);
    if (p.end) return `--${b}--\r\n`;
    if (p.text !== undefined) return value;
    if (p.field !== undefined) return `--${b}\r\nContent-Disposition: form-data; name="${p.field}"\r\n\r\n${value}\r\n`.repeat(p.copies ?? 1);
    return `--${b}\r\nContent-Disposition: form-data; name="${p.file}"; filename="${p.filename}"\r\nContent-Type: application/pdf\r\n\r\n${value}\r\n`;
  };
  return Buffer.from(c.body.map(piece).join(""), "utf8");
}

// rawly writes a case to a socket as it stands, and gives the answer; status is undefined if there was none.
async function rawly(place, c) {
  const body = bodyOf(c);
  const lines = [`${c.method} ${c.target} HTTP/1.1`, `Host: 127.0.0.1:${place.port}`, "Connection: close", ...c.head];
  if (body.length > 0 || !["GET", "HEAD", "OPTIONS"].includes(c.method)) lines.push(`Content-Length: ${body.length + (c.promised ?? 0)}`);
  const head = Buffer.from(lines.join("\r\n") + "\r\n\r\n", "utf8");
  const socket = net.connect({ port: place.port, host: "127.0.0.1", allowHalfOpen: true });
  socket.setNoDelay(true);
  let got = Buffer.alloc(0);
  const begun = Date.now();
  const answer = () => /^HTTP\/1\.[01] (\d{3})[^\r]*\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(got.toString("latin1"));
  const whole = () => {
    const a = answer();
    const length = a && /^content-length: *(\d+)/im.exec(a[2]);
    return a && (c.method === "HEAD" || (length && a[3].length >= Number(length[1])));
  };
  const closed = new Promise((r) => {
    socket.on("data", (d) => {
      got = Buffer.concat([got, d]);
      if (whole()) r();
    });
    socket.on("end", r).on("close", r).on("error", r);
    setTimeout(r, c.promised ? 5000 : 15_000).unref();
  });
  const size = c.pieces ?? body.length;
  for (const piece of [head, ...Array.from({ length: Math.ceil(body.length / size) || 0 }, (_, i) => body.subarray(i * size, (i + 1) * size))]) {
    await new Promise((r) => socket.write(piece, r));
  }
  if (c.hang_up) {
    await pause(50);
    socket.end();
  }
  await closed;
  socket.destroy();
  const a = answer();
  return { status: a ? Number(a[1]) : undefined, head: a?.[2] ?? "", text: a ? Buffer.from(a[3], "latin1").toString("utf8") : "", ms: Date.now() - begun };
}

const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((e) => !e.isDirectory()).map((e) => relative(folder, join(e.parentPath ?? e.path, e.name)));

// settled waits a moment for what a stack removes after its answer.
async function settled(place, want) {
  for (let i = 0; i < 80; i++) {
    if (files(place.uploads).length === want && files(place.tmp).length === 0) return;
    await pause(25);
  }
}

const named = { lt: "<", gt: ">", quot: '"', amp: "&" };
const decode = (s) => s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, dec, name) => (name ? named[name] : String.fromCodePoint(hex ? parseInt(hex, 16) : dec)));

// typed finds what a page holds of a field: the value of an input, or the text of a textarea.
function typed(html, name) {
  const input = new RegExp(`<input\\b[^>]*\\bname="${name}"[^>]*>`).exec(html)?.[0];
  if (input) return decode(/\bvalue="([^"]*)"/.exec(input)?.[1] ?? "");
  const area = new RegExp(`<textarea\\b[^>]*\\bname="${name}"[^>]*>\\r?\\n?([\\s\\S]*?)</textarea>`).exec(html);
  return area && decode(area[1]);
}

// judge says what is wrong with an answer: nothing, if it is as the table has it.
function judge(place, c, got) {
  const want = c.want;
  const kept = files(place.uploads).length;
  assert.equal(files(place.tmp).length, 0, `temporary files: ${files(place.tmp)}`);
  assert.equal(kept, want.kept, `files kept, answer ${got.status}: ${got.text}`);
  assert.equal(place.said.slice(place.atStart), "", "a line of a log");
  assert.doesNotMatch(got.head, /^set-cookie:/im);
  if (want.pass) {
    assert.equal(got.status, 200, got.text);
    const sent = c.body.filter((p) => p.file && p.filename).map((p) => p.value.repeat(p.times ?? 1));
    const lie = files(place.uploads).map((f) => readFileSync(join(place.uploads, f), "utf8"));
    if (sent.length === lie.length) assert.deepEqual(lie.sort(), sent.sort());
    return;
  }
  if (want.status === null) return assert.ok(got.status === undefined || got.status >= 400, `answered ${got.status}`);
  assert.equal(got.status, want.status, got.text);
  assert.match(got.head, /^cache-control:.*\bno-store\b/im);
  assert.match(got.head, /^referrer-policy: no-referrer\r?$/im);
  const file = table.edition_files[c.edition_file ?? "usual"];
  const first = file?.edition?.id === file?.in_force?.[0]?.id ? (file?.edition?.id ?? "") : "";
  if (want.status === 422) {
    assert.match(got.head, /^content-type: text\/html; *charset=utf-8\r?$/im);
    const hidden = want.error === "notice_changed" ? ["fn-refused", "fn-changed"] : ["fn-changed", "fn-refused"];
    assert.ok(got.text.includes(`<div id="${hidden[0]}" hidden>`) && got.text.includes(`<div id="${hidden[1]}">`), "says the right sentence");
    if (first) assert.ok(got.text.includes(`Fixture: the notice of ${first}.`), "shows the notice in force");
    for (const [name, value] of want.keeps ?? []) {
      assert.equal(typed(got.text, name)?.replace(/\r?\n/g, "\r\n"), value, `keeps ${name}`);
    }
    assert.ok(!/fair_notice_read"[^>]*checked/.test(got.text), "the box is unticked");
    return;
  }
  assert.match(got.head, /^content-type: application\/json\b/im);
  const said = JSON.parse(got.text);
  const before = { usual: ["ed-91d07be2a6f5"], next: ["ed-3fa94c0b7e12"] }[c.edition_file ?? "usual"] ?? [];
  assert.deepEqual(said, {
    error: want.error,
    edition: first,
    in_force: first ? [first, ...before] : [],
    notice: "/notice/",
    ...(want.status === 412 && { changed: "" }),
  });
}

for (const stack of Object.keys(stacks).filter((s) => !only || only.includes(s))) {
  test(`${stack} answers every request of the table`, { timeout: 120_000 }, async () => {
    const place = await start(stack);
    const wrong = [];
    try {
      for (const c of table.cases.filter((c) => !c.except?.[{ laravel: "php", asgi: "python" }[stack] ?? stack])) {
        lay(place, c.edition_file ?? "usual");
        for (const f of files(place.uploads)) rmSync(join(place.uploads, f));
        const got = await rawly(place, c);
        await settled(place, c.want.kept);
        try {
          judge(place, c, got);
        } catch (error) {
          wrong.push(`${c.name}: ${error.message}`);
          place.atStart = place.said.length;
        }
      }
      // Without server-form.html there is no page to show: closed, and nothing said.
      lay(place, "usual");
      rmSync(place.form);
      for (const f of files(place.uploads)) rmSync(join(place.uploads, f));
      const got = await rawly(place, table.cases.find((c) => c.name === "form, both missing"));
      await settled(place, 0);
      if (got.status !== 500 || got.text !== "" || files(place.uploads).length > 0 || place.said.length > place.atStart) wrong.push(`without server-form.html: ${got.status} ${got.text}`);
    } finally {
      await place.stop();
    }
    assert.deepEqual(wrong, []);
  });
}

// A store that speaks S3, of somebody else: versitygw, built by .ci/s3. It checks signatures, their age and the bucket's policy.
async function store() {
  const gateway = join(work, "versitygw");
  execFileSync("go", ["build", "-o", gateway, "github.com/versity/versitygw/cmd/versitygw"], { cwd: join(here, "..", "s3"), env: { ...process.env, CGO_ENABLED: "0" } });
  const at = Object.fromEntries(["data", "sidecar", "accounts"].map((n) => [n, join(work, "store", n)]));
  for (const folder of Object.values(at)) mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const root = { bucket: `${endpoint}/portal`, region: "us-east-1", id: "root", secret: "root-secret" };
  const args = ["--access", root.id, "--secret", root.secret];
  const child = spawn(gateway, [...args, "--iam-dir", at.accounts, "--quiet", "--port", `127.0.0.1:${port}`, "posix", "--sidecar", at.sidecar, at.data], { stdio: "ignore" });
  const ended = new Promise((r) => child.once("exit", r));
  for (let i = 0; !(await fetch(endpoint).catch(() => undefined)); i++) {
    assert.ok(child.exitCode === null && i < 200, "the store did not start");
    await pause(50);
  }
  for (const id of ["signer", "other"]) {
    execFileSync(gateway, ["admin", ...args, "--endpoint-url", endpoint, "create-user", "--access", id, "--secret", `${id}-secret`, "--role", "user"], { stdio: "ignore" });
  }
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { endpoint, root, stop, keys: () => files(join(at.data, "portal")).sort() };
}

// policyFor is bucket-policy.json with names in it.
const policyFor = (account) => JSON.parse(readFileSync(join(portals, "s3", "bucket-policy.json"), "utf8").replaceAll("BUCKET", "portal").replaceAll("SIGNER", account));

test("s3: only who confirmed gets an address, and it is good for one file, below one edition, for five minutes", { timeout: 900_000 }, async () => {
  const { presign } = await import(join(portals, "s3", "signer.mjs"));
  const there = await store();
  let portal;
  try {
    const send = (url, body, headers = {}) => fetch(url, { method: "PUT", body, headers });
    const ask = (key, more) => presign(there.root, key, {}, more);
    assert.equal((await send(ask(""))).status, 200, "the bucket is made");
    // The gateway knows neither NotResource nor what the rest of the policy asks for: the next test holds those statements to the page of AWS.
    const whole = policyFor("signer");
    const policy = { ...whole, Statement: whole.Statement.filter((s) => s.Effect === "Allow") };
    assert.equal((await send(ask("", { more: { policy: "" } }), JSON.stringify(policy))).status, 204, "the policy is set");

    stacks.s3 = ({ dir }) => [process.execPath, [join(dir, "portal.mjs")], { S3_BUCKET: there.root.bucket, S3_ID: "signer", S3_SECRET: "signer-secret" }];
    portal = await start("s3");
    const sign = (edition, body = { type: "application/pdf", size: 9 }) =>
      fetch(`http://127.0.0.1:${portal.port}/sign`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(edition && { "Fair-Notice": `edition=${edition}; read=1` }) },
        body: JSON.stringify(body),
      });
    const now = table.edition_files.usual.edition.id;
    const refused = async (answer, what, status = 403) => {
      assert.equal((await answer).status, status, what);
      assert.deepEqual(there.keys(), [], what);
    };

    // What must not work.
    assert.equal((await sign()).status, 428);
    assert.equal((await sign("ed-ffffffffffff")).status, 412);
    for (const body of [{}, { type: "application/pdf" }, { type: "a/b", size: 50 * 2 ** 20 + 1 }, { type: "a/b\r\nX: y", size: 1 }, { type: "a/b", size: -1 }, null]) {
      assert.equal((await sign(now, body)).status, 422, JSON.stringify(body));
    }
    const { url, key, headers } = await (await sign(now)).json();
    assert.match(key, new RegExp(`^uploads/${now}/[0-9a-f]{32}$`));
    assert.equal(new URL(url).searchParams.get("X-Amz-Expires"), "300");
    const other = key.replace(/.$/, (c) => (c === "0" ? "1" : "0"));
    await refused(send(url.replace(key, other), "%PDF-1.4 ", headers), "another key");
    await refused(send(url.replace(key, `uploads/ed-ffffffffffff/${key.slice(-32)}`), "%PDF-1.4 ", headers), "another edition");
    await refused(send(url.replace("Expires=300", "Expires=3000"), "%PDF-1.4 ", headers), "a longer time");
    await refused(send(url, "%PDF-1.4 ", { "Content-Type": "text/html" }), "another type");
    await refused(send(url, "%PDF-1.4 and more", headers), "another size");
    await refused(send(url.split("?")[0], "%PDF-1.4 ", headers), "no signature");
    await refused(fetch(url, { method: "DELETE", headers }), "another method");
    const signer = { ...there.root, id: "signer", secret: "signer-secret" };
    await refused(send(presign(signer, key, {}, { now: new Date(Date.now() - 301_000) }), "%PDF-1.4 "), "after five minutes");
    await refused(send(presign({ ...signer, secret: "guessed" }, key), "%PDF-1.4 "), "another secret");
    for (const outside of ["papers", "uploads/papers", `uploads/${"0".repeat(12)}/papers`, `other/${now}/papers`]) {
      await refused(send(presign(signer, outside), "%PDF-1.4 "), `${outside}, signed with the signer's own keys`);
    }
    await refused(send(presign({ ...there.root, id: "other", secret: "other-secret" }, key), "%PDF-1.4 "), "another account");
    await refused(fetch(presign(signer, key, {}, { method: "GET" })), "the signer cannot read");

    // What must.
    const { url: good, key: place, headers: with_ } = await (await sign(now)).json();
    assert.equal((await send(good, "%PDF-1.4 ", with_)).status, 200);
    assert.deepEqual(there.keys(), [place]);
    assert.equal(portal.said.slice(portal.atStart), "", "the portal logs nothing");

    // The header decides in the same way as for every other guard.
    const wrong = [];
    for (const c of table.cases.filter((c) => c.head.some((h) => /^fair-notice:/i.test(h)))) {
      lay(portal, c.edition_file ?? "usual");
      const lines = c.head.filter((h) => !/^content-type:/i.test(h));
      const asked = { method: "POST", target: "/sign", head: ["Content-Type: application/json", ...lines], body: [{ text: '{"type":"a/b","size":1}' }] };
      const got = await rawly(portal, asked);
      if (got.status !== (c.want.pass || c.want.status === null ? 200 : c.want.status)) wrong.push(`${c.name}: ${got.status}`);
    }
    assert.deepEqual(wrong, []);
  } finally {
    await portal?.stop();
    await there.stop();
  }
});

// A stand-in for what the gateway does not know: it reads a policy as Amazon documents it, for one request. Nobody has tried the policy on
// Amazon's own servers here.
function allows(policy, { who, action = "s3:PutObject", key, signed = "REST-QUERY-STRING", version = "AWS4-HMAC-SHA256", age = 1000, tls = true, owner = false }) {
  const resource = `arn:aws:s3:::portal/${key}`;
  const values = { "s3:authType": signed, "s3:signatureversion": version, "s3:signatureAge": age, "aws:SecureTransport": tls };
  const like = (pattern, text) => new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
  const any = (patterns, text) => [patterns].flat().some((p) => like(p, text));
  const operators = {
    StringNotEquals: (value, wanted) => value !== wanted, // true as well where the request has no such value
    NumericGreaterThan: (value, wanted) => value !== undefined && Number(value) > Number(wanted),
    Bool: (value, wanted) => String(value) === wanted,
  };
  const holds = (s) =>
    (s.Principal === "*" || s.Principal.AWS === who) &&
    any(s.Action, action) &&
    (s.Resource ? any(s.Resource, resource) : !any(s.NotResource, resource)) &&
    Object.entries(s.Condition ?? {}).every(([op, pairs]) => Object.entries(pairs).every(([name, wanted]) => operators[op](values[name], wanted)));
  const found = policy.Statement.filter(holds).map((s) => s.Effect);
  return !found.includes("Deny") && (owner || found.includes("Allow"));
}

test("s3: the whole policy, read by a stand-in, refuses what is outside an edition, unsigned, old or in the clear", () => {
  const policy = policyFor("signer");
  const key = "uploads/ed-3fa94c0b7e12/0123456789abcdef0123456789abcdef";
  assert.equal(allows(policy, { who: "signer", key }), true);
  for (const [what, request] of Object.entries({
    "outside of uploads": { who: "signer", key: "papers" },
    "below no edition": { who: "signer", key: "uploads/papers" },
    "outside, by the owner of the bucket": { who: "owner", owner: true, key: "papers" },
    "somebody else": { who: "other", key },
    "unsigned": { who: "anonymous", key, signed: undefined, version: undefined, age: undefined },
    "signed in a header, by the owner": { who: "owner", owner: true, key, signed: "REST-HEADER" },
    "an old kind of signature": { who: "signer", key, version: "AWS" },
    "older than five minutes": { who: "signer", key, age: 300_001 },
    "without TLS": { who: "signer", key, tls: false },
    "reading": { who: "signer", key, action: "s3:GetObject" },
    "erasing": { who: "signer", key, action: "s3:DeleteObject" },
  })) {
    assert.equal(allows(policy, request), false, what);
  }
  // Each statement is needed: without it, one of these would pass.
  const owner = { who: "owner", owner: true, key };
  const needs = {
    NobodyPutsElsewhere: { ...owner, key: "papers" },
    OnlySignedByVersionFour: { ...owner, version: "AWS" },
    OnlySignedInTheAddress: { ...owner, signed: "REST-HEADER" },
    OnlyForFiveMinutes: { ...owner, age: 300_001 },
    OnlyByTls: { ...owner, tls: false },
  };
  assert.deepEqual(Object.keys(needs), policy.Statement.filter((s) => s.Effect === "Deny").map((s) => s.Sid));
  for (const [sid, request] of Object.entries(needs)) {
    assert.equal(allows({ ...policy, Statement: policy.Statement.filter((s) => s.Sid !== sid) }, request), true, sid);
  }
});

after(() => rmSync(work, { recursive: true, force: true }));
