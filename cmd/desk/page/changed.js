// What changed: the older file beside this one, for whom it is worse or better, and who must be told.
screens.changed = {
  title: "What changed",
  lead: "Choose the file as it was. You see what changed, for whom, and who has to be told.",
  needs: "program",
  drop: (files) => desk.again({ old: files[0] }),
  async show(main, args) {
    const says = h("div");
    const marks = { worse: "Worse for people", better: "Better for people", wording_only: "Only the words", unclear: "Nobody can say", same: "The same" };
    const kinds = { worse: "bad", better: "good", unclear: "warn" };
    const look = async (file) => {
      says.replaceChildren(h("p", { class: "slow" }, "They are being compared."));
      try {
        const [old] = await read([file]);
        const c = await ask("changes", { old });
        says.replaceChildren();
        add(says, box(kinds[c.is] ?? "note", c.verdict, (c.before || c.now) && h("p", null, [c.before && "Before: " + c.before, c.now && "Now: " + c.now].filter(Boolean).join(" – "))),
          c.tell?.length > 0 && [h("h2", null, "Who must be told"), h("ul", null, c.tell.map((t) => h("li", null, t.text, t.why?.length > 0 && h("ul", { class: "small" }, t.why.map((w) => h("li", null, w))))))],
          c.groups.filter((g) => g.changes.length > 0 || g.about).map((g) => [h("h2", null, g.title), g.about && h("p", { class: "help" }, g.about),
            h("ul", { class: "plain" }, g.changes.map((x) => h("li", { class: "card" }, h("p", { class: "mark " + (kinds[x.is] ?? "") }, marks[x.is] ?? x.is, x.public === false && h("span", { class: "about" }, " · This may not be told of")), h("p", null, x.text), (x.was || x.now) && h("p", { class: "help" }, [x.was && "Before: " + x.was, x.now && "Now: " + x.now].filter(Boolean).join(" – ")))))]),
          c.paper && h("p", { class: "small" }, c.paper));
        desk.say(c.verdict);
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    main.append(h("div", { class: "row" }, chooser("Choose the older file", ([f]) => look(f), { accept: ".yaml,.yml,.txt" }, "primary")),
      h("p", { class: "help" }, "The desk keeps the file as it was, each time before it changes it: in the folder “kept” beside your file, or in the zip file that you saved."), says);
    if (args.old) await look(args.old);
  },
};
