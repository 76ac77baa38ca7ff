// Judge a notice that an office has already: how many of the ten basic facts it tells, and which words are to blame.
screens.judge = {
  title: "Judge a notice that you have",
  short: "Judge a notice",
  lead: "Put in the words that people read now. You see which of ten basic facts they tell.",
  drop: async (files) => desk.go("judge", { file: files[0] }),
  async show(main, args) {
    const says = h("div", { role: "status" });
    const text = h("textarea", { id: id("text"), rows: 9, "aria-describedby": "judge-help" });
    const language = h("select", { id: id("language") }, [["en", "English"], ["es", "Spanish"]].map(([tag, name]) => h("option", { value: tag }, name)));
    let file = args.file ?? null;
    const chosen = h("p", { class: "small", hidden: true });
    const take = (f) => { file = f; chosen.hidden = false; chosen.textContent = `Chosen: ${f.name}`; };
    const judge = async () => {
      if (!file && !text.value.trim()) {
        says.replaceChildren(h("p", { class: "fault-says", role: "alert" }, "Paste the text of the notice, or choose its file."));
        text.focus();
        return;
      }
      says.replaceChildren(h("p", { class: "slow" }, desk.ready ? "It is being read." : "The desk is still getting ready. This goes on by itself."));
      try {
        const v = await ask("start.judge", { ...(text.value.trim() ? { text: text.value } : { file: (await read([file]))[0] }), language: language.value });
        says.replaceChildren(...verdict(v));
        says.querySelector("h2").focus();
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    main.append(
      h("label", { for: text.id }, "The text of the notice"), h("p", { class: "help", id: "judge-help" }, "Copy it from the website or from Word, and paste it here."), text,
      h("div", { class: "row" }, chooser("Or choose its file", ([f]) => take(f), { accept: ".txt,.html,.htm,.docx,.md" }), chosen),
      h("label", { for: language.id }, "It is written in"), language,
      h("div", { class: "row" }, button("Judge it", judge, "primary")), says);
    if (file) { take(file); await judge(); }
  },
};
function verdict(v) {
  const facts = v.facts ?? [];
  const said = facts.filter((f) => f.said);
  return [
    h("h2", { tabindex: "-1" }, v.verdict),
    facts.length > 0 && h("ul", { class: "plain facts" }, facts.map((f) => h("li", { class: f.said ? "said" : "unsaid" }, h("span", { class: "mark" }, f.said ? "Says" : "Does not say"), " ", f.title, f.quote && h("q", null, f.quote)))),
    v.grade && h("p", null, v.grade),
    v.findings?.length > 0 && [h("h2", null, "Words to look at"), h("ul", { class: "plain" }, v.findings.map((f) => h("li", { class: "card" }, f.quote && h("p", null, h("q", null, f.quote)), h("p", null, f.text), f.hint && h("p", { class: "help" }, f.hint))))],
    v.unseen?.length > 0 && box("note", "What nobody can see in a text", h("ul", null, v.unseen.map((t) => h("li", null, t)))),
    said.length < facts.length && box("note", "What now?", h("p", null, "Answer the questions about your program. The desk then writes a notice that tells all ten."), h("div", { class: "row" }, button("Begin the questions", () => desk.go("interview", { fresh: true })))),
  ].flat().filter(Boolean);
}
