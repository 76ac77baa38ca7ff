// Languages: how far each has come, a sheet for the translator, and the sheet that comes back with what was repaired and refused.
(() => {
  const states = { ready: ["good", "Ready"], draft: ["warn", "Draft"], held: ["bad", "Held back"], new: ["", "Not in your notice"] };
  const named = (l) => [h("bdi", { lang: l.tag, dir: l.dir }, l.own), l.own === l.english ? "" : ` – ${l.english}`];
  const bdi = (l, text) => h("bdi", { lang: l.tag, dir: l.dir }, text);

  // wants lists texts of the program file that a language wants.
  const wants = (title, list, l) => (list?.length ? h("details", null, h("summary", null, `${title} (${list.length})`), h("ul", null, list.map((t) => h("li", null, t.what && h("p", { class: "small" }, t.what), h("p", null, h("bdi", { lang: "en", dir: "ltr" }, t.english ?? "")), t.text && h("p", { class: "small" }, "Now: ", bdi(l, t.text)))))) : "");

  async function give(l, as, says) {
    fill(says);
    try {
      const made = await ask("languages.export", { tag: l.tag, as });
      download(made.files);
      fill(says, box("good", "Your browser has the sheet now.", h("p", null, "Send it to the person who translates into ", named(l), ". When it comes back, choose it here."), (made.says ?? []).map((t) => h("p", null, t))));
      desk.say("Your browser has the sheet now.");
    } catch (e) { fill(says, desk.problem(e)); }
  }

  // take shows what a sheet would change, before anything is taken.
  async function take(l, file, says) {
    fill(says, h("p", { class: "slow", role: "status" }, "The sheet is read."));
    let a;
    try {
      a = await ask("languages.read", { tag: l.tag, file });
    } catch (e) {
      fill(says, desk.problem(e));
      return;
    }
    const accepted = a.accepted ?? [], repairs = a.repairs ?? [], refused = a.refused ?? [];
    const count = accepted.length;
    const title = h("h3", { tabindex: "-1" }, `In the sheet: ${many(count, "text")} to take, ${many(repairs.length, "repair")}, ${refused.length} refused`);
    const by = h("input", { type: "text", id: id("by"), autocomplete: "off" });
    const fault = h("div", { "aria-live": "assertive" });
    fill(says, title, (a.says ?? []).map((t) => h("p", null, t)),
      a.library && !a.says?.length ? h("p", null, `${many(a.library, "sentence")} of the library stand in the sheet, too. They ship with this desk, and are not taken here. Send them to those who make the desk.`) : "",
      repairs.length > 0 ? h("details", { open: repairs.length <= 8 }, h("summary", null, `What was repaired (${repairs.length})`), h("p", { class: "small" }, "A program that opened the sheet has changed these. They are put right."), h("ul", { class: "plain" }, repairs.map((r) => h("li", { class: "repair" }, r.what && h("p", { class: "small" }, r.what), h("p", null, r.says), h("p", null, h("del", null, bdi(l, r.was)), " ", h("ins", null, bdi(l, r.is))))))) : "",
      refused.length > 0 ? h("details", { open: true }, h("summary", null, `What is refused (${refused.length})`), h("p", { class: "small" }, "These stay as they were. Send them back with the reason."), h("ul", { class: "plain" }, refused.map((r) => h("li", { class: "repair refused" }, r.what && h("p", { class: "why-asked" }, r.what, r.line ? ` (line ${r.line} of the sheet)` : ""), r.english && h("p", { class: "small" }, h("bdi", { lang: "en", dir: "ltr" }, r.english)), r.text && h("p", null, bdi(l, r.text)), h("p", null, h("b", null, r.says)), r.hint && h("p", null, r.hint))))) : "",
      count > 0 ? h("details", null, h("summary", null, `What would be taken (${count})`), h("ul", { class: "plain" }, accepted.map((t) => h("li", { class: "repair" }, t.what && h("p", { class: "small" }, t.what), h("p", { class: "small" }, h("bdi", { lang: "en", dir: "ltr" }, t.english ?? "")), t.was && h("p", null, h("del", null, bdi(l, t.was))), h("p", null, h("ins", null, bdi(l, t.is))))))) : "",
      count > 0 ? h("div", null, h("label", { for: by.id }, "Who translated it: name and role"), by, fault, h("div", { class: "row" }, button(`Take ${many(count, "text")}`, async () => {
        if (!by.value.trim()) { fill(fault, h("p", { class: "fault-says" }, "Say who translated it. It is written beside the texts.")); by.focus(); return; }
        try {
          const took = await ask("languages.take", { tag: l.tag, file, by: by.value.trim() });
          desk.say("The texts are taken.");
          await desk.again({ tag: l.tag, says: took.says ?? [`${many(took.taken ?? count, "text")} taken.`] });
        } catch (e) { fill(fault, desk.problem(e)); }
      }, "primary"), button("Take nothing", () => fill(says)))) : h("p", null, "There is nothing to take from this sheet."));
    title.focus({ preventScroll: true });
    says.scrollIntoView({ block: "nearest" });
  }

  screens.languages = {
    title: "Languages",
    lead: "How far each language has come. Send a sheet out in Excel, and take it back here.",
    needs: "program",
    drop: null,
    async show(main, args) {
      const a = await ask("languages");
      const list = a.languages ?? [];
      const n = (s) => list.filter((l) => l.state === s).length;
      main.append(h("p", null, [`${n("ready")} ready`, `${n("draft")} draft`, `${n("held")} held back`].join(", ") + "."),
        a.note ? box("note", "", h("p", null, a.note)) : "",
        h("p", { class: "help" }, "Ready: a named person has reviewed the words. Draft: nobody has yet, and the notice says so. Held back: a notice in it would be wrong or not whole."));
      screens.languages.drop = null;
      const more = h("details", { class: "more-languages", open: list.some((l) => l.in === false && l.tag === args.tag) }, h("summary", null, "More languages"), h("p", { class: "help" }, "The sentences of the library are there in these languages. The texts of your own file are missing. Send a sheet to a translator."));
      for (const l of list) {
        const [kind, word] = states[l.state] ?? states.held;
        const says = h("div", { class: "lang-says" });
        if (args.tag === l.tag && args.says) says.append(box("good", "", args.says.map((t) => h("p", null, t))));
        const title = id("lang");
        const details = h("details", { class: "person lang", open: args.tag === l.tag, data: { tag: l.tag } },
          h("summary", null, h("h2", { id: title }, named(l)), h("span", { class: `mark ${kind}` }, word), h("span", { class: "small" }, l.why ?? "")),
          wants("To translate", l.missing, l), wants("To look at again, because the English changed", l.stale, l),
          l.tag === "en" ? h("p", null, "Translators work from the English. Change its words where you answered: choose a sentence of the notice.") : "",
          h("div", { class: "row" }, l.tag === "en" ? "" : [button("Sheet for Excel", () => give(l, "xlsx", says), "", { "aria-label": `Sheet for Excel: ${l.english}` }), button("File for a translation program (XLIFF)", () => give(l, "xliff", says), "", { "aria-label": `File for a translation program (XLIFF): ${l.english}` }),
            chooser("Choose what came back", async ([f]) => take(l, (await read([f]))[0], says), { accept: ".xlsx,.xlf,.xliff,.csv", button: { "aria-label": `Choose what came back: ${l.english}` } })],
            l.state === "held" || l.in === false ? "" : button("Read the notice", () => desk.go("notice", { language: l.tag }), "quiet", { "aria-label": `Read the notice: ${l.english}` })), says);
        (l.in === false ? more : main).append(details);
        if (args.tag === l.tag) requestAnimationFrame(() => details.scrollIntoView({ block: "nearest" }));
      }
      if (list.some((l) => l.in === false)) main.append(more);
      // A sheet that is dropped is read for the language that is open, or asked for.
      screens.languages.drop = async (files) => {
        const open = [...main.querySelectorAll("details.lang[open]")];
        if (open.length !== 1) { desk.tell("For which language is it?", h("p", null, "Open the language first, and drop the sheet once more.")); return; }
        const l = list.find((x) => x.tag === open[0].dataset.tag);
        await take(l, (await read(files))[0], open[0].querySelector(".lang-says"));
      };
    },
  };
})();
