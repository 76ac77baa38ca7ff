// The editor of one answer of the program file, at the place where it is named: what was asked, the choices with what they mean, and who
// said so. done(answer, pressed) gets what the core answers to `set`, and when the button was pressed; cancel() leaves it as it was;
// asked() is called as soon as `set` is on its way, for what is to be asked behind it.
//
// desk.editor(path, {done, cancel, asked}) → element
desk.editor = (path, { done, cancel, asked } = {}) => {
  const place = h("div", { class: "editor" }, h("p", { class: "slow" }, "One moment, please."));
  ask("fact", { path }).then((fact) => {
    const form = desk.factForm(fact, { done, cancel, asked });
    fill(place, form);
    form.begin();
  }).catch((e) => fill(place, desk.problem(e), cancel ? h("div", { class: "row" }, button("Close", cancel)) : ""));
  return place;
};

// factForm is the form of an answer that was fetched already; form.begin() moves the focus into it.
desk.factForm = (fact, { done, cancel, asked } = {}) => {
  const name = id("fact");
  const says = h("div", { "aria-live": "assertive" });
  const special = (fact.special ?? []).map((s) => (s.word === "unknown" && fact.ask ? { word: s.word, meaning: `Nobody knows yet. It stays a question for ${desk.whom(fact.ask)}.` } : s));
  const current = special.some((s) => s.word === fact.value) ? fact.value : fact.unknown ? "unknown" : "";
  let field; // gives the value that was chosen
  let first; // what the focus goes to

  const radios = (choices, chosen) => choices.map((c) => {
    const input = h("input", { type: "radio", name, value: c.word, checked: c.word === chosen });
    if (!first || c.word === chosen && first.type === "radio") first = input;
    return h("label", { class: "check" }, input, h("span", null, c.meaning || c.word));
  });
  const chosenWord = () => form.querySelector(`input[type=radio][name="${name}"]:checked`)?.value;
  const parts = [];

  // Words that stand in place of a value come last: "I do not know" is always the last of all.
  const instead = [...special].sort((a, b) => (a.word === "unknown") - (b.word === "unknown"));
  const typed = (input, label, help) => {
    const own = h("input", { type: "radio", name, value: "", checked: !current });
    input.addEventListener("input", () => { own.checked = true; });
    const label_ = id("label");
    input.setAttribute("aria-labelledby", label_);
    first = input;
    return instead.length > 0
      ? [h("label", { class: "check" }, own, h("span", { id: label_ }, label)), h("div", { class: "fact-own" }, input, help)]
      : [h("label", { id: label_ }, label), input, help];
  };

  switch (fact.kind) {
    case "choice":
    case "yesno":
      parts.push(radios(fact.choices, fact.value));
      if (fact.own) {
        const own = h("input", { type: "text", value: fact.choices.some((c) => c.word === fact.value) || current ? "" : fact.value });
        parts.push(typed(own, "Something else"));
        field = () => chosenWord() || own.value.trim();
      } else field = () => chosenWord() ?? "";
      break;
    case "list": {
      const list = new Set(fact.list);
      if (fact.choices.length > 0) {
        const boxes = fact.choices.map((c) => h("input", { type: "checkbox", value: c.word, checked: list.has(c.word) }));
        first = boxes[0];
        const any = h("input", { type: "radio", name, value: "", checked: !current });
        if (instead.length > 0) parts.push(h("label", { class: "check" }, any, h("span", null, "These:")));
        parts.push(h("div", { class: "fact-own fact-many" }, boxes.map((b, i) => {
          b.addEventListener("change", () => { any.checked = true; });
          return h("label", { class: "check" }, b, h("span", null, fact.choices[i].meaning || fact.choices[i].word));
        })));
        field = () => chosenWord() || boxes.filter((b) => b.checked).map((b) => b.value);
      } else {
        const area = h("textarea", { rows: 4 });
        area.value = fact.list.join("\n");
        parts.push(typed(area, "One in each line"));
        field = () => chosenWord() || area.value.split("\n").map((l) => l.trim()).filter(Boolean);
      }
      break;
    }
    case "texts": {
      const areas = fact.texts.map((t) => {
        const area = h("textarea", { rows: 2, lang: t.tag, dir: t.dir, id: id("text") });
        area.value = t.text;
        return area;
      });
      const one = h("input", { type: "text", value: fact.value });
      const same = h("input", { type: "checkbox", checked: fact.value !== "" });
      const each = h("div", { class: "fact-texts" }, fact.texts.map((t, i) => h("div", null, h("label", { for: areas[i].id }, h("bdi", { lang: t.tag }, t.own), t.own === t.english ? "" : ` (${t.english})`), areas[i])));
      const label = id("label");
      one.setAttribute("aria-labelledby", label);
      const all = h("div", null, h("p", { class: "label", id: label }, "The same in every language, such as a name"), one);
      const show = () => { all.hidden = !same.checked; each.hidden = same.checked; };
      same.addEventListener("change", show);
      show();
      first = fact.value !== "" ? one : areas[0] ?? one;
      parts.push(h("label", { class: "check" }, same, h("span", null, "It is a name that stays the same in every language")), all, each);
      field = () => chosenWord() || (same.checked ? one.value.trim() : Object.fromEntries(fact.texts.map((t, i) => [t.tag, areas[i].value.trim()]).filter(([, text]) => text !== "")));
      break;
    }
    case "period": {
      const [, n = "", unit = "days"] = /^(\d+) (day|week|month|year)s?$/.exec(fact.value) ? [null, ...fact.value.split(" ")] : [];
      const count = h("input", { type: "text", inputmode: "numeric", size: "4", value: n, "aria-label": "How many", class: "fact-number" });
      const units = h("select", { "aria-label": "Days, weeks, months or years" }, ["days", "weeks", "months", "years"].map((u) => h("option", { value: u, selected: u === unit || u === unit + "s" }, u)));
      const own = h("input", { type: "radio", name, value: "", checked: !current });
      for (const e of [count, units]) e.addEventListener("input", () => { own.checked = true; });
      first = count;
      const label = id("label");
      parts.push(h("label", { class: "check" }, own, h("span", { id: label }, "For this long:")), h("div", { class: "fact-own row", role: "group", "aria-labelledby": label }, count, units));
      field = () => chosenWord() || (count.value.trim() === "" ? "" : `${count.value.trim()} ${units.value}`);
      break;
    }
    case "block": {
      const area = h("textarea", { rows: 8, class: "fact-block", spellcheck: "false", "aria-label": "Lines of your file" });
      area.value = fact.value || fact.raw;
      first = area;
      parts.push(h("p", { class: "help" }, "This answer has several lines. They are shown as they stand in your file. Change only the words that you mean."), area);
      field = () => chosenWord() || area.value;
      break;
    }
    case "line": {
      const area = h("textarea", { rows: 2, class: "fact-block", spellcheck: "false", "aria-label": "The line of your file" });
      area.value = fact.value || fact.raw;
      first = area;
      parts.push(h("p", { class: "help" }, "The line is shown as it stands in your file, with the spaces before it. An empty one is taken out."), area);
      field = () => area.value.replace(/\n$/, "");
      break;
    }
    default: {
      const input = h("input", { type: "text", inputmode: fact.kind === "number" ? "numeric" : null, value: current ? "" : fact.value, placeholder: fact.kind === "date" ? "2025-06-14" : null });
      parts.push(typed(input, fact.kind === "date" ? "This day, such as 2025-06-14. If you know no more: 2025-06, or 2025" : "This:"));
      field = () => chosenWord() || input.value.trim();
    }
  }
  if (instead.length > 0) parts.push(radios(instead, current).map((label) => label));

  // Who says so: kept folded, because an answer without a name is an answer, too.
  const by = h("input", { type: "text", value: fact.by ?? "", id: id("by"), autocomplete: "off" });
  const on = h("input", { type: "text", value: fact.on ?? "", id: id("on"), placeholder: "2025-06-14", autocomplete: "off" });
  const looked = h("input", { type: "checkbox" });
  const sure = fact.fact === false ? "" : h("details", { class: "fact-who" }, h("summary", null, "Who says so"),
    h("label", { for: by.id }, "Name and role"), by,
    h("label", { for: on.id }, "On which day, such as 2025-06-14"), on,
    h("label", { class: "check" }, looked, h("span", null, "This person looked, and was not only told")));

  const title = id("fact-title");
  const form = h("form", { class: "fact", "aria-labelledby": title, novalidate: true },
    h("fieldset", null, h("legend", { id: title }, fact.label || "Your answer"),
      fact.about && h("p", { class: "small" }, "About: ", h("bdi", null, fact.about)),
      fact.help && !["choice", "yesno", "period"].includes(fact.kind) && h("p", { class: "help" }, fact.help), parts),
    sure, says,
    h("div", { class: "row" }, h("button", { type: "submit", class: "primary" }, "Change it"), cancel && button("Leave it as it is", () => cancel())));
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const pressed = performance.now();
    const args = { path: fact.path, value: field() };
    if (by.value.trim()) args.by = by.value.trim();
    if (on.value.trim()) args.on = on.value.trim();
    if (looked.checked) args.looked = true;
    if (args.by === fact.by && args.on === fact.on) { delete args.by; delete args.on; } // nobody has said it anew
    fill(says);
    try {
      const setting = ask("set", args);
      asked?.();
      const answer = await setting;
      await done?.(answer, pressed);
    } catch (problem) {
      fill(says, desk.problem(problem));
      first?.focus();
    }
  });
  form.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && cancel) { e.stopPropagation(); cancel(); }
  });
  form.begin = () => first?.focus();
  return form;
};

// editorOver asks for one answer over the page. It gives what the core answered, or null where nothing was changed.
desk.editorOver = async (path) => {
  const fact = await ask("fact", { path });
  return new Promise((resolve) => {
    let got = null;
    const d = h("dialog", { class: "fact-dialog", "aria-label": fact.label || "Your answer" });
    d.append(desk.factForm(fact, { done: (answer) => { got = answer; d.close(); }, cancel: () => d.close() }));
    d.addEventListener("close", () => { d.remove(); resolve(got); });
    document.body.append(d);
    d.showModal();
    d.querySelector("form").begin();
  });
};

// whom names a person who can be asked, as a sentence wants it.
desk.whom = (who) => ({ you: "you", program: "the program’s staff", records: "the records officer", it: "IT", vendor: "the company", counsel: "counsel", translator: "the translator", reviewer: "the reviewers" })[who] ?? who;
