// A tiny portal on 127.0.0.1 with the guard in front. Where the edition and the uploads lie, and the port, come from the environment.
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import express from "express";
import { fairNotice, fragment } from "./fair-notice.mjs";

const { FN_EDITION: edition, FN_FORM: form, FN_NOTICE: notice = "public", FN_UPLOADS: uploads = "uploads", PORT = 8080 } = process.env;
mkdirSync(uploads, { recursive: true });

const escape = (s) => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

// The form is made in one place, for the first visit and for a refusal.
const page = ({ notice, fields }) => {
  const typed = (name) => escape(fields.find(([n]) => n === name)?.[1] ?? "");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
<h1>Apply</h1><form method="post" action="/apply" enctype="multipart/form-data">
<p><label>Name <input name="name" value="${typed("name")}"></label></p>
<p><label>Your story <textarea name="story">\n${typed("story")}</textarea></label></p>
${notice}
<p><label>Papers <input type="file" name="files" multiple></label></p>
<p><button>Send</button></p></form></html>`;
};

// keep writes one stream to the folder; what is cut off is not kept.
async function keep(stream) {
  const to = join(uploads, randomUUID());
  const file = createWriteStream(to, { flags: "wx" });
  try {
    await pipeline(stream, file);
    if (stream.truncated) throw new Error("cut off");
  } catch (error) {
    if (!file.closed) await new Promise((closed) => file.once("close", closed)); // it may not even have been opened yet
    rmSync(to, { force: true });
    throw error;
  }
  return to;
}

const app = express().disable("x-powered-by").disable("etag");
app.use("/apply", fairNotice({ edition, form, page }));
app.use("/notice", express.static(notice, { etag: false, lastModified: false, cacheControl: false }));
app.get(["/", "/apply"], (req, res) => res.set("Cache-Control", "no-store").send(page({ notice: fragment(form), fields: [] })));
app.put("/apply", async (req, res) => {
  await keep(req);
  res.send("Kept.");
});
app.post("/apply", async (req, res) => {
  const kept = [];
  if (req.is("multipart/form-data")) {
    const reader = busboy({ headers: req.headers });
    reader.on("file", (name, file, info) => (info.filename ? kept.push(keep(file)) : file.resume()));
    try {
      await pipeline(req, reader);
      await Promise.all(kept);
    } catch {
      for (const done of await Promise.allSettled(kept)) if (done.value) rmSync(done.value, { force: true });
      return res.destroy();
    }
  }
  res.send(`Thank you. Files: ${kept.length}`);
});
app.use((error, req, res, next) => res.destroy()); // no line of a log: it could name who sent what
app.listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
