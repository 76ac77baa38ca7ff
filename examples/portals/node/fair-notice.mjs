// A guard for Node: keeps uploads closed until the notice in force was read and ticked. Copy this file; it needs nothing else.
//
//   app.use("/apply", fairNotice({ edition: "edition.json", form: "server-form.html", page }))   // Express, before any body parser
//
// edition  the file edition.json of the edition, read again whenever it changes
// form     the file server-form.html of the edition: the notice and its tick, to stand inside your <form>
// page     ({ notice, fields }) => your form as HTML: notice is what `form` holds, fields is [[name, value], …] as typed so far;
//          form and page may be left out where only scripts send
// notice   the address of the notice, for scripts that are refused; changed: that of the page that says what changed
//
// It decides at the head of the first file, before a byte of that file is read, and then hands the whole body on, so that multer, busboy
// or formidable read it as if nothing had been there. It writes nothing: no file, no log, no cookie.
import { readFileSync, statSync } from "node:fs";

const ID = /^ed-[0-9a-f]{12}$/;
const MOST = 65536; // bytes up to the head of the first file, and of an urlencoded body
const PARTS = 100;

export function fairNotice({ edition, form, page, notice = "/notice/", changed = "" }) {
  const accepted = editions(edition);
  return async (req, res, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(req.method) && !(req.headers["content-length"] > 0) && !req.headers["transfer-encoding"]) return next();
    const header = req.headers["fair-notice"];
    const read = header !== undefined ? { said: fromHeader(header), fields: [] } : await fromBody(req);
    if (!read) return; // the sender is gone
    const ids = accepted();
    if (read.said && ids.includes(read.said)) {
      req.fairNotice = read.said; // store it with a draft: another edition in force later means to ask again
      return next();
    }
    const error = read.said && ids.length > 0 ? "notice_changed" : "notice_not_confirmed";
    const script = header !== undefined || !page || !/\btext\/html\b/i.test(req.headers.accept ?? "");
    if (script) {
      const answer = { error, edition: ids[0] ?? "", in_force: ids, notice, ...(error === "notice_changed" && { changed }) };
      return refuse(req, res, error === "notice_changed" ? 412 : 428, "application/json", JSON.stringify(answer));
    }
    try {
      refuse(req, res, 422, "text/html; charset=utf-8", page({ notice: fragment(form, error), fields: read.fields }));
    } catch {
      refuse(req, res, 500, "text/plain", ""); // server-form.html cannot be read: closed, and nothing said
    }
  };
}

// fragment gives server-form.html with the sentence that says why the form is back.
export function fragment(form, error) {
  const block = error === "notice_changed" ? "fn-changed" : "fn-refused";
  const html = readFileSync(form, "utf8");
  return error ? html.replace(`<div id="${block}" hidden>`, `<div id="${block}">`) : html;
}

// editions gives a function that says which editions count at this moment, the one in force first; none if the file cannot be read.
export function editions(path) {
  let stamp, list;
  return () => {
    try {
      const { mtimeMs, ctimeMs, ino, size } = statSync(path);
      const seen = `${mtimeMs} ${ctimeMs} ${ino} ${size}`;
      if (stamp !== seen) {
        list = [];
        const file = JSON.parse(readFileSync(path, "utf8"));
        if (file.edition.id !== file.in_force[0].id) return [];
        list = file.in_force;
        stamp = seen;
      }
      const now = Date.now();
      const until = (t) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(t) ? Date.parse(t) : NaN);
      const counts = (e, i) => ID.test(e.id) && (e.until === undefined ? i === 0 : now < until(e.until) && until(e.until) <= now + 48 * 3600_000);
      const ids = list.filter(counts).map((e) => e.id);
      return ids[0] === list[0].id ? ids : [];
    } catch {
      stamp = undefined;
      return [];
    }
  };
}

// fromHeader gives the edition that `Fair-Notice: edition=ed-…; read=1` names, or undefined if it is not exactly that.
export function fromHeader(header) {
  const said = new Map();
  for (const part of header.split(";")) {
    const [, name, value] = /^[ \t]*(edition|read|token)=([\w-]+)[ \t]*$/.exec(part) ?? [];
    if (!name || said.has(name)) return undefined;
    said.set(name, value);
  }
  return said.get("read") === "1" && ID.test(said.get("edition")) ? said.get("edition") : undefined;
}

// fromFields takes the two fields out of the others. A field that comes twice has to say the same twice.
function fromFields(all) {
  const one = (name) => {
    const values = new Set(all.filter(([n]) => n === name).map(([, v]) => v));
    return values.size === 1 ? [...values][0] : "";
  };
  const id = one("fair_notice_edition");
  const said = one("fair_notice_read") === "yes" && ID.test(id) ? id : undefined;
  return { said, fields: all.filter(([n]) => !n.startsWith("fair_notice_")) };
}

