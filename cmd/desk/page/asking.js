// Ask: a sheet for each person who may know, who was asked on which day, and the answers back in.
{
  let come = null; // the files that came back, while they are looked at
  desk.onOther(() => { come = null; });

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
      const out = [h("h2", null, "Send out"), open.length === 0 ? box("good", "Nothing is left to ask.", h("p", null, "Every question of your file has an answer.")) : open.map((p) => person(p, p === next && !come))];
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
    const places = p.questions.reduce((sum, q) => sum + (q.paths?.length ?? 1), 0);
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
        download(answer.files);
        const copied = h("span", { class: "small", role: "status" });
        const text = h("textarea", { readonly: true, rows: 6, id: id("mail"), value: answer.mail ?? "" });
        const copy = async () => {
          try {
            await navigator.clipboard.writeText(text.value);
          } catch {
            text.focus();
            text.select();
            document.execCommand("copy");
          }
          copied.textContent = "Copied.";
        };
        says.replaceChildren(box("good", "The sheet is in your downloads folder.", h("p", null, "It is called ", h("b", null, answer.files[0].name), ". Send it with a mail, or print it. Then note below whom you asked."),
          answer.mail && h("details", null, h("summary", null, "Or paste the questions into a mail"), h("label", { for: text.id }, "The questions as text"), text, h("div", { class: "row" }, button("Copy the text", copy), copied))));
        note.open = true;
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    const note = h("details", null, h("summary", null, "Note whom you asked, and when"),
      h("p", { class: "help" }, "It is written into your file. The notice can then say that you asked."),
      h("label", { for: who.id }, "Name of the person"), who, h("label", { for: on.id }, "Day"), on, h("div", { class: "row" }, button("Note it", sent)));
    return h("section", { class: "card" }, h("div", { class: "onward" },
      h("div", null, h("h3", { tabindex: "-1", id: "sheet-" + p.to }, p.title), p.about && h("p", { class: "help" }, p.about),
        h("p", null, many(p.questions.length, "question"), places > p.questions.length && `, for ${places} places of your file`, asked ? `. Asked last: ${asked.who}, ${day(asked.on)}.` : ". Nobody was asked yet.")),
      button("Get the sheet", make, next ? "primary" : "", { "aria-label": "Get the sheet for " + p.title })), says,
      h("details", null, h("summary", null, "See the questions"), h("ul", { class: "questions" }, p.questions.map((q) => h("li", null, q.text, q.places?.length > 0 && h("span", { class: "small" }, " For: " + q.places.join("; ") + "."), q.says && h("span", { class: "small waits" }, "The notice says for now: ", h("q", null, q.says)))))),
      note);
  }
  const latest = (p) => p.questions.flatMap((q) => q.asked ?? []).sort((a, b) => (a.on < b.on ? 1 : -1))[0];

  // answers is where they come in: first what would change, then the button that takes it.
  function answers(next) {
    const place = h("section", { class: "card" }, h("h2", null, "Answers that came back"));
    const says = h("div", { role: "status" });
    const take = (files) => { come = files; desk.again(); };
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
      const good = r.answers;
      const bad = r.refused;
      const wrong = h("div");
      const name = id("edition");
      const choice = r.edition && h("fieldset", { class: "card" }, h("legend", null, r.edition.asks), h("p", { class: "help" }, r.edition.says),
        [["yes", "Yes"], ["no", "No"]].map(([value, text]) => h("label", { class: "check" }, h("input", { type: "radio", name, value }), h("span", null, text))));
      const put = async () => {
        const went = choice ? choice.querySelector("input:checked")?.value : undefined;
        if (choice && !went) {
          wrong.replaceChildren(h("p", { class: "fault-says", role: "alert" }, "Choose yes or no first: " + r.edition.asks));
          choice.querySelector("input").focus();
          return;
        }
        try {
          const taken = await ask("ask.take", { files, ...(went ? { went_out: went } : {}) });
          come = null;
          await desk.again();
          desk.say(many(taken.taken ?? good.length, "answer") + " taken in. " + many(taken.left ?? 0, "question is", "questions are") + " open.");
          document.getElementById("title").focus({ preventScroll: true });
        } catch (e) { wrong.replaceChildren(desk.problem(e)); }
      };
      const leave = async () => {
        come = null;
        await desk.again();
        document.getElementById("title").focus({ preventScroll: true });
      };
      const hand = (a) => {
        const place = h("div");
        const b = button("Answer it here", () => { b.hidden = true; place.replaceChildren(desk.editor(a.path, { done: () => desk.again(), cancel: () => { place.replaceChildren(); b.hidden = false; b.focus(); } })); }, "", { "aria-label": "Answer it here: " + a.question });
        return h("li", { class: "answer" }, h("p", { class: "q" }, a.question, a.place && h("span", { class: "small" }, " " + a.place)), a.answer && h("p", null, "They wrote: ", h("q", null, a.answer)), h("p", { class: "help" }, a.says, a.hint && " " + a.hint), b, place);
      };
      return [
        h("h3", { tabindex: "-1" }, good.length > 0 ? `${many(good.length, "answer")} can be taken in` : "No answer can be taken in yet"),
        good.length > 0 && h("ul", { class: "plain" }, good.map((a) => h("li", { class: "answer" }, h("p", { class: "q" }, a.question, a.place && h("span", { class: "small" }, " " + a.place)), h("p", null, h("span", { class: "was" }, a.was || "not known"), h("span", { class: "unseen" }, " becomes "), h("span", { "aria-hidden": "true" }, " → "), h("b", null, a.is)), (a.from || a.note) && h("p", { class: "help" }, [a.from && "Said by " + a.from + ".", a.note].filter(Boolean).join(" "))))),
        bad.length > 0 && box("warn", many(bad.length, "answer") + (bad.length === 1 ? " does not fit yet" : " do not fit yet"), h("p", null, "Ask these people once more, or mend it in the sheet."),
          h("ul", null, bad.map((a) => h("li", null, a.question ? h("b", null, a.question + " ") : a.file && h("b", null, a.file + ": "), a.place && h("span", { class: "small" }, a.place + " "), a.answer && h("span", null, "“", a.answer, "” "), a.says, a.hint && " " + a.hint)))),
        r.by_hand?.length > 0 && [h("h4", null, "These need your hand"), h("ul", { class: "plain" }, r.by_hand.map(hand))],
        r.asks?.length > 0 && box("note", "Ask next", h("ul", null, r.asks.map((t) => h("li", null, t)))),
        choice, wrong,
        h("div", { class: "row" }, good.length > 0 && button(bad.length > 0 ? "Take in those that fit" : "Take them in", put, "primary"), button(good.length > 0 ? "Leave it" : "Close", leave)),
      ].flat().filter(Boolean);
    }
    if (come) look();
    return place;
  }
}
