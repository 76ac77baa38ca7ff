// The guard of uploads that go straight to S3, or to another store that speaks it: it signs an address only for who confirmed the edition
// in force. Copy this file and ../node/fair-notice.mjs; they need nothing else.
//
//   app.use("/sign", fairNotice({ edition: "edition.json" }), signer({ bucket, region, id, secret }))
//
// bucket      the address of the bucket: https://NAME.s3.us-east-2.amazonaws.com
// id, secret  the keys of an account that may do nothing but s3:PutObject below uploads/
// most        bytes that one file may have
//
// POST /sign with the header Fair-Notice and {"type": "application/pdf", "size": 1234} gives {"url", "key", "headers"}: send the file with
// PUT and these headers within five minutes. The name of the file is not asked for: it can tell who somebody is.
import { createHash, createHmac, randomBytes } from "node:crypto";

export function signer({ bucket, region, id, secret, most = 50 << 20 }) {
  return async (req, res) => {
    const answer = (status, body) => {
      const bytes = Buffer.from(JSON.stringify(body));
      res.writeHead(status, { "Content-Type": "application/json", "Content-Length": bytes.length, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" }).end(bytes);
    };
    if (req.method !== "POST" || !req.fairNotice) return answer(405, { error: "ask with POST, behind the guard" });
    let text = "";
    try {
      for await (const chunk of req.setEncoding("utf8")) if ((text += chunk).length > 4096) return answer(413, { error: "too long" });
    } catch {
      return; // the sender is gone
    }
    let asked;
    try {
      asked = JSON.parse(text);
    } catch {
      asked = undefined;
    }
    const { type, size } = asked ?? {};
    if (!/^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) || !Number.isInteger(size) || size < 0 || size > most) return answer(422, { error: "type or size" });
    const key = `uploads/${req.fairNotice}/${randomBytes(16).toString("hex")}`;
    const url = presign({ bucket, region, id, secret }, key, { "content-length": String(size), "content-type": type });
    answer(200, { url, key, headers: { "Content-Type": type } });
  };
}

// presign gives an address for one PUT of one key with these headers and any bytes (AWS Signature Version 4, in the query). The key holds
// only letters, digits, hyphens and slashes; header names are in lower case and in order.
export function presign({ bucket, region, id, secret }, key, headers = {}, { now = new Date(), seconds = 300, method = "PUT", more = {} } = {}) {
  const sha = (text) => createHash("sha256").update(text).digest("hex");
  const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
  const url = new URL(bucket.replace(/\/$/, "") + (key && "/" + key));
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), region, "s3", "aws4_request"];
  const lines = Object.entries({ ...headers, host: url.host });
  const names = lines.map(([name]) => name).join(";");
  const query = Object.entries({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [id, ...scope].join("/"),
    "X-Amz-Date": time,
    "X-Amz-Expires": seconds,
    "X-Amz-SignedHeaders": names,
    ...more,
  }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const request = [method, url.pathname, query, ...lines.map(([name, value]) => `${name}:${value}`), "", names, "UNSIGNED-PAYLOAD"].join("\n");
  const signature = createHmac("sha256", scope.reduce(hmac, "AWS4" + secret)).update(["AWS4-HMAC-SHA256", time, scope.join("/"), sha(request)].join("\n"));
  return `${url.href}?${query}&X-Amz-Signature=${signature.digest("hex")}`;
}
