// Ask: a sheet for each person who may know, who was asked on which day, and the answers back in.
{
  let come = null; // the files that came back, while they are looked at

  screens.asking = {
    title: "Ask those who know",
    short: "Ask",
    lead: "Each person gets one sheet. They fill it in with Word, by mail or on paper, and you take it back in here.",
    needs: "program",
    drop: (files) => { come = files; return desk.again(); },
    async show(main) {
      const { people } = await ask("ask");
      const open = people.filter((p) => p.questions.length > 0);
      // The next step: the first sheet that went to nobody; where all went out, the answers.
      const next = open.find((p) => !latest(p));
      const out = [h("h2", null, "Send out"), open.length === 0 ? box("good", "Nothing is left to ask.", h("p", null, "Every question of your file has an answer.")) : open.map((p) => person(p, p === next))];
      const back = answers(!next && open.length > 0);
      add(main, come || !next ? [back, out] : [out, back]);
    },
  };

  // person is one sheet: what is on it, and when it went out.
  function person(p, next) {
    const says = h("div");
    const who = h("input", { type: "text", id: id("who"), autocomplete: "off" });
    const on = h("input", { type: "date", id: id("on"), value: desk.state.day || "" });
    const asked = latest(p);
    const sent = async () => {
      if (!who.value.trim()) {
        says.replaceChildren(h("p", { class: "fault-says", role: "alert" }, "Write the name of the person whom you asked."));
        who.focus();
        return;
      }
      try {
        await ask("ask.asked", { to: p.to, who: who.value.trim(), on: on.value });
        await desk.again();
        desk.say(`Noted: ${who.value.trim()} was asked.`);
        document.getElementById("sheet-" + p.to)?.focus();
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    const make = async () => {
      try {
        const answer = await ask("ask.sheet", { to: p.to });
        download(answer.files ?? [answer.file ?? answer]);
        says.replaceChildren(box("good", "The sheet is made.", h("p", null, "It is in your downloads folder. Mail it, or print it. Then note below whom you asked.")));
        note.open = true;
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    const note = h("details", null, h("summary", null, "Note whom you asked, and when"),
      h("p", { class: "help" }, "It is written into your file. The notice can then say that you asked."),
      h("label", { for: who.id }, "Name of the person"), who, h("label", { for: on.id }, "Day"), on, h("div", { class: "row" }, button("Note it", sent)));
    return h("section", { class: "card" },
      h("h3", { tabindex: "-1", id: "sheet-" + p.to }, p.title), p.about && h("p", { class: "help" }, p.about),
      h("p", null, many(p.questions.length, "question"), asked ? `. Asked last: ${asked.who}, ${day(asked.on)}.` : ". Nobody was asked yet."),
      h("details", null, h("summary", null, "See the questions"), h("ul", null, p.questions.map((q) => h("li", null, q.text, q.places?.length > 0 && q.places[0] && h("span", { class: "small" }, " For: " + q.places.map((x) => x.label ?? x).join("; ")))))),
      h("div", { class: "row" }, button("Get the sheet", make, next ? "primary" : "", { "aria-label": "Get the sheet for " + p.title })), says, note);
  }
  const latest = (p) => p.questions.flatMap((q) => q.asked ?? []).sort((a, b) => (a.on < b.on ? 1 : -1))[0];

  // answers is where they come in: first what would change, then the button that takes it.
  function answers(next) {
    const place = h("section", { class: "card" }, h("h2", null, "Answers that came back"));
    const says = h("div", { role: "status" });
    const take = (files) => { come = files; look(); };
    place.append(h("p", null, "Put in the sheets as they came: the page, a Word file or the text of the mail. You first see what would change."),
      h("div", { class: "row" }, chooser("Choose the files", take, { many: true, accept: ".html,.htm,.txt,.docx,.eml" }, next && !come ? "primary" : "")), says);
    async function look() {
      says.replaceChildren(h("p", { class: "slow" }, "They are being read."));
      try {
        const files = await read(come);
        says.replaceChildren(...preview(await ask("ask.read", { files }), files));
        says.querySelector("h3")?.focus();
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    }
    function preview(r, files) {
      const good = r.answers ?? [];
      const bad = r.refused ?? [];
      const put = async () => {
        try {
          await ask("ask.take", { files });
          come = null;
          await desk.again();
          desk.say(many(good.length, "answer") + " taken in.");
          document.getElementById("title").focus({ preventScroll: true });
        } catch (e) { says.append(desk.problem(e)); }
      };
      return [
        h("h3", { tabindex: "-1" }, good.length > 0 ? `${many(good.length, "answer")} can be taken in` : "No answer can be taken in yet"),
        good.length > 0 && h("ul", { class: "plain" }, good.map((a) => h("li", { class: "answer" }, h("p", { class: "q" }, a.question, a.place && h("span", { class: "small" }, " " + a.place)), h("p", null, h("span", { class: "was" }, a.was || "not known"), " → ", h("b", null, a.is)), a.note && h("p", { class: "help" }, a.note)))),
        bad.length > 0 && box("warn", many(bad.length, "answer") + (bad.length === 1 ? " does not fit yet" : " do not fit yet"), h("ul", null, bad.map((a) => h("li", null, a.question && h("b", null, a.question + " "), a.answer && `“${a.answer}” `, h("span", null, a.says), a.hint && " " + a.hint)))),
        good.length > 0 && h("div", { class: "row" }, button(bad.length > 0 ? "Take in those that fit" : "Take them in", put, "primary"), button("Leave it", () => { come = null; says.replaceChildren(); })),
      ].filter(Boolean);
    }
    if (come) look();
    return place;
  }
}
