// Add something: a block of the file from a template, by a few fields, and then the questions that it brings.
screens.adding = {
  title: "Add something",
  lead: "What is new in your program: a company, a paper that people are asked for, a demand that came.",
  needs: "program",
  async show(main, args) {
    const { templates } = await ask("templates");
    const chosen = templates.find((t) => t.id === args.template);
    if (args.facts) return questions(main, args);
    if (chosen) return form(main, chosen);
    main.append(h("ul", { class: "plain" }, templates.map((t) => h("li", { class: "card" }, h("div", { class: "onward" }, h("div", null, h("h2", { class: "page-title" }, t.title), h("p", { class: "help" }, t.help)), button("Add", () => desk.go("adding", { template: t.id }), "", { "aria-label": "Add: " + t.title }))))));

    function form(main, t) {
      const says = h("div");
      const fields = t.fields.map((f) => {
        const choices = f.choices ?? [];
        const name = id("add");
        const check = (type, c, on) => h("label", { class: "check" }, h("input", { type, name, value: c.word, checked: on }), h("span", null, c.meaning || c.word));
        if (f.kind === "list") {
          const set = h("fieldset", null, h("legend", null, f.label), h("div", { class: choices.length > 6 ? "columns" : "" }, choices.map((c) => check("checkbox", c, false))));
          return { key: f.key, e: set, value: () => [...set.querySelectorAll("input:checked")].map((i) => i.value) };
        }
        if (f.kind === "choice" && choices.length <= 8) {
          const set = h("fieldset", null, h("legend", null, f.label), choices.map((c) => check("radio", c, c.word === f.value || choices.length === 1)));
          return { key: f.key, e: set, value: () => set.querySelector("input:checked")?.value ?? "" };
        }
        if (f.kind === "choice") {
          const select = h("select", { id: name }, h("option", { value: "" }, "Choose"), choices.map((c) => h("option", { value: c.word, selected: c.word === f.value }, c.meaning || c.word)));
          return { key: f.key, e: h("div", null, h("label", { for: name }, f.label), select), value: () => select.value };
        }
        const input = h("input", { type: "text", id: name, autocomplete: "off", value: f.value ?? "", placeholder: f.kind === "date" ? "2025-06-14" : null });
        return { key: f.key, e: h("div", null, h("label", { for: name }, f.label), input), value: () => input.value.trim() };
      });
      const put = async (e) => {
        e.preventDefault();
        says.replaceChildren();
        try {
          const answer = await ask("add", { template: t.id, values: Object.fromEntries(fields.map((f) => [f.key, f.value()])) });
          desk.go("adding", { facts: answer.facts ?? [], says: answer.says });
        } catch (problem) { says.replaceChildren(desk.problem(problem)); }
      };
      main.append(h("h2", { class: "page-title" }, t.title), h("p", { class: "help" }, t.help),
        h("form", { novalidate: true, on: { submit: put } }, fields.map((f) => h("div", { class: "question" }, f.e)), says,
          h("div", { class: "row steps" }, button("Back", () => desk.go("adding")), h("button", { type: "submit", class: "primary" }, "Add it"))));
    }

    // questions asks what the new thing leaves open, one after the other; each can stay open.
    function questions(main, { facts, says, all = facts.length }) {
      if (says) main.append(box("good", says));
      if (facts.length === 0) {
        main.append(h("div", { class: "row" }, button("Go to what is to do", () => desk.go("todo"), "primary"), button("Add something else", () => desk.go("adding"))));
        return;
      }
      const next = () => desk.go("adding", { facts: facts.slice(1), all });
      main.append(h("p", null, `Question ${all - facts.length + 1} of ${all} about it. What you leave open stays a question under “To do”.`), desk.editor(facts[0], { done: next, cancel: next }),
        h("div", { class: "row" }, button("Leave all of them open", () => desk.go("adding", { facts: [], all }))));
    }
  },
};
