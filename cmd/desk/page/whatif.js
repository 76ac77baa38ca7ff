// What if: one answer otherwise, and what the notice would say. Nothing is changed until somebody says so.
screens.whatif = {
  title: "What if",
  lead: "Suppose that one answer were otherwise. See what the notice would say. Your file stays as it is.",
  wide: true,
  needs: "program",
  async show(main) {
    const { toggles } = await ask("whatif.list");
    const verdicts = {
      worse: ["bad", "Worse for the people who apply."], better: ["good", "Better for the people who apply."], wording_only: ["note", "Only words would change."],
      same: ["note", "The notice would say the same."], unclear: ["warn", "Nobody can say whether this is better or worse."],
    };
    if (!toggles?.length) {
      main.append(box("note", "There is nothing to try yet.", h("p", null, "Answer more of the questions first.")));
      return;
    }
    const name = id("whatif");
    const place = h("div", { class: "whatif-says", "aria-live": "polite" });
    const language = h("select", { id: id("language"), on: { change: () => now && look(now) } }, desk.state.languages.map((l) => tongue(l, "en")));
    let now = null;
    let turn = 0;

    async function look(t) {
      now = t;
      const mine = ++turn;
      const dir = desk.state.languages.find((l) => l.tag === language.value)?.dir ?? "ltr";
      let a;
      try {
        a = await ask("whatif", { path: t.path, value: t.value, language: language.value, kind: "before" });
      } catch (e) {
        if (mine === turn) fill(place, desk.problem(e));
        return;
      }
      if (mine !== turn) return;
      const otherwise = (a.gone?.length ?? 0) + (a.new?.length ?? 0) > 0;
      const [kind, says] = a.is === "same" && otherwise ? ["note", "Other words, and nothing changes for the people who apply."] : verdicts[a.is] ?? verdicts.unclear;
      const list = (title, sentences, mark) => h("section", null, h("h3", null, `${title} (${sentences.length})`),
        sentences.length === 0 ? h("p", { class: "small" }, "None.") : h("ul", { class: "said said-" + mark, lang: language.value, dir }, sentences.map((s) => h("li", null, h(mark === "gone" ? "del" : "ins", null, h("bdi", null, s.text)), s.values?.length ? h("span", null, " ", h("bdi", null, s.values.flatMap((v) => v.text).join(", "))) : ""))));
      fill(place,
        h("h2", null, t.text),
        box(kind, says, a.says && a.is !== "same" && h("p", null, a.says), (a.notes ?? []).map((n) => h("p", null, n))),
        list("The notice would no longer say", a.gone ?? [], "gone"),
        list("It would say instead", a.new ?? [], "new"),
        h("div", { class: "row" }, button("Make it so in your file", async () => {
          try {
            await ask("set", { path: t.path, value: t.value });
            desk.say("The answer is changed.");
            await desk.again();
            document.getElementById("title").focus();
          } catch (e) { place.append(desk.problem(e)); }
        }), button("Look at this answer", async () => {
          try { if (await desk.editorOver(t.path)) await desk.again(); } catch (e) { place.append(desk.problem(e)); }
        }, "quiet")),
        h("p", { class: "small" }, "This is a thought. What is kept already stays until somebody erases it. A demand that came can make erasing wrong: ask counsel first."));
    }

    const groups = [];
    for (const t of toggles) {
      let g = groups.find((x) => x.title === (t.group ?? ""));
      if (!g) groups.push(g = { title: t.group ?? "", list: [] });
      g.list.push(t);
    }
    main.append(h("div", { class: "picks" }, h("div", { class: "pick" }, h("label", { for: language.id }, "Language"), language)),
      h("div", { class: "whatif" },
        h("form", { on: { submit: (e) => e.preventDefault() } }, groups.map((g, i) => h("details", { class: "person", open: i === 0 }, h("summary", null, h("h2", null, g.title || "Suppose that"), h("span", { class: "small" }, many(g.list.length, "answer"))), h("fieldset", { class: "toggles" }, h("legend", { class: "unseen" }, g.title || "Suppose that"), g.list.map((t) => h("label", { class: "check" }, h("input", { type: "radio", name, on: { change: () => look(t) } }), h("span", null, t.text, t.now && h("span", { class: "small toggle-now" }, " Now: ", h("bdi", null, t.now))))))))),
        place));
    place.append(h("p", { class: "small" }, "Choose one on this page. What the notice would say stands here."));
  },
};