// fromBody reads as far as it has to, puts what it read back, and gives the fields so far; undefined if the sender is gone.
function fromBody(req) {
  const type = req.headers["content-type"] ?? "";
  const boundary = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=("[^"]{1,70}"|[^\s;,"]{1,70})/i.exec(type)?.[1].replaceAll('"', "");
  const urlencoded = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
  if (!boundary && !urlencoded) return { fields: [] };
  if (boundary && !/^[^;]*;(?:\s*charset=[\w-]+\s*;)?\s*boundary=("[^"]*"|[^\s;,"]{1,70})\s*(;\s*charset=[\w-]+\s*)?$/i.test(type)) return { fields: [] };
  const parts = boundary && partsReader(boundary);
  const head = Buffer.allocUnsafe(MOST);
  const chunks = [];
  let length = 0;
  return new Promise((resolve) => {
    const stop = (result) => {
      req.off("readable", more).off("close", gone);
      if (chunks.length > 0) req.unshift(Buffer.concat(chunks));
      resolve(result);
    };
    const gone = () => stop(undefined);
    const more = () => {
      for (let chunk; (chunk = req.read()) !== null; ) {
        chunks.push(chunk);
        chunk.copy(head, length, 0, MOST - length);
        length += chunk.length;
        const known = head.subarray(0, Math.min(length, MOST));
        const state = parts ? parts(known) : length > MOST ? "bad" : "more";
        if (state === "file" || state === "end") return stop(fromFields(parts.fields));
        if (state === "bad" || length > MOST) return stop({ fields: parts ? fromFields(parts.fields).fields : [] });
      }
      if (!req.complete) return;
      const all = urlencoded ? [...new URLSearchParams(head.subarray(0, length).toString("utf8"))] : parts.fields;
      stop(urlencoded ? fromFields(all) : { fields: fromFields(all).fields });
    };
    req.on("readable", more).on("close", gone);
  });
}

// partsReader gives a function that is shown the first bytes of a multipart body, each time some more of them. It says "file" at the head
// of the first file, "end" at the end of a body without one, "bad" where the body is not as RFC 7578 has it, else "more".
function partsReader(boundary) {
  const line = Buffer.from(`\r\n--${boundary}`);
  const fields = [];
  let at = 0; // where the next part's head begins, at the CRLF behind its delimiter
  let count = 0;
  const read = (bytes) => {
    if (at === 0) {
      const first = line.length - 2;
      if (bytes.length < first + 2) return "more";
      if (!bytes.subarray(0, first).equals(line.subarray(2))) return "bad";
      at = first;
    }
    for (;;) {
      if (bytes.length < at + 2) return "more";
      const after = bytes.toString("latin1", at, at + 2);
      if (after === "--") return "end";
      if (after !== "\r\n") return "bad";
      const headEnd = bytes.indexOf("\r\n\r\n", at);
      if (headEnd < 0) return "more";
      const part = partHead(bytes.toString("utf8", at + 2, headEnd));
      if (!part) return "bad";
      if (part.file) return "file";
      const end = bytes.indexOf(line, headEnd + 4);
      // A boundary for readers that take CR or LF alone, or nothing before it.
      const [lf, cr] = ["\n", "\r"].map((c, i) => bytes.indexOf(Buffer.concat([Buffer.from(c), line.subarray(2)]), headEnd + 3 + i));
      if ((lf >= 0 && lf !== end + 1) || (cr >= 0 && (end < 0 || cr < end))) return "bad";
      if (end < 0) return "more";
      if (++count > PARTS) return "bad";
      fields.push([part.name, bytes.toString("utf8", headEnd + 4, end)]);
      at = end + line.length;
    }
  };
  return Object.assign(read, { fields });
}

// partHead reads the lines above one part: its name, and whether it is a file (RFC 7578, with filename* as well).
function partHead(text) {
  const lines = text.split("\r\n");
  if (!lines.every((l) => /^[!-9;-~]+:[^\r\n\0]*$/.test(l))) return undefined; // no folded line either
  const found = lines.map((l) => /^content-disposition:[ \t]*([\w-]+)(.*)$/i.exec(l)).filter(Boolean);
  if (found.length !== 1) return undefined;
  const [, kind, rest] = found[0];
  const values = new Map();
  const left = rest.replace(/;[ \t]*([\w*-]+)=(?:"((?:\\.|[^"\\])*)"|([^\s;"]+))[ \t]*/g, (all, name, quoted, plain) => {
    values.set(name.toLowerCase(), quoted ?? plain);
    return "";
  });
  if ([...values.keys()].some((name) => name === "filename" || name.startsWith("filename*"))) return { file: true };
  if (left.trim() !== "" || kind.toLowerCase() !== "form-data" || !values.has("name")) return undefined;
  return { name: values.get("name").replace(/\\(.)|%22/g, (all, c) => c ?? '"') };
}

// refuse answers and reads the rest of the body for a moment, for a browser that is still sending would not see the answer otherwise.
function refuse(req, res, status, type, body) {
  res.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    Connection: "close",
  });
  res.write(body);
  let left = 1 << 20;
  const timer = setTimeout(end, 2000);
  function end() {
    clearTimeout(timer);
    res.end();
  }
  req.on("data", (c) => (left -= c.length) < 0 && end());
  req.on("end", end).on("close", end).resume();
}
