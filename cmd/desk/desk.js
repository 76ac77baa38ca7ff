"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const say = (text) => { $("verdict").textContent = text; };
  const whom = {
    program: "the program’s staff", records: "the records officer", it: "IT", vendor: "the vendor", counsel: "counsel",
  };
  let last = null;

  const today = new Date();
  $("day").value = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

  const element = (name, text, className) => {
    const e = document.createElement(name);
    e.textContent = text;
    if (className) e.className = className;
    return e;
  };

  const list = (id, title, things, line) => {
    const section = $(id);
    section.hidden = things.length === 0;
    section.querySelector("h2").textContent = `${title} (${things.length})`;
    section.querySelector("ul").replaceChildren(...things.map(line));
  };

  const problem = (p) => {
    const li = element("li", "");
    li.append(element("span", `Line ${p.line}: `, "place"), element("bdi", p.message + (p.hint ? " " + p.hint : "")), element("span", p.code ? ` [${p.code}]` : "", "code"));
    return li;
  };

  function show(answer) {
    say(answer.verdict);
    $("result").hidden = false;
    list("errors", "Errors: mend these first", answer.problems.filter((p) => p.severity === "error"), problem);
    list("warnings", "Warnings: look at these", answer.problems.filter((p) => p.severity === "warning"), problem);

    const questions = $("questions");
    questions.hidden = answer.questions.length === 0;
    questions.querySelector("h2").textContent = `Questions that the file leaves open (${answer.questions.length})`;
    const groups = [];
    for (const [ask, name] of Object.entries(whom)) {
      const mine = answer.questions.filter((q) => q.ask === ask);
      if (mine.length === 0) continue;
      const ul = document.createElement("ul");
      for (const q of mine) {
        const li = element("li", q.text + " ");
        li.append(element("span", `[${q.path}]`, "code"));
        ul.append(li);
      }
      groups.push(element("h3", `To ask ${name} (${mine.length})`), ul);
    }
    questions.querySelector("div").replaceChildren(...groups);

    const items = Object.entries(answer.coverage).sort(([a], [b]) => (a < b ? -1 : 1));
    const said = items.filter(([, c]) => c.status === "covered").length;
    const rest = items.filter(([, c]) => c.status !== "covered");
    list("coverage", "What the notice would not say", rest, ([id, c]) => {
      const how = c.status === "missing" ? "Missing: " : "Does not apply: ";
      return element("li", `${how}${c.title}${c.reason ? ": " + c.reason : ""} [${id}]`);
    });
    if (items.length > 0) {
      $("coverage").hidden = false;
      $("coverage").querySelector("h2").textContent = `Checklist: ${items.length} items, ${said} covered, ${rest.length} not`;
    }
  }

  async function check(file) {
    if (!file) return;
    if (file.size > 1 << 20) {
      say("This file is too large to be a program file.");
      return;
    }
    last = file;
    // The checker gets the bytes as an editor saved them, so that it can tell how to save them better.
    const bytes = new Uint8Array(await file.arrayBuffer());
    show(JSON.parse(globalThis.fairnoticeCheck(file.name, bytes, $("day").value)));
  }

  async function start() {
    const packed = Uint8Array.from(atob($("program").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const program = await new Response(stream).arrayBuffer();
    const go = new Go();
    const { instance } = await WebAssembly.instantiate(program, go.importObject);
    go.run(instance);
    $("file").disabled = false;
    say("Ready. Open a file.");
  }

  $("file").addEventListener("change", (e) => check(e.target.files[0]));
  $("day").addEventListener("change", () => check(last));
  const drop = $("drop");
  for (const name of ["dragenter", "dragover"]) {
    addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    addEventListener(name, (e) => { e.preventDefault(); drop.classList.remove("over"); });
  }
  addEventListener("drop", (e) => check(e.dataTransfer.files[0]));
  start().catch((e) => say("The page could not get ready in this browser: " + e));
})();
