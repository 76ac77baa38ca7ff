// Counsel's words: the notice out in Word, and every change that comes back, one by one: accept it as the office's own words, answer it,
// or reject it with the rule that forbids it.
(() => {
  let held = null; // what was read last, while the page is open: {answer, by, says}
  desk.onOther(() => { held = null; });

  screens.counsel = {
    title: "Counsel’s words",
    lead: "Send the notice to counsel in Word. Take back each change: accept it, answer it, or reject it.",
    needs: "program",
    drop: (files) => takeIn?.(files),
    async show(main) {
      const state = desk.state;
      const language = h("select", { id: id("language") }, state.languages.filter((l) => l.state !== "held").map((l) => tongue(l, "en")));
      const sent = h("div");
      const came = h("div");
      main.append(h("h2", null, "Send it"), h("p", null, "Counsel changes the words in Word, with tracked changes or remarks. Each sentence keeps its number."),
        h("label", { for: language.id }, "Language"), h("div", { class: "row" }, language, button("File for Word", async () => {
          try {
            const made = await ask("counsel.export", { language: language.value });
            download(made.files ?? [made]);
            fill(sent, box("good", "Your browser has the Word file now.", (made.says ?? ["Send it to counsel. When it comes back, choose it below."]).map((t) => h("p", null, t))));
            desk.say("Your browser has the Word file now.");
          } catch (e) { fill(sent, desk.problem(e)); }
        }, held ? "" : "primary")), sent,
        h("h2", null, "Take it back"), h("div", { class: "row" }, chooser("Choose the Word file that came back", (files) => takeIn(files), { accept: ".docx" })), came);

      takeIn = async (files) => {
        fill(came, h("p", { class: "slow", role: "status" }, "The file is read."));
        try {
          const [file] = await read(files);
          held = { answer: await ask("counsel.read", { file }), by: held?.by };
          draw(true);
        } catch (e) { fill(came, desk.problem(e)); }
      };
      if (!held) {
        // What came back before is kept beside the file.
        try {
          const kept = await ask("counsel.read");
          if (kept.changes?.length) held = { answer: kept };
        } catch { held = null; }
      }
      if (held) draw(false);

      function draw(focus) {
        const changes = held.answer.changes ?? [];
        const open = changes.filter((c) => !c.done);
        const title = h("h2", { tabindex: "-1" }, changes.length === 0 ? "Counsel has changed nothing" : `${many(changes.length, "change")}, ${open.length} still open`);
        fill(came, title, held.says?.length ? box("note", "", held.says.map((t) => h("p", null, t))) : "", (held.answer.says ?? []).map((t) => h("p", null, t)), (held.answer.unread ?? []).map((u) => box("warn", "Look at this.", h("p", null, u.says ?? u), u.hint && h("p", null, u.hint))), h("ol", { class: "plain" }, changes.map(card)));
        if (focus) title.focus({ preventScroll: true });
      }

      function card(c) {
        const l = desk.state.languages.find((x) => x.tag === c.language) ?? { tag: c.language, dir: c.dir ?? "auto" };
        const says = h("div", { "aria-live": "assertive" });
        const label = id("change");
        const by = h("input", { type: "text", id: id("by"), value: held.by ?? "", autocomplete: "off" });
        const text = h("textarea", { id: id("text"), rows: 2 });
        const act = (op, args, needs) => async () => {
          fill(says);
          if (!by.value.trim()) { fill(says, h("p", { class: "fault-says" }, "Say who decides this: name and role.")); by.focus(); return; }
          if (needs && !text.value.trim()) { fill(says, h("p", { class: "fault-says" }, needs)); text.focus(); return; }
          held.by = by.value.trim();
          try {
            const a = await ask(op, { id: c.id, by: held.by, text: text.value.trim(), ...args });
            held.says = a.says ?? [];
            if (a.changes) held.answer.changes = a.changes;
            else c.done = { "counsel.accept": "accepted", "counsel.answer": "answered", "counsel.reject": "rejected" }[op];
            desk.say("Done.");
            draw(true);
          } catch (e) { fill(says, desk.problem(e)); }
        };
        const can = (word) => (c.can ?? []).includes(word);
        return h("li", { class: "card change", "aria-labelledby": label },
          h("h3", { id: label }, c.number ? `Sentence ${c.number}: ` : "", c.sort_says, c.done ? h("span", { class: "mark good" }, " – ", c.done) : ""),
          c.was && h("p", null, h("span", { class: "small" }, "Was: "), h("del", null, h("bdi", { lang: l.tag, dir: l.dir }, c.was))),
          c.text && h("p", null, h("span", { class: "small" }, c.sort === "comment" ? "Counsel says: " : "Counsel writes: "), h("bdi", { lang: c.sort === "comment" ? null : l.tag, dir: c.sort === "comment" ? "auto" : l.dir }, c.text)),
          c.english && l.tag !== "en" && h("p", { class: "small" }, "In English: ", h("bdi", { lang: "en", dir: "ltr" }, c.english)),
          (c.answers ?? []).map((x) => h("p", { class: "small" }, h("bdi", null, x.text ?? x.says ?? x))),
          c.now && h("p", { class: "small" }, "Today stands there: ", h("bdi", { lang: l.tag, dir: l.dir }, c.now)),
          c.by && c.by !== "unknown" && h("p", { class: "small" }, "From ", h("bdi", null, c.by), c.on && [", ", h("bdi", null, day(c.on))], "."),
          c.rule && box("bad", "A rule forbids it.", h("p", null, c.rule.title, c.rule.id ? ` [${c.rule.id}]` : ""), c.rule.hint && h("p", null, c.rule.hint)),
          c.done ? "" : h("details", { class: "decide", open: false }, h("summary", null, "Decide"),
            h("label", { for: by.id }, "Who decides: name and role"), by,
            can("answer") || can("reject") ? [h("label", { for: text.id }, "Your words to counsel"), text] : "",
            says,
            h("div", { class: "row" },
              can("accept") && button("Accept as our own words", act("counsel.accept", {}), "primary"),
              can("own") && button("Say it in our own words, in all languages", act("counsel.accept", { own: true }), "primary"),
              can("answer") && button("Answer", act("counsel.answer", {}, "Write what you answer.")),
              can("reject") && button("Reject, with the rule", act("counsel.reject", { rule: c.rule?.id ?? "" }, c.rule ? "" : "Write why.")))));
      }
    },
  };
  let takeIn = null;
})();
