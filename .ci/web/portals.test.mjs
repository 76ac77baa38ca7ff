// The guards of examples/portals, each in front of its tiny portal: every request of requests.json is sent byte by byte, and after a
// refusal nothing may be there: no file, no temporary file, no line of a log.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
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

// start runs a portal in folders of its own, and waits until it answers.
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
  for (let i = 0; ; i++) {
    const up = await new Promise((r) => {
      const s = net.connect(place.port, "127.0.0.1", () => r(s.destroy()));
      s.on("error", () => r(undefined));
    });
    if (up) break;
    assert.ok(child.exitCode === null && i < 600, `${stack} did not start:\n${place.said}`);
    await pause(50);
  }
  await pause(100); // for what it says when it is up
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

// send writes a case to a socket as it stands, and gives the answer; status is undefined if there was none.
async function send(place, c) {
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
    setTimeout(r, c.promised && !c.hang_up ? 2000 : 15_000).unref();
  });
  const size = c.pieces ?? body.length;
  for (const piece of [head, ...Array.from({ length: Math.ceil(body.length / size) || 0 }, (_, i) => body.subarray(i * size, (i + 1) * size))]) {
    await new Promise((r) => socket.write(piece, r));
  }
  if (c.hang_up) {
    await pause(50);
    socket.end();
    await Promise.race([closed, pause(300)]);
  } else {
    await closed;
  }
  socket.destroy();
  const a = answer();
  return { status: a ? Number(a[1]) : undefined, head: a?.[2] ?? "", text: a ? Buffer.from(a[3], "latin1").toString("utf8") : "", ms: Date.now() - begun };
}

const files = (folder) => readdirSync(folder, { recursive: true }).filter((f) => !statSync(join(folder, f)).isDirectory());

// settled waits a moment for what a stack removes after its answer.
async function settled(place, want) {
  for (let i = 0; i < 40; i++) {
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
  const first = file?.in_force?.[0]?.id ?? "";
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
      for (const c of table.cases.filter((c) => !c.except?.[stack === "laravel" ? "php" : stack])) {
        lay(place, c.edition_file ?? "usual");
        for (const f of files(place.uploads)) rmSync(join(place.uploads, f));
        const got = await send(place, c);
        await settled(place, c.want.kept);
        try {
          judge(place, c, got);
        } catch (error) {
          wrong.push(`${c.name}: ${error.message}`);
          place.atStart = place.said.length;
        }
      }
    } finally {
      await place.stop();
    }
    assert.deepEqual(wrong, []);
  });
}

after(() => rmSync(work, { recursive: true, force: true }));
