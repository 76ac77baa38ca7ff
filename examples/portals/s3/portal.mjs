// A tiny portal on 127.0.0.1 whose files go straight to a bucket. The bucket and its keys, the edition and the
// port come from the environment.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { fairNotice, fragment } from "../node/fair-notice.mjs";
import { signer } from "./signer.mjs";

const { FN_EDITION: edition, FN_FORM: form, FN_NOTICE: notice = "public", S3_BUCKET: bucket, S3_REGION: region = "us-east-1", S3_ID: id, S3_SECRET: secret, PORT = 8080 } = process.env;
const guard = fairNotice({ edition });
const sign = signer({ bucket, region, id, secret });

const page = (notice) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
<h1>Apply</h1><form>
${notice}
<p><label>Papers <input type="file" id="files" multiple disabled></label></p>
<p><button>Send</button> <output id="said"></output></p></form>
<script>
  const [form, files, said] = [document.forms[0], document.getElementById("files"), document.getElementById("said")];
  form.onchange = () => (files.disabled = !form.fair_notice_read.checked);
  form.onchange();
  form.onsubmit = async (event) => {
    event.preventDefault();
    for (const file of files.files) {
      const type = file.type || "application/octet-stream";
      const answer = await fetch("/sign", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Fair-Notice": "edition=" + form.fair_notice_edition.value + "; read=1" },
        body: JSON.stringify({ type, size: file.size }),
      });
      if (answer.status === 412) return location.reload(); // the notice has changed: show it, and ask again
      if (!answer.ok) return (said.value = "Not sent.");
      const { url, headers } = await answer.json();
      const sent = await fetch(url, { method: "PUT", headers, body: file });
      if (!sent.ok) return (said.value = "Not sent.");
    }
    said.value = files.files.length + " sent.";
  };
</script></html>`;

createServer(async (req, res) => {
  const path = req.url.split("?")[0];
  if (path === "/sign") return guard(req, res, () => sign(req, res));
  const [, file] = /^\/notice\/((?:[\w-]+\/)*[\w-]+\.(?:html|css|json|js))$/.exec(path === "/notice/" ? "/notice/index.html" : path) ?? [];
  if (file) {
    const bytes = await readFile(join(notice, file)).catch(() => undefined);
    const type = { html: "text/html", css: "text/css", js: "text/javascript", json: "application/json" }[file.split(".").pop()];
    return res.writeHead(bytes ? 200 : 404, { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-store" }).end(bytes);
  }
  res.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }).end(page(fragment(form)));
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
