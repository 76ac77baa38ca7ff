// What all screens share: the table of screens, and a way to make elements that never reads text as HTML.
const screens = {};

// h makes an element. props: class, text, on: {click: …}, data: {…}; other names are attributes (true, false and null as HTML means
// them). Children are elements, texts, or lists of them; null and false are left out.
//
// Browsers write down what stands in a field, to fill it in again when they were closed. Nothing typed here is kept so: they leave out
// fields that are not to be completed, and those of a form that is not; a textarea and a select have to belong to one, #unkept.
function h(name, props, ...children) {
  const e = document.createElement(name);
  if (name === "input" || name === "form") e.autocomplete = "off";
  if (name === "textarea" || name === "select") e.setAttribute("form", "unkept");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") e.className = value;
    else if (key === "text") e.textContent = value;
    else if (key === "value") e.value = value;
    else if (key === "checked") e.checked = value;
    else if (key === "on") for (const [event, does] of Object.entries(value)) e.addEventListener(event, does);
    else if (key === "data") Object.assign(e.dataset, value);
    else e.setAttribute(key, value === true ? "" : value);
  }
  return add(e, children);
}

// add puts children into an element, as h does; fill puts them in the place of what it holds.
function add(e, ...children) {
  e.append(...there(children));
  return e;
}
function fill(e, ...children) {
  e.replaceChildren(...there(children));
}
const there = (children) => children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== "");

// tongue is a language in a list to choose from: its own name, and the English one.
const tongue = (l, chosen) => h("option", { value: l.tag, selected: l.tag === chosen, lang: l.tag, dir: l.dir }, l.own + (l.own === l.english ? "" : ` – ${l.english}`));

// id gives a new id, for labels and descriptions.
const id = ((n) => (word = "e") => `${word}-${++n}`)(0);

// button makes a button. kind: "primary" (one on a screen), "quiet", or nothing.
function button(text, does, kind = "", props = {}) {
  return h("button", { type: "button", class: kind, ...props, on: { click: does } }, text);
}

// box makes a framed message. kind: good, warn, bad, note.
function box(kind, title, ...rest) {
  return h("div", { class: `box ${kind}` }, title && h("p", { class: "box-title" }, title), rest);
}

// many writes a number with its word: many(1, "question") is "1 question"; many(3, "question") is "3 questions".
const many = (n, one, more = one + "s") => `${n} ${n === 1 ? one : more}`;

// day writes 2025-06-14 as 14 June 2025.
function day(iso) {
  const [y, m, d] = String(iso).split("-").map(Number);
  const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  if (!y || !m) return String(iso);
  return d ? `${d} ${names[m - 1]} ${y}` : `${names[m - 1]} ${y}`;
}

// bytes and files between the page and the core: {name, bytes: base64}.
function pack(data) {
  let out = "";
  for (let i = 0; i < data.length; i += 0x8000) out += String.fromCharCode(...data.subarray(i, i + 0x8000));
  return btoa(out);
}
function unpack(text) {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

// read turns files that somebody chose or dropped into what the core takes. Its name has the folder in front, if there was one.
async function read(files) {
  const size = [...files].reduce((sum, f) => sum + (f.file ?? f).size, 0);
  if (files.length > 2000 || size > 64 << 20) throw new Refusal({ says: files.length === 1 ? "This file is too large to be one of a program." : "This folder holds far more than a program.", hint: "Choose only the program file, or the folder in which nothing else lies." });
  return Promise.all([...files].map(async (f) => ({ name: f.path || f.webkitRelativePath || f.name, bytes: pack(new Uint8Array(await (f.file ?? f).arrayBuffer())) })));
}

// download gives files to the browser, which puts them where it puts downloads.
function download(files) {
  for (const f of files) {
    const url = URL.createObjectURL(new Blob([unpack(f.bytes)], { type: f.type || "application/octet-stream" }));
    const a = h("a", { href: url, download: f.name.split("/").pop(), hidden: true });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

// chooser makes a button that lets somebody choose files. props: many, folder, accept. does(files) gets them.
function chooser(text, does, props = {}, kind = "") {
  const input = h("input", { type: "file", hidden: true, multiple: props.many || props.folder, webkitdirectory: props.folder, accept: props.accept, tabindex: "-1", "aria-hidden": "true", id: props.id });
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    if (chosen.length > 0) does(chosen);
  });
  const b = button(text, () => input.click(), kind, props.button ?? {});
  return [b, input];
}
