// To do: everything that is wrong, doubtful or not known, by the person who can mend it, each with the button that mends it.
{
  const marks = { error: "Must be mended", warning: "Look at this", question: "Not known yet", note: "Held back" };
  let shown = ""; // whose things are open
  let more = false; // the languages were still being looked at when this was drawn

  // When they were all looked at, what was found is drawn too, unless somebody is in the middle of an answer.
  desk.onState((s) => {
    if (!more || s.counting || document.body.dataset.screen !== "todo" || document.querySelector("#main .thing form, #main .thing .editor")) return;
    more = false;
    const focused = document.activeElement?.closest?.("#main");
    if (!focused) desk.again();
    else document.getElementById("todo-more")?.replaceChildren(button("Show what was found", () => desk.again()));
  });

  screens.todo = {
    title: "To do",
    lead: "What is still open, by the person who can mend it.",
    needs: "program",
    async show(main, args) {
      const { people } = await ask("todo");
      const unsaved = args.fresh && desk.state.unsaved;
      more = desk.state.counting;
      const must = people.flatMap((p) => p.things).filter((t) => t.severity === "error");
      const all = people.flatMap((p) => p.things).length;
      add(main,
        args.fresh ? box("good", "Your program file is made.", h("p", null, unsaved ? "Save it now, so that it is yours." : "It lies in your folder.")) : "",
        args.left?.length > 0 ? box("note", args.left.join(", ") + (args.left.length === 1 ? " waits" : " wait") + " for a translator.", h("p", null, "There is no notice in " + (args.left.length === 1 ? "it" : "them") + " until the words are there."), h("div", { class: "row" }, button("Go to the languages", () => desk.go("languages")))) : "",
        all === 0 ? box("good", "Nothing is open.", h("p", null, "Read the notice once aloud. Then give it out.")) :
        must.length > 0 ? box("bad", many(must.length, "thing") + " must be mended before there is a notice.", h("p", null, "Begin with the first. The rest can wait.")) :
        box("good", "A notice can be made.", h("p", null, "What stands here makes it better. Questions that stay open are said as open in the notice.")));
      const asking = people.filter((p) => p.who !== "you" && p.things.some((t) => t.severity === "question"));
      const primary = unsaved ? "" : "primary";
      add(main, h("div", { class: "row next" },
        unsaved && button("Save my file", async () => { if (await desk.save()) { await desk.again(); document.getElementById("title").focus({ preventScroll: true }); } }, "primary"),
        must.length > 0 ? button("Mend the first", () => first(main), primary) :
        all === 0 ? button("See the notice", () => desk.go("notice"), primary) :
        asking.length > 0 ? button("Send out the questions", () => desk.go("asking"), primary) : button("See the notice", () => desk.go("notice"), primary)));
      if (!people.some((p) => p.who === shown)) shown = people.find((p) => p.things.some((t) => t.severity === "error"))?.who ?? people[0]?.who ?? "";
      for (const p of people) if (p.things.length > 0) main.append(person(p));
      if (more) main.append(h("div", { id: "todo-more", class: "small" }, "The words of each language are still being looked at. More may come."));
    },
  };

  function first(main) {
    const b = main.querySelector(".thing.error .mend");
    const d = b?.closest("details");
    if (d) d.open = true;
    b?.focus();
    b?.click();
  }

  const rank = { error: 0, warning: 1, note: 2, question: 3 };
  function person(p) {
    const things = [...p.things].sort((a, b) => (rank[a.severity] ?? 4) - (rank[b.severity] ?? 4));
    const count = (severity) => things.filter((t) => t.severity === severity).length;
    const parts = [count("error") && many(count("error"), "thing") + " to mend", count("warning") && count("warning") + " to look at", count("note") && many(count("note"), "language") + " held back", count("question") && many(count("question"), "question")].filter(Boolean).join(", ");
    return h("details", { class: "person", open: p.who === shown, on: { toggle: (e) => { if (e.target.open) shown = p.who; } } },
      h("summary", null, h("h2", null, p.title), h("span", { class: "small" }, parts)),
      h("ul", { class: "plain" }, alike(things).map((group) => (group.length === 1 ? thing(group[0]) : several(group)))));
  }

  // alike puts things together that say the same of several places.
  function alike(things) {
    const groups = new Map();
    for (const t of things) {
      const key = t.severity === "error" ? t : JSON.stringify([t.severity, t.text, t.hint]);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(t);
    }
    return [...groups.values()];
  }

  const where = (t) => (t.line > 0 ? h("span", { class: "small" }, `line ${t.line} of ` + (t.file || "your file")) : null);
  const asked = (t) => t.asked?.length > 0 && h("p", { class: "small" }, "Asked: " + t.asked.map((a) => `${a.who}, ${day(a.on)}`).join("; "));
  const about = (t) => [t.label, t.about].filter(Boolean).join(" – ");
  function mender(t, place) {
    const b = button(t.mend.label, () => mend(t, place, b), "mend", { "aria-label": [t.mend.label + ": " + t.text, about(t)].filter(Boolean).join(" – ") });
    return b;
  }

  function thing(t) {
    const place = h("div");
    return h("li", { class: "thing card " + t.severity }, h("div", { class: "onward" },
      h("div", null, h("p", { class: "mark" }, marks[t.severity] ?? "", about(t) && h("span", { class: "about" }, " ", about(t)), t.severity === "error" && t.line > 0 && h("span", { class: "about" }, " ", where(t))), h("p", { class: "thing-text" }, t.text), t.hint && h("p", { class: "help" }, t.hint),
        t.words && h("p", { class: "code words" }, t.words), asked(t)),
      t.mend && mender(t, place)), place);
  }

  // several is one card for what is said of several places: each has its own button.
  function several(group) {
    const [t] = group;
    const rows = h("ul", { class: "plain places" }, group.map((t) => {
      const place = h("div");
      return h("li", null, h("div", { class: "onward" }, h("p", null, about(t) || where(t) || t.text), t.mend && mender(t, place)), asked(t), place);
    }));
    return h("li", { class: "thing card " + t.severity }, h("p", { class: "mark" }, marks[t.severity] ?? ""), h("p", { class: "thing-text" }, t.text), t.hint && h("p", { class: "help" }, t.hint),
      group.length > 4 ? h("details", { open: opened.has(t.text), on: { toggle: (e) => (e.target.open ? opened.add(t.text) : opened.delete(t.text)) } }, h("summary", null, `${group.length} places`), rows) : rows);
  }
  const opened = new Set(); // the cards whose places are shown

  // mend opens the editor at this place, does the one thing that mends it, or leads to the screen where it is mended.
  async function mend(t, place, b) {
    const m = t.mend;
    if (m.screen && m.screen !== "todo") return desk.go(m.screen, m.args ?? {});
    const close = () => { place.replaceChildren(); b.hidden = false; b.focus(); };
    const finished = async (text) => {
      // The focus goes to what now stands where the mended thing stood.
      const nth = [...document.querySelectorAll("#main .mend")].indexOf(b);
      const y = scrollY;
      await desk.again();
      scrollTo(0, y);
      const left = document.querySelectorAll("#main .mend");
      (left[Math.min(nth, left.length - 1)] ?? document.getElementById("title")).focus();
      desk.say(text + " " + many(desk.state.errors + desk.state.warnings + desk.state.questions, "thing is", "things are") + " open.");
    };
    if (!m.op || m.op === "fact" || m.op === "set") {
      for (const open of document.querySelectorAll("#main .thing .editor")) open.remove();
      for (const hidden of document.querySelectorAll("#main .thing .mend[hidden]")) hidden.hidden = false;
      b.hidden = true;
      place.replaceChildren(desk.editor(m.args?.path ?? t.path, { done: () => finished("Mended."), cancel: close }));
      return;
    }
    try {
      await ask(m.op, m.args ?? {});
      await finished("Done.");
    } catch (e) { place.replaceChildren(desk.problem(e)); }
  }
}
