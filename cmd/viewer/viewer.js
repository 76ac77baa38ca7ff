"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const say = (text) => { $("status").textContent = text; };
  const most = { files: 50000, file: 64 << 20, all: 512 << 20 }; // a device has to hold it
  let ledger = null; // what was said of the ledger that is open
  let last = null; // what was opened, to be opened again with another key
  let turn = 0; // the newest opening counts

  const element = (name, text, className) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  };
  const line = (text) => element("li", text);

  // words shows words of a notice in their language. Everything in a ledger is a stranger's: it is only ever text.
  const words = (text, language, name = "span") => {
    const e = element(name, text, "words");
    e.lang = language.tag;
    e.dir = language.dir;
    return e;
  };

  const list = (id, lines) => {
    $(id).hidden = lines.length === 0;
    $(id).querySelector("ul").replaceChildren(...lines.map(line));
  };

  // open lets the reader of ledgers read some files; the names are those below the folder that was chosen.
  async function open(files) {
    if (files.length === 0) return;
    last = { files };
    const mine = ++turn;
    $("result").hidden = true;
    const size = files.reduce((n, f) => n + f.size, 0);
    if (files.length > most.files || size > most.all || files.some((f) => f.size > most.file)) {
      say("This is more than a ledger has. Open only the folder in which there is a file named checkpoint.");
      return;
    }
    say("The ledger is read and checked. A large one takes a minute.");
    await new Promise((next) => setTimeout(next, 50)); // so that this can be read before the page is busy
    try {
      const bytes = await Promise.all(files.map(async (f) => new Uint8Array(await f.arrayBuffer())));
      if (mine !== turn) return;
      ledger = JSON.parse(globalThis.fairnoticeLedger(files.map((f) => f.webkitRelativePath || f.name), bytes, $("key").value));
    } catch (e) {
      say("These files could not be read in this browser: " + e);
      return;
    }
    if (ledger.error) {
      say(ledger.hint ? ledger.error + " " + ledger.hint : ledger.error);
      return;
    }
    show();
  }

  const verdicts = {
    signed: "The ledger holds, and it is signed with the key that you gave.",
    unknown: "The ledger holds in itself. Nobody knows who wrote it, because you gave no key.",
    unsigned: "This ledger is not signed with the key that you gave.",
    damaged: "Something in this copy is not as the ledger says.",
    proof: "This proof holds.",
  };

  function show() {
    say(verdicts[ledger.state]);
    $("result").hidden = false;
    const proof = ledger.state === "proof";
    $("name").textContent = proof ? "A proof" : "The ledger " + ledger.name;
    $("says").replaceChildren(...ledger.says.map(line));
    for (const id of ["damage", "withheld", "revoked", "keys"]) list(id, ledger[id] ?? []);
    $("exact").hidden = $("kept-part").hidden = proof;
    $("exact").querySelector("ul").replaceChildren(...[`Name: ${ledger.name}`, `Lines: ${ledger.lines}`, `Hash of all lines: ${ledger.root}`, ...(ledger.signers ?? []).map((s) => `Signed with: ${s}`)].map(line));
    $("kept").value = "";
    $("kept-says").textContent = "";
    const programs = ledger.programs ?? [];
    $("history").hidden = programs.length === 0;
    $("program").replaceChildren(...programs.map((p) => new Option(`${p.id} (${p.editions === 1 ? "1 edition" : p.editions + " editions"})`, p.id)));
    $("name").focus();
    chooseProgram();
  }

  const program = () => (ledger.programs ?? []).find((p) => p.id === $("program").value);

  function chooseProgram() {
    const p = program();
    if (!p) return;
    const before = $("language").value;
    $("language").replaceChildren(...p.languages.map((l) => new Option(l.own === l.english ? l.own : `${l.own} – ${l.english}`, l.tag)));
    for (const tag of [before, "en"]) {
      if (p.languages.some((l) => l.tag === tag)) {
        $("language").value = tag;
        break;
      }
    }
    tell();
  }

  const changeItem = (c, language, first) => {
    const li = element("li", "", "change");
    if (!first) li.append(element("span", c.was === "" ? "New:" : c.is === "" ? "Gone:" : "Was:", "mark"));
    if (c.was !== "") li.append(words(c.was, language, "del"));
    if (c.was !== "" && c.is !== "") li.append(element("span", "Now:", "mark"));
    if (c.is !== "") li.append(words(c.is, language, first ? "span" : "ins"));
    const where = element("span", "", "code");
    where.append(`${c.in} [`, element("bdi", c.id), "]");
    li.append(where);
    return li;
  };

  // full lists every sentence of an edition, once somebody opens it.
  const full = (e, language) => {
    const details = element("details");
    details.append(element("summary", "Every sentence of this edition"));
    const fill = () => {
      if (details.dataset.full) return;
      details.dataset.full = "yes";
      for (const n of JSON.parse(globalThis.fairnoticeText(e.line, language.tag))) {
        details.append(element("h4", `The notice: ${n.kind}`));
        if (n.says) details.append(element("p", n.says));
        const ul = element("ul");
        for (const s of n.lines ?? []) {
          const li = element("li");
          li.append(words(s.text, language));
          for (const [, ...texts] of s.values) {
            for (const text of texts) {
              const value = words(text, language);
              value.dir = "auto";
              li.append(value);
            }
          }
          ul.append(li);
        }
        details.append(ul);
      }
    };
    details.addEventListener("toggle", fill);
    return { details, fill };
  };

  function tell() {
    const p = program();
    const language = p?.languages.find((l) => l.tag === $("language").value) ?? { tag: "", own: "", english: "", dir: "auto" };
    const all = JSON.parse(globalThis.fairnoticeTell(p.id, language.tag));
    const day = $("day").value;
    const shown = day ? all.filter((e) => e.from <= day && (e.until === "" || day < e.until)) : all;
    $("found").textContent = day
      ? shown.length === 0 ? `On ${day} no edition of ${p.id} held.` : `On ${day} edition ${shown.map((e) => e.number).join(", ")} of ${p.id} held.`
      : `${all.length === 1 ? "1 edition" : all.length + " editions"} of ${p.id}.`;
    $("editions").replaceChildren(...shown.map((e) => {
      const box = element("article", "", "edition");
      box.append(element("h3", `Edition ${e.number}`));
      const ul = element("ul");
      ul.append(...e.says.map(line));
      box.append(ul, element("p", e.against));
      const first = e.against.startsWith("It is the first");
      const changes = element("ul");
      changes.append(...e.changes.map((c) => changeItem(c, language, first)));
      const every = full(e, language);
      if (first && e.changes.length > 0 && !day) {
        const details = element("details");
        details.append(element("summary", e.sentences === 1 ? "1 sentence" : `${e.sentences} sentences`), changes);
        box.append(details);
      } else if (e.changes.length > 0 && !(day && first)) {
        box.append(changes);
      }
      if (day) {
        every.details.open = true;
        every.fill();
      }
      box.append(every.details, element("p", `Line ${e.line} of the ledger; ${e.digest}`, "code"));
      return box;
    }));
  }

  async function start() {
    if (document.readyState === "loading") await new Promise((read) => addEventListener("DOMContentLoaded", read)); // the program comes last
    const go = new Go();
    const packed = [...document.querySelectorAll(".packed")];
    const { instance } = await WebAssembly.instantiateStreaming(unpacked(() => { const e = packed.shift(); e?.remove(); return e?.textContent; }), go.importObject);
    go.run(instance);
    $("folder").disabled = $("file").disabled = false;
    say("Ready. Open a ledger.");
  }

  for (const id of ["folder", "file"]) {
    $(id).addEventListener("change", (e) => open([...e.target.files]));
  }
  $("key").addEventListener("change", () => { if (last) open(last.files); });
  $("program").addEventListener("change", chooseProgram);
  $("language").addEventListener("change", tell);
  $("day").addEventListener("change", tell);
  $("kept").addEventListener("change", async (e) => {
    const f = e.target.files[0];
    if (!f) return;
    $("kept-says").textContent = f.size > 1 << 20 ? "This file is too large to be a checkpoint or a proof." : JSON.parse(globalThis.fairnoticeKept(new Uint8Array(await f.arrayBuffer()))).says;
  });
  start().catch((e) => say("The page could not get ready in this browser: " + e));
})();
