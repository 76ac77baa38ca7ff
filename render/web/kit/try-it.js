"use strict";
// The five requests, and what their answers mean. The edition in force stands in data-edition of this script's element.
const edition = document.currentScript.dataset.edition;
const byId = (id) => document.getElementById(id);
const old = "ed-000000000000";
const cases = [
  ["without any confirmation", {}],
  ["with an edition that is not in force", { edition: old, read: true }],
  ["with the edition, but without the tick", { edition }],
  ["with the file before the confirmation", { edition, read: true, late: true }],
  ["with the tick and the edition in force", { edition, read: true, good: true }],
];

function request(how, field, more, c) {
  const file = new Blob(["This is a test of the upload. Nobody sent it. Please delete it.\n"], { type: "text/plain" });
  const name = "fair-notice-test-please-delete.txt";
  const headers = { Accept: "*/*" };
  const word = "edition=" + c.edition + (c.read ? "; read=1" : "");
  if (how !== "form") {
    // After the file there can be no header: in its place, one that is not of the form.
    if (c.edition) headers["Fair-Notice"] = c.late ? word + "; and=more" : word;
  }
  if (how === "sign") {
    headers["Content-Type"] = "application/json";
    return { headers, body: JSON.stringify({ name, type: "text/plain", size: file.size }) };
  }
  const body = new FormData();
  for (const [k, v] of more) body.append(k, v);
  if (how === "script") {
    body.append(field, file, name);
    return { headers, body };
  }
  if (c.late) body.append(field, file, name);
  if (c.edition) body.append("fair_notice_edition", c.edition);
  if (c.read) body.append("fair_notice_read", "yes");
  if (!c.late) body.append(field, file, name);
  return { headers, body };
}

// meaning gives [good, words] for an answer: closed is what the answer says about the gate.
function meaning(c, a) {
  const again = a.redirected && a.text.includes("fair_notice_edition");
  if (c.good) {
    if (again) return [false, "It sent the browser back to the form, so the right confirmation was refused. Does the server read the edition.json of " + edition + "?"];
    if (a.status >= 200 && a.status < 300) return [true, "It was taken (" + a.status + ")."];
    if (a.status === 428) return [false, "It was refused as not confirmed (428). Does the server look for the two fields before the file, or for the header, under exactly these names?"];
    if (a.status === 412) return [false, "It was refused as another edition (412). The server has an edition.json that is not the one of this folder."];
    if (a.status === 422) return [false, "It was refused (422). Either the server has another edition.json, or your form needs more fields: write them above."];
    if (a.status === 401 || a.status === 403 || a.status === 419) return [false, "It was refused (" + a.status + "), and not by the gate: the site wants a sign-in or a token against forged requests. Sign in, write the token above, and try again."];
    if (a.status === 404 || a.status === 405) return [false, "Nothing takes files at that address (" + a.status + "). Is it the address of the upload?"];
    return [false, "It was not taken (" + a.status + "). Look into the server."];
  }
  if (again) return [true, "It was refused: it sent the browser back to the form with its notice."];
  if ([412, 422, 428].includes(a.status)) return [true, "It was refused (" + a.status + ")."];
  if (a.status >= 200 && a.status < 400) return [false, "It was taken (" + a.status + "): the upload is open. Put the check in front of the code that reads the files."];
  return [false, "It was refused (" + a.status + "), but not by the gate, whose answers are 428, 412 and 422. So this does not show that the gate is closed."];
}

// line shows what was found; good is null where nobody can tell from here.
function line(good, title, words) {
  const li = document.createElement("li");
  if (good !== false) li.dataset.good = good ? "yes" : "unseen";
  const b = document.createElement("b");
  b.textContent = (good === null ? "Not seen: " : good ? "Green: " : "Red: ") + title;
  li.append(b, words);
  byId("found").append(li);
}

function verdict(good, words) {
  const v = byId("verdict");
  if (good) v.dataset.good = "";
  else delete v.dataset.good;
  v.textContent = (good ? "Green: " : "Red: ") + words;
}

async function ask(url, init) {
  const r = await fetch(url, { ...init, redirect: "follow", cache: "no-store", referrerPolicy: "no-referrer" });
  return { status: r.status, redirected: r.redirected, text: await r.text() };
}

async function trying() {
  byId("found").replaceChildren();
  if (location.protocol === "file:") return verdict(false, "this page was opened from a disk. Put it on the site of the portal, and open it there.");
  const to = new URL(byId("to").value.trim() || "/", location.href);
  if (to.origin !== location.origin) return verdict(false, "that address is of another site than this page (" + to.origin + "). Put this page there, and try again.");
  const field = byId("field").value.trim() || "files";
  const more = byId("more").value.split("\n").filter((l) => l.includes("=")).map((l) => [l.slice(0, l.indexOf("=")).trim(), l.slice(l.indexOf("=") + 1).trim()]);
  verdict(false, "trying…");
  let all = true;
  for (const [title, c] of cases) {
    let good = false, words;
    try {
      [good, words] = meaning(c, await ask(to, { method: "POST", ...request(byId("how").value, field, more, c) }));
    } catch {
      words = "There was no answer. Either the server is not there, or it closed the connection before it answered. Nobody can tell by that whether it took the file.";
    }
    all &&= good;
    line(good, "a request " + title, words);
  }
  const whole = new URL(byId("whole").value.trim() || "/", location.href);
  const title = "the whole notice at " + whole.href;
  if (whole.origin !== location.origin) {
    line(null, title, "It is of another site, so it cannot be seen from here. Open it yourself, and compare its check number with " + edition + ".");
  } else {
    let good = false, words = "There was no answer.";
    try {
      const a = await ask(whole, {});
      good = a.status === 200 && a.text.includes(edition);
      words = good ? "It is there, in this edition." : a.status === 200 ? "Something is there, but not this edition (" + edition + "). Copy the folder public there again." : "It is not there (" + a.status + "). Copy the folder public there.";
    } catch { /* said already */ }
    all &&= good;
    line(good, title, words);
  }
  verdict(all, all ? "the upload is closed until the notice was confirmed. Delete the test file, and take this page away." : "not all of it is as it should be. Each red line says what to mend.");
}

byId("try").addEventListener("submit", (event) => {
  event.preventDefault();
  const button = byId("try").querySelector("button");
  button.disabled = true;
  trying().catch(() => verdict(false, "that address cannot be read. Write it as /apply, or whole.")).finally(() => { button.disabled = false; });
});
