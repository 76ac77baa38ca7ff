// The interview: a few questions a page. Each answer is kept as soon as the page is left, and what nobody knows is an answer.
{
  const where = { page: 0 };

  screens.interview = {
    title: "Questions about your program",
    short: "Questions",
    async show(main, args) {
      if (args.fresh) where.page = 0;
      const answer = await ask("interview", args.fresh ? { fresh: true } : {});
      if (args.page !== undefined) where.page = args.page;
      else if (!args.fresh && where.page === 0) {
        const open = answer.pages.findIndex((p) => p.prompts.some((q) => !q.answer));
        where.page = open < 0 ? answer.pages.length : open;
      }
      draw(main, answer);
    },
  };

  function draw(main, answer) {
    const at = Math.min(where.page, answer.pages.length);
    const page = answer.pages[at];
    const progress = h("div", { class: "progress" },
      h("p", null, counted(answer, at)),
      h("progress", { max: answer.total || 1, value: answer.done, "aria-label": "Questions answered" }));
    main.replaceChildren(progress);
    if (!page) return end(main, answer);
    const says = h("div");
    const fields = page.prompts.map(prompt);
    const put = async () => {
      const answers = {};
      for (const f of fields) answers[f.key] = f.value();
      return ask("interview.put", { answers });
    };
    // What is filled in is kept at once, whatever link is followed next. An answer may bring further questions, or take some away: then
    // the page is drawn again around the field in which somebody is.
    const shown = page.prompts.map((p) => p.key).join();
    const keep = async () => {
      try {
        const next = await put();
        if (!main.contains(says)) return;
        const i = stay(next, page, at);
        if (next.pages[i].prompts.map((p) => p.key).join() === shown) return count(main, next, i);
        const here = document.activeElement?.closest(".question");
        const nth = here ? [...here.querySelectorAll("input, select, textarea, button")].indexOf(document.activeElement) : -1;
        where.page = i;
        draw(main, keepPage(next, i, fields, true));
        if (nth >= 0) main.querySelector(`[data-key="${CSS.escape(here.dataset.key)}"]`)?.querySelectorAll("input, select, textarea, button")[nth]?.focus();
        desk.say("The questions on this page have changed.");
      } catch { /* the button at the end of the page says what is wrong */ }
    };
    const move = async (by) => {
      try {
        const next = await put();
        const mine = page.prompts.map((p) => [p, fault(next, p.key)]).filter(([, f]) => f);
        if (by > 0 && mine.length > 0) {
          draw(main, keepPage(next, at, fields));
          const first = main.querySelector(".fault input, .fault textarea, .fault select");
          first?.focus();
          desk.say(many(mine.length, "answer") + (mine.length === 1 ? " does" : " do") + " not fit yet.");
          return;
        }
        const i = stay(next, page, at);
        const more = next.pages[i].prompts.find((p) => !p.answer && !fields.some((f) => f.key === p.key));
        if (by > 0 && more) {
          where.page = i;
          draw(main, next);
          main.querySelector(`[data-key="${CSS.escape(more.key)}"]`)?.querySelector("input, select, textarea")?.focus();
          desk.say("Your answer brings one more question: " + more.text);
          return;
        }
        where.page = Math.max(0, i + by);
        desk.go("interview", { page: where.page });
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    main.append(h("form", { novalidate: true, on: { change: keep, submit: (e) => { e.preventDefault(); move(1); } } },
      h("h2", { class: "page-title" }, page.title),
      page.prompts.some((p) => p.required) && h("p", { class: "small" }, "Where there is no “I do not know”, a notice needs the answer. You can still leave it open now, and come back."), fields.map((f) => f.element), says,
      h("div", { class: "row steps" }, at > 0 && button("Back", () => move(-1)), h("button", { type: "submit", class: "primary" }, at + 1 < answer.pages.length ? "Next" : "To the end"), h("span", { class: "small" }, desk.saves === "folder" ? "Your answers are saved as you go." : "Your answers stay on this page. Save puts them into a file, to go on another day."))),
      h("details", { class: "pages" }, h("summary", null, "All pages"), h("ol", null, answer.pages.map((p, i) => h("li", null, button(p.title, async () => { try { await put(); where.page = i; desk.go("interview", { page: i }); } catch (e) { says.replaceChildren(desk.problem(e)); } }, "quiet", i === at ? { "aria-current": "step" } : {}), " ", left(p))))));
  }

  const left = (p) => { const n = p.prompts.filter((q) => !q.answer).length; return h("span", { class: "small" }, n === 0 ? "all answered" : n + " open"); };
  const fault = (answer, key) => answer.pages?.flatMap((p) => p.prompts).find((p) => p.key === key)?.fault;
  // A page may move when earlier answers bring or take questions: it is found by its title.
  const stay = (answer, page, at) => { const i = answer.pages.findIndex((p) => p.title === page.title); return i < 0 ? at : i; };
  // What was typed stays in the fields also where the core did not take it.
  function keepPage(answer, at, fields, all = false) {
    for (const p of answer.pages[at]?.prompts ?? []) {
      const f = fields.find((f) => f.key === p.key);
      if (f && (all || p.fault)) p.answer = f.value();
      if (all) p.fault = "";
    }
    return answer;
  }
  function count(main, answer, at) {
    main.querySelector(".progress p").textContent = counted(answer, at);
    main.querySelector("progress").value = answer.done;
  }
  const counted = (answer, at) => (at < answer.pages.length ? `Page ${at + 1} of ${answer.pages.length}. ` : "") + `${answer.done} of ${many(answer.total, "question")} answered.`;

  // prompt makes the fields of one question.
  function prompt(p) {
    const name = id("q");
    const hint = id("hint");
    const wrong = id("wrong");
    const about = [p.hint && hint, p.fault && wrong].filter(Boolean).join(" ") || null;
    const chosen = String(p.answer ?? "").split(/,\s*/).filter(Boolean);
    const not = p.answer === "unknown";
    const whom = p.ask_title;
    let value, control, clear;
    const choices = (p.choices ?? []).map(([word, meaning]) => ({ word, meaning }));
    const note = [p.fault && h("p", { class: "fault-says", id: wrong }, p.fault), p.hint && h("p", { class: "help", id: hint }, p.hint)];
    if (choices.length > 12 && !p.many) {
      const select = h("select", { id: name, "aria-describedby": about }, h("option", { value: "" }, "Choose"), choices.map((c) => h("option", { value: c.word, selected: c.word === p.answer }, c.meaning)));
      control = h("div", null, h("label", { for: name }, p.text), note, select);
      value = () => select.value;
      clear = () => { select.value = ""; };
      select.addEventListener("change", known);
    } else if (choices.length > 0) {
      const inputs = choices.map((c) => h("input", { type: p.many ? "checkbox" : "radio", name, value: c.word, checked: chosen.includes(c.word) }));
      const own = p.own ? h("input", { type: "text", id: id("own"), autocomplete: "off", value: chosen.filter((w) => w !== "unknown" && w !== "none" && !choices.some((c) => c.word === w)).join(", ") }) : null;
      const none = p.or_none ? h("input", { type: p.many ? "checkbox" : "radio", name, value: "none", checked: p.answer === "none" }) : null;
      control = h("fieldset", { "aria-describedby": about }, h("legend", null, p.text), note,
        h("div", { class: choices.length > 6 ? "columns" : "" }, inputs.map((input, i) => h("label", { class: "check" }, input, h("span", null, capital(choices[i].meaning))))),
        none && h("label", { class: "check" }, none, h("span", null, "None of these")),
        own && [h("label", { for: own.id, class: "own" }, "Something else, in your own words"), own]);
      const all = [...inputs, none].filter(Boolean);
      value = () => [...all.filter((i) => i.checked).map((i) => i.value), own?.value.trim()].filter(Boolean).join(", ");
      clear = () => { for (const i of all) i.checked = false; if (own) own.value = ""; };
      control.addEventListener("input", (e) => {
        if (e.target === none) for (const i of inputs) i.checked = false;
        else if (none && e.target.checked) none.checked = false;
        known();
      });
    } else {
      const long = String(p.answer ?? "").length > 60 || /sentence/i.test(p.text);
      const field = h(long ? "textarea" : "input", { id: name, type: long ? null : "text", rows: long ? 2 : null, autocomplete: "off", "aria-describedby": about, value: not || p.answer === "none" ? "" : p.answer ?? "" });
      const none = p.or_none ? h("input", { type: "checkbox", checked: p.answer === "none" }) : null;
      control = h("div", null, h("label", { for: name }, p.text), note, field, none && h("label", { class: "check" }, none, h("span", null, "There is none")));
      value = () => (none?.checked ? "none" : field.value.trim());
      clear = () => { field.value = ""; if (none) none.checked = false; };
      field.addEventListener("input", () => { if (none && field.value) none.checked = false; known(); });
      none?.addEventListener("change", () => { field.value = ""; known(); });
    }
    // “I do not know” is one click. It says whom the question goes to.
    const toggle = p.required ? null : h("button", { type: "button", class: "quiet dont-know", "aria-pressed": String(not) }, `I do not know – ask ${whom}`);
    let unknown = not;
    const said = h("p", { class: "small asked-note", hidden: !not }, `This goes on the sheet for ${whom}.`);
    function known() { set(false); }
    function set(to) {
      unknown = to;
      if (!toggle) return;
      toggle.setAttribute("aria-pressed", String(to));
      said.hidden = !to;
    }
    toggle?.addEventListener("click", () => {
      if (!unknown) { clear(); desk.say(said.textContent); }
      set(!unknown);
      element.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const element = h("div", { class: "question" + (p.fault ? " fault" : ""), data: { key: p.key } }, control, toggle ? [toggle, said] : null);
    return { key: p.key, element, value: () => (unknown && toggle ? "unknown" : value()) };
  }
  const capital = (s) => (s ? s[0].toUpperCase() + s.slice(1) : s);

  // The end: what is still needed, or the file.
  function end(main, answer) {
    const open = answer.pages.flatMap((p, i) => p.prompts.filter((q) => (q.required && !q.answer) || q.fault).map((q) => [q, i]));
    const says = h("div");
    const faults = answer.faults ?? [];
    const finish = async () => {
      try {
        const { left } = await ask("interview.finish");
        desk.go("todo", { fresh: true, left: left ?? [] });
      } catch (e) { says.replaceChildren(desk.problem(e)); }
    };
    if (open.length > 0) {
      main.append(h("h2", null, "Almost there"), h("p", null, open.length === 1 ? "One answer is still needed before there can be a notice:" : `${open.length} answers are still needed before there can be a notice:`),
        h("ul", { class: "plain" }, open.map(([q, i]) => h("li", { class: "card onward" }, h("p", null, q.text, q.fault && h("span", { class: "fault-says" }, " " + q.fault)), button("Answer it", () => desk.go("interview", { page: i }), "", { "aria-label": "Answer it: " + q.text })))));
    } else {
      const unknown = answer.pages.flatMap((p) => p.prompts).filter((q) => q.answer === "unknown").length;
      main.append(box("good", "That is all.", h("p", null, unknown > 0 ? `${many(unknown, "answer is", "answers are")} not known yet. That is honest, and the notice says so. The desk makes a sheet for each person who may know.` : "Now the desk can make your first notice.")));
      const skipped = answer.pages.flatMap((p, i) => p.prompts.filter((q) => !q.answer).map((q) => [q, i]));
      if (skipped.length > 0) main.append(h("details", { class: "card" }, h("summary", null, skipped.length === 1 ? "One question has no answer yet. It counts as not known." : `${skipped.length} questions have no answer yet. They count as not known.`),
        h("ul", { class: "plain" }, skipped.map(([q, i]) => h("li", { class: "onward" }, h("p", null, q.text), button("Answer it", () => desk.go("interview", { page: i }), "", { "aria-label": "Answer it: " + q.text }))))));
    }
    if (faults.length > 0) main.append(box("warn", "This does not fit together yet.", h("ul", null, faults.map((f) => h("li", null, f.text, f.hint && " " + f.hint)))));
    main.append(says, h("div", { class: "row" }, button("Back to the questions", () => desk.go("interview", { page: Math.max(0, answer.pages.length - 1) })), button("Make my notice", finish, "primary", { disabled: open.length > 0 || answer.finish === false })));
  }
}
