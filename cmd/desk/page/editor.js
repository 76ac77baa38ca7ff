// The editor of one fact, at the place where it is named: what was asked, the choices with what they mean, and who said so.
//
// desk.editor(path, {done(answer), cancel()}) → element
desk.editor = (path, { done, cancel } = {}) => {
  const place = h("div", { class: "editor" }, h("p", { class: "slow" }, "One moment, please."));
  ask("fact", { path }).then((fact) => {
    place.replaceChildren(desk.factForm(fact, { done, cancel }));
    place.querySelector("input:checked, input, select, textarea")?.focus();
  }).catch((e) => place.replaceChildren(desk.problem(e), cancel ? h("div", { class: "row" }, button("Close", cancel)) : ""));
  return place;
};

// factForm is the form of a fact that was fetched already.
desk.factForm = (fact, { done, cancel } = {}) => {
  const name = id("fact");
  const help = id("help");
  const faults = h("div", { role: "alert" });
  const choices = fact.choices ?? [];
  const raw = fact.raw ?? "";
  const was = raw.trim().replace(/^["']|["']$/g, "");
  let value; // gives what is filled in; undefined where nothing is
  let control;

  const one = (type, c, checked) => h("label", { class: "check" }, h("input", { type, name, value: c.word, checked }), h("span", null, c.meaning || c.word));
  const unknown = fact.unknown ? { word: "unknown", meaning: fact.ask ? `Nobody knows yet. It stays a question for ${desk.whom(fact.ask)}.` : "Nobody knows yet" } : null;
  const kind = fact.kind === "yesno" && choices.length === 0 ? "choice" : fact.kind;
  const words = fact.kind === "yesno" && choices.length === 0 ? [{ word: "yes", meaning: "Yes" }, { word: "no", meaning: "No" }] : choices;

  if (kind === "list" || (fact.many && words.length > 0)) {
    const has = new Set(Array.isArray(fact.value) ? fact.value : was.replace(/^\[|\]$/g, "").split(/[,\n]/).map((w) => w.replace(/^[\s-]+|\s+$/g, "")));
    control = h("fieldset", { "aria-describedby": help }, h("legend", null, fact.label), h("div", { class: words.length > 8 ? "columns" : "" }, words.map((c) => one("checkbox", c, has.has(c.word)))), unknown && one("checkbox", unknown, has.has("unknown")));
    control.addEventListener("change", (e) => {
      if (!e.target.checked) return;
      for (const i of control.querySelectorAll("input")) if ((i.value === "unknown") !== (e.target.value === "unknown")) i.checked = false;
    });
    value = () => {
      const picked = [...control.querySelectorAll("input:checked")].map((i) => i.value);
      return picked.length === 0 ? undefined : picked.includes("unknown") ? "unknown" : picked;
    };
  } else if (words.length > 8) {
    const select = h("select", { id: name, "aria-describedby": help }, !words.some((c) => c.word === was) && was !== "unknown" && h("option", { value: "" }, "Choose"), words.map((c) => h("option", { value: c.word, selected: c.word === was }, c.meaning || c.word)), unknown && h("option", { value: "unknown", selected: was === "unknown" }, "Nobody knows yet"));
    control = h("div", null, h("label", { for: name }, fact.label), select);
    value = () => select.value || undefined;
  } else if (words.length > 0) {
    control = h("fieldset", { "aria-describedby": help }, h("legend", null, fact.label), [...words, unknown].filter(Boolean).map((c) => one("radio", c, c.word === was)));
    value = () => control.querySelector("input:checked")?.value;
  } else if (kind === "texts") {
    const fields = (fact.languages ?? desk.state.languages).map((l) => {
      const field = h("textarea", { id: id("text"), lang: l.tag, dir: l.dir ?? "auto", rows: 2, value: l.text ?? fact.texts?.[l.tag] ?? "" });
      return [l.tag, field, h("div", null, h("label", { for: field.id }, "In " + l.english), field)];
    });
    control = h("fieldset", { "aria-describedby": help }, h("legend", null, fact.label), fields.map((f) => f[2]));
    value = () => Object.fromEntries(fields.map(([tag, f]) => [tag, f.value.trim()]).filter(([, t]) => t));
  } else {
    const long = kind === "block" || was.length > 60 || was.includes("\n");
    const field = h(long ? "textarea" : "input", { id: name, type: long ? null : "text", class: kind === "block" ? "code" : "", rows: long ? Math.min(14, Math.max(3, was.split("\n").length + 1)) : null, spellcheck: kind === "block" ? "false" : null, "aria-describedby": help, value: was === "unknown" ? "" : kind === "block" ? raw : was });
    const not = unknown && h("input", { type: "checkbox", checked: was === "unknown" });
    control = h("div", null, h("label", { for: name }, fact.label), field, unknown && h("label", { class: "check" }, not, h("span", null, unknown.meaning)));
    field.addEventListener("input", () => { if (not && field.value.trim()) not.checked = false; });
    not?.addEventListener("change", () => { if (not.checked) field.value = ""; });
    value = () => (not?.checked ? "unknown" : (kind === "block" ? field.value : field.value.trim()) || undefined);
    if (!long) field.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); use(); } });
  }

  const by = h("input", { type: "text", id: id("by"), autocomplete: "off", value: fact.by ?? "" });
  const on = h("input", { type: "date", id: id("on"), value: fact.on || desk.state.day || "" });
  const who = fact.unknown && h("details", { class: "who", open: false }, h("summary", null, "Who told you this, and when"),
    h("p", { class: "help" }, "It is written into your file beside the answer. Leave it empty if you looked yourself."),
    h("label", { for: by.id }, "Name, and what they do"), by, h("label", { for: on.id }, "On which day"), on);

  async function use() {
    const v = value();
    if (v === undefined) {
      faults.replaceChildren(h("p", { class: "fault-says" }, unknown ? "Nothing is filled in. Choose an answer, or say that nobody knows yet." : "Nothing is filled in."));
      return;
    }
    faults.replaceChildren();
    try {
      const answer = await ask("set", { path: fact.path, value: v, ...(by.value.trim() ? { by: by.value.trim(), on: on.value } : {}) });
      desk.say("Changed.");
      done?.(answer);
    } catch (e) {
      faults.replaceChildren(...desk.problem(e).childNodes);
      faults.className = "box bad";
    }
  }

  return h("div", { class: "card form" }, control, fact.help && h("p", { class: "help", id: help }, fact.help), who, faults,
    h("div", { class: "row" }, button("Use this answer", use, "primary"), cancel && button("Leave it as it is", cancel)));
};

// whom names a person who can be asked, as a sentence wants it.
desk.whom = (who) => ({ you: "you", program: "the program’s staff", records: "the records officer", it: "IT", vendor: "the vendor", counsel: "counsel", translator: "the translator", reviewer: "the reviewers" })[who] ?? who;
