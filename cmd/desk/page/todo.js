// To do: everything that is wrong, doubtful or not known, by the person who can mend it, each with the button that mends it.
{
  const titles = { you: "For you", program: "The program’s staff", records: "The records officer", it: "IT", vendor: "The vendor", counsel: "Counsel", translator: "The translator", reviewer: "The reviewers" };
  const marks = { error: "Must be mended", warning: "Look at this", question: "Not known yet" };
  let shown = ""; // whose things are open

  screens.todo = {
    title: "To do",
    lead: "What is still open, by the person who can mend it.",
    needs: "program",
    async show(main, args) {
      const { people } = await ask("todo");
      const s = desk.state;
      const must = people.flatMap((p) => p.things).filter((t) => t.severity === "error");
      const all = people.flatMap((p) => p.things).length;
      add(main,
        args.fresh ? box("good", "Your program file is made.", h("p", null, "Save it now, so that it is yours: ", button("Save", desk.save))) : "",
        all === 0 ? box("good", "Nothing is open.", h("p", null, "Read the notice once aloud. Then give it out.")) :
        must.length > 0 ? box("bad", many(must.length, "thing") + " must be mended before there is a notice.", h("p", null, "Begin with the first. The rest can wait.")) :
        box("good", "A notice can be made.", h("p", null, "What stands here makes it better. Questions that stay open are said as open in the notice.")));
      const asking = people.filter((p) => p.who !== "you" && p.things.some((t) => t.severity === "question"));
      main.append(h("div", { class: "row next" },
        must.length > 0 ? button("Mend the first", () => first(main), "primary") :
        all === 0 ? button("See the notice", () => desk.go("notice"), "primary") :
        asking.length > 0 ? button("Send out the questions", () => desk.go("asking"), "primary") : button("See the notice", () => desk.go("notice"), "primary")));
      if (!people.some((p) => p.who === shown)) shown = people.find((p) => p.things.some((t) => t.severity === "error"))?.who ?? people[0]?.who ?? "";
      for (const p of people) if (p.things.length > 0) main.append(person(p));
    },
  };

  function first(main) {
    const b = main.querySelector(".thing.error .mend");
    const d = b?.closest("details");
    if (d) d.open = true;
    b?.focus();
    b?.click();
  }

  const rank = { error: 0, warning: 1, question: 2 };
  function person(p) {
    const things = [...p.things].sort((a, b) => (rank[a.severity] ?? 3) - (rank[b.severity] ?? 3));
    const count = (severity) => things.filter((t) => t.severity === severity).length;
    const parts = [count("error") && many(count("error"), "thing") + " to mend", count("warning") && count("warning") + " to look at", count("question") && many(count("question"), "question")].filter(Boolean).join(", ");
    return h("details", { class: "person", open: p.who === shown, on: { toggle: (e) => { if (e.target.open) shown = p.who; } } },
      h("summary", null, h("h2", null, p.title || titles[p.who] || p.who), h("span", { class: "small" }, parts)),
      h("ul", { class: "plain" }, things.map(thing)));
  }

  function thing(t) {
    const place = h("div");
    const li = h("li", { class: "thing card " + t.severity });
    const b = t.mend && button(t.mend.label, () => mend(t, place, b), "mend", { "aria-label": t.mend.label + ": " + t.text });
    add(li, h("p", { class: "mark" }, marks[t.severity] ?? ""), h("p", { class: "thing-text" }, t.text), t.hint && h("p", { class: "help" }, t.hint),
      t.asked?.length > 0 && h("p", { class: "small" }, "Asked: " + t.asked.map((a) => `${a.who}, ${day(a.on)}`).join("; ")),
      h("div", { class: "row" }, b, t.line > 0 && h("span", { class: "small" }, `line ${t.line} of your file`)), place);
    return li;
  }

  // mend opens the editor at this place, does the one thing that mends it, or leads to the screen where it is mended.
  async function mend(t, place, b) {
    const m = t.mend;
    if (m.screen && m.screen !== "todo") return desk.go(m.screen, m.args ?? {});
    const close = () => { place.replaceChildren(); b.hidden = false; b.focus(); };
    const finished = async (text) => {
      const before = desk.state.errors + desk.state.warnings + desk.state.questions;
      await desk.again();
      desk.say(text + " " + many(desk.state.errors + desk.state.warnings + desk.state.questions, "thing is", "things are") + " open.");
      const next = document.querySelector("#main .thing .mend");
      (next && before ? document.getElementById("title") : document.getElementById("title")).focus({ preventScroll: true });
    };
    if (!m.op || m.op === "fact" || m.op === "set") {
      for (const open of document.querySelectorAll("#main .thing .editor")) open.replaceWith();
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
