// The notice, as people will read it on a phone: one language, or two side by side. A click on a sentence shows what it comes from: the
// answer, which can be changed there, and the law in its own words.
(() => {
  // What is kept while the page is open: which notice, which languages, and the older file for what changed.
  const look = { kind: "before", languages: ["en", ""], since: null };
  desk.onOther(() => { look.since = null; });
  let drawn = {}; // by language: what was drawn last, to see what changed

  // things puts the runs of a value together: what stands beside a run is shown with it, in brackets.
  function things(value) {
    const out = [];
    for (const run of value.runs ?? (value.text ?? []).map((text) => ({ text, dir: "auto" }))) {
      const bdi = h("bdi", { dir: run.dir === "ltr" ? "ltr" : "auto", lang: run.lang || null, class: run.href ? "leads" : null }, run.text);
      if (run.beside && out.length > 0) out.at(-1).push(" (", bdi, ")");
      else out.push([bdi]);
    }
    return out;
  }

  // spoken is a sentence with its values, as one text.
  function spoken(s) {
    return [s.text, ...(s.values ?? []).map((v) => (v.label ? v.label + ": " : "") + (v.text ?? []).join(", "))].join(" ");
  }

  const colon = (tag) => (/^(zh|ja)/.test(tag) ? "：" : tag.startsWith("fr") ? "\u00a0: " : ": ");
  const width = (list) => [...list.map((t) => t.map((p) => p.textContent ?? p).join("")).join("")].length;
  const between = (list) => list.flatMap((t, i) => (i > 0 ? [" · ", ...t] : t));

  // said draws a sentence with its values, laid out as the notice itself is: one short value stands on the line, more below. All of it is
  // inside a button, so it is made of spans.
  function said(s, key, tag) {
    const values = (s.values ?? []).map((v) => ({ label: v.label, kind: v.kind, list: things(v) })).filter((v) => v.list.length > 0);
    const all = values.flatMap((v) => v.list);
    const gap = /^(zh|ja)/.test(tag) ? "" : " ";
    const leads = /[:：]\s*$/.test(s.text);
    const text = h("span", { class: "st-text" }, s.text);
    const below = (v) => (v.list.length > 1 && width(v.list) > 60
      ? [v.label && h("span", { class: "st-more" }, v.label + colon(tag).trimEnd()), v.list.map((t) => h("span", { class: "st-item" }, t))]
      : h("span", { class: "st-more" }, v.label && v.label + colon(tag), between(v.list)));
    if (all.length === 0) return text;
    if (all.length === 1 && (key || leads || width(all) <= 60)) {
      const [v] = values;
      if (!leads && key && ["date", "dates"].includes(v.kind)) return [text, gap, "(", all[0], ")"];
      if (leads || !v.label || key && ["phone", "url"].includes(v.kind)) return [text, gap, all[0]];
      return [text, gap, v.label + colon(tag), all[0]];
    }
    if (!leads && key && values.length === 1 && ["date", "dates"].includes(values[0].kind)) return [text, gap, between(values[0].list)];
    if (!leads) return [text, values.map(below)];
    const [first, ...rest] = values;
    return [text, first.list.length === 1 ? [gap, first.list[0]] : first.list.map((t) => h("span", { class: "st-item" }, t)), rest.map(below)];
  }

  function headed(tag, heading, values, props = {}) {
    const list = (values ?? []).flatMap(things);
    return h(tag, props, heading, list.length > 0 && [/[?؟？:：]$/.test(heading) ? " " : ": ", list.flatMap((t, i) => (i > 0 ? [" · ", ...t] : t))]);
  }

  const flat = (n) => n.sections.flatMap((s) => s.groups.flatMap((g) => g.statements));
  const print = (s) => JSON.stringify([s.text, s.values]);

  // differs says what is otherwise than in the notice that was drawn before: ids that are new or changed, and sentences that are gone.
  function differs(before, now) {
    const was = new Map(flat(before).map((s) => [s.id, s]));
    const is = new Map(flat(now).map((s) => [s.id, s]));
    return {
      fresh: new Set([...is.keys()].filter((k) => !was.has(k))),
      changed: new Set([...is.keys()].filter((k) => was.has(k) && print(was.get(k)) !== print(is.get(k)))),
      gone: [...was.values()].filter((s) => !is.has(s.id)),
    };
  }

  // phone draws one notice in a frame as wide as a phone: of each part first the answer, and the rest in a fold, as people see it. update
  // draws another state of the same notice: parts in which nothing is otherwise stay as they are, so that a change is seen at once.
  function phone(n, diff, choose, open) {
    let stops = []; // what the arrow keys lead to: sentences and folds
    const sentence = (s, key) => {
      const mark = diff?.fresh.has(s.id) ? "new" : diff?.changed.has(s.id) ? "changed" : "";
      const b = h("button", { type: "button", class: "st", tabindex: "-1", data: { id: s.id }, "aria-pressed": "false", on: { click: () => choose(s, self.notice, b) } }, said(s, key, n.language));
      const office = s.office && h("span", { class: "st-office", lang: "en", dir: "ltr" }, "the office’s own words");
      return h("div", { class: "st-row" + (mark ? " st-" + mark : "") }, mark && h("span", { class: "st-mark", lang: "en", dir: "ltr" }, mark), b, office);
    };
    // One stop is in the tab order; the arrow keys go on from there, past what is folded.
    let at = 0;
    const seen = (e) => { const fold = e.closest("details"); return !fold || fold.open || e.matches("summary"); };
    function roam(to) {
      stops[at]?.setAttribute("tabindex", "-1");
      at = to;
      stops[at]?.setAttribute("tabindex", "0");
    }
    const next = (from, step) => {
      for (let i = from + step; i >= 0 && i < stops.length; i += step) if (seen(stops[i])) return i;
      return from;
    };
    const keys = (e) => {
      if (e.ctrlKey || e.altKey || e.metaKey) return;
      const many = (step) => { let to = at; for (let i = 0; i < 10; i++) to = next(to, step); return to; };
      const to = { ArrowDown: () => next(at, 1), ArrowUp: () => next(at, -1), Home: () => 0, End: () => next(stops.length, -1), PageDown: () => many(1), PageUp: () => many(-1) }[e.key]?.();
      if (to === undefined) return;
      e.preventDefault();
      roam(to);
      stops[at].focus();
    };
    const group = (g, list, key) => [g.heading && list.length > 0 && headed("h4", g.heading, g.values), list.map((st) => sentence(st, key))];
    const section = (s) => {
      const key = s.layer === 1;
      const head = headed("h3", s.heading, s.values);
      if (key) return h("section", { class: "ph-key" }, head, s.groups.map((g) => group(g, g.statements, true)));
      const from = s.groups.findIndex((g) => g.statements.length > 0);
      if (from < 0) return h("section", { class: "ph-part" }, head);
      const first = sentence(s.groups[from].statements[0]);
      const rest = s.groups.slice(from).map((g, i) => ({ ...g, statements: i === 0 ? g.statements.slice(1) : g.statements })).filter((g) => g.statements.length > 0);
      const size = rest.reduce((sum, g) => sum + g.statements.length, 0);
      if (size === 0) return h("section", { class: "ph-part" }, head, first);
      const fold = h("summary", { tabindex: "-1" }, h("span", { lang: "en", dir: "ltr" }, many(size, "more sentence")), h("span", { class: "unseen" }, " – " + s.heading));
      const details = h("details", { data: { part: s.id }, open: open.has(s.id) }, fold, rest.map((g) => group(g, g.statements)));
      if (details.querySelector(".st-mark")) details.open = true;
      details.addEventListener("toggle", () => { if (details.open) open.add(s.id); else open.delete(s.id); });
      return h("section", { class: "ph-part" }, head, first, details);
    };
    // parts are the sections as they are drawn, each with what it says.
    let parts = [];
    const whole = h("div", null);
    const top = () => JSON.stringify([n.name, n.title, n.date, n.office]);
    function fillIn() {
      const was = new Map(parts.filter((p) => !p.element.querySelector(".st-mark")).map((p) => [p.says, p.element]));
      parts = n.sections.map((s) => {
        const says = JSON.stringify(s);
        const element = was.get(says) ?? section(s);
        was.delete(says);
        return { says, element };
      });
      const stay = new Set(parts.map((p) => p.element));
      for (const e of [...whole.children]) if (!stay.has(e)) e.remove();
      parts.forEach((p, i) => { // what stays is not moved: it keeps the focus and its place
        if (whole.children[i] !== p.element) whole.insertBefore(p.element, whole.children[i] ?? null);
      });
      const here = stops[at];
      stops = [...whole.querySelectorAll("button.st, summary")];
      at = Math.max(0, stops.indexOf(here));
      for (const e of stops) if (e.getAttribute("tabindex") !== "-1") e.setAttribute("tabindex", "-1");
      roam(at);
    }
    fillIn();
    const frame = h("div", { class: "phone", lang: n.language, dir: n.dir, role: "group", "aria-label": `The notice in ${n.english}. Arrow keys go from sentence to sentence, Enter shows where one comes from.`, on: { keydown: keys } },
      h("p", { class: "ph-program" }, h("bdi", null, n.name)),
      h("h2", { class: "ph-title" }, n.title),
      h("p", { class: "ph-small" }, h("bdi", null, n.date)),
      n.office && h("p", { class: "ph-small" }, n.office),
      whole);
    frame.addEventListener("focusin", (e) => { const i = stops.indexOf(e.target); if (i >= 0) roam(i); });
    frame.addEventListener("scroll", () => { self.at = frame.scrollTop; }, { passive: true }); // asked then, it would cost a layout
    const self = {
      at: 0,
      frame, notice: n,
      get buttons() { return stops.filter((e) => e.localName === "button"); },
      // update says whether it could.
      update(now, otherwise) {
        const was = top();
        [n, diff] = [now, otherwise];
        if (now.language !== self.notice.language || top() !== was) return false;
        self.notice = now;
        fillIn();
        return true;
      },
      press(id) {
        let found = null;
        for (const b of self.buttons) {
          const is = b.dataset.id === id;
          if (b.getAttribute("aria-pressed") !== String(is)) b.setAttribute("aria-pressed", String(is));
          if (is) found = b;
        }
        if (found) {
          const fold = found.closest("details");
          if (fold) fold.open = true;
          roam(stops.indexOf(found));
        }
        return found;
      },
    };
    return self;
  }

  // listen is the button that reads one notice aloud, and says with which voice.
  function listen(p) {
    const says = h("p", { class: "small ph-voice", role: "status" });
    let on = false;
    const b = button("Read aloud", async () => {
      if (on) { aloud.stop(); return; }
      const n = p.notice;
      const voice = await aloud.find(n.language);
      if (!voice) {
        fill(says, `This device has no voice of its own for ${n.english}. Voices that send the words elsewhere are not used. `,
          button("Save the text for somebody to read aloud", async () => {
            try {
              const made = await ask("give.make", { what: "read-aloud", language: n.language });
              download(made.files);
              desk.say("The text is saved.");
            } catch (e) { fill(says, desk.problem(e)); }
          }, "quiet"));
        return;
      }
      on = true;
      b.textContent = "Stop reading";
      says.textContent = `Read by “${voice.name}”, a voice of this device. Nothing is sent.`;
      const list = flat(n);
      const texts = [n.title, ...list.map(spoken)];
      await aloud.read(texts, voice, (i) => {
        p.frame.querySelector(".st-reading")?.classList.remove("st-reading");
        const s = p.buttons[i - 1];
        if (!s) return;
        const fold = s.closest("details");
        if (fold) fold.open = true;
        s.classList.add("st-reading");
        s.scrollIntoView({ block: "nearest" });
      });
      on = false;
      b.textContent = "Read aloud";
      p.frame.querySelector(".st-reading")?.classList.remove("st-reading");
    });
    return h("div", { class: "ph-listen" }, b, says);
  }

  // answerCard is one answer that a sentence rests on, with the form to change it.
  function answerCard(a, changed) {
    const place = h("div");
    const from = [
      a.source && h("span", null, "From: ", h("bdi", null, a.source), ". "),
      a.by && h("span", null, "Said by ", h("bdi", null, a.by), a.on && [" on ", h("bdi", null, a.on)], ". "),
      a.confidence && h("span", null, a.confidence + " "),
      (a.asked ?? []).map((t) => h("span", null, t + " ")),
      a.disputed && h("span", null, "Another source says otherwise. "),
      a.line > 0 && h("span", null, `Line ${a.line} of your file.`),
    ].flat().filter(Boolean);
    const close = () => { fill(place); b.hidden = false; b.focus(); };
    const b = button("Change this answer", async () => {
      try {
        const fact = await ask("fact", { path: a.path });
        const form = desk.factForm(fact, { done: (set, pressed) => changed(set, pressed, a), cancel: close, asked: changed.ahead });
        b.hidden = true;
        fill(place, form);
        form.begin();
      } catch (e) {
        fill(place, desk.problem(e));
      }
    }, "", { "aria-label": "Change this answer: " + a.label, data: { path: a.path } });
    return h("li", { class: "why-answer", data: { path: a.path } },
      h("p", { class: "why-asked" }, a.label, a.about && h("span", { class: "small" }, " ", h("bdi", null, a.about))),
      h("p", { class: "why-says" + (a.unknown ? " unknown" : "") }, h("bdi", null, a.value)),
      from.length > 0 && h("p", { class: "small" }, from),
      a.editable ? h("div", { class: "row" }, b) : "", place);
  }

  function lawCard(l) {
    return h("li", { class: "why-law" }, h("p", { class: "why-asked" }, h("bdi", null, l.title)),
      l.words ? h("blockquote", { lang: "en", dir: "ltr" }, l.words) : h("p", { class: "unknown" }, "Nobody who wrote this has read its words."),
      h("p", { class: "small" }, h("bdi", null, l.citation), ". ", l.stands && [h("bdi", null, l.stands), " "], l.checked && [l.checked, " "], l.confidence && l.confidence + " ",
        l.url && h("a", { href: l.url, rel: "noreferrer noopener", target: "_blank" }, "Where it was read", h("span", { class: "unseen" }, " (opens a website)"))));
  }

  screens.notice = {
    title: "The notice",
    lead: "This is what people read. Choose a sentence to see what it comes from, and to change your answer.",
    wide: true,
    needs: "program",
    async show(main, args) {
      const state = desk.state;
      if (args.kind) look.kind = args.kind;
      if (args.language) look.languages = [args.language, look.languages[1] === args.language ? "" : look.languages[1]];
      if (!state.kinds.some((k) => k.id === look.kind)) look.kind = state.kinds[0]?.id ?? "before";
      const tags = state.languages.map((l) => l.tag);
      if (!tags.includes(look.languages[0])) look.languages[0] = tags.includes("en") ? "en" : tags[0] ?? "en";
      if (!tags.includes(look.languages[1])) look.languages[1] = "";
      drawn = {};

      const pick = (label, list, change) => {
        const select = h("select", { id: id("pick"), on: { change: () => change(select.value) } }, list);
        return h("div", { class: "pick" }, h("label", { for: select.id }, label), select);
      };
      const kinds = pick("Which notice", state.kinds.map((k) => h("option", { value: k.id, selected: k.id === look.kind }, k.title)), (v) => { look.kind = v; close(false); draw(); });
      const one = pick("Language", state.languages.map((l) => tongue(l, look.languages[0])), (v) => { look.languages[0] = v; draw(); });
      const two = pick("Beside it", [h("option", { value: "" }, "No other language"), state.languages.map((l) => tongue(l, look.languages[1]))], (v) => { look.languages[1] = v; draw(); });
      const older = h("div", { class: "pick", hidden: true });
      older.append(...chooser("Choose the older file", async (files) => { [look.since] = await read(files); draw(); }, { accept: ".yaml,.yml,.txt,.zip" }));
      const phones = h("div", { class: "phones" });
      const panel = h("section", { class: "panel", "aria-label": "Where the sentence comes from", hidden: true });
      const news = h("div", { class: "news" }); // what the last change did
      const stage = h("div", { class: "stage" }, phones, panel);
      main.append(h("div", { class: "picks" }, kinds, one, two, older), stage);

      let shown = []; // the phones
      const open = new Set(); // the parts that are unfolded
      let chosen = null; // {s, n}: the sentence in the panel

      // draw asks for the notices and shows them; after a change it marks what is otherwise.
      let drawnAs = ""; // the kind of the notices that are shown
      let ahead = null; // the notices, asked for while an answer is still being changed
      const asking = () => {
        const languages = [look.languages[0], look.languages[1]].filter((t, i, all) => t && all.indexOf(t) === i);
        const asks = { kind: look.kind, languages };
        if (look.kind === "what-changed" && look.since) asks.since = look.since;
        return ask("notice", asks);
      };
      changed.ahead = () => { ahead = asking(); ahead.catch(() => {}); };

      async function draw(marked) {
        older.hidden = look.kind !== "what-changed";
        let answer;
        try {
          answer = await ((marked && ahead) || asking());
          ahead = null;
        } catch (e) {
          fill(phones, desk.problem(e));
          return null;
        }
        if (answer.cannot || answer.notices.length === 0 && !answer.closed?.length) {
          shown = [];
          fill(phones, box("bad", "There is no notice yet.", h("p", null, answer.cannot || "Look under “To do”."), h("div", { class: "row" }, button("Go to “To do”", () => desk.go("todo"), "primary"))));
          return null;
        }
        const diffs = {};
        for (const n of answer.notices) {
          const key = look.kind + " " + n.language;
          if (marked && drawn[key]) diffs[n.language] = differs(drawn[key], n);
          drawn[key] = n;
        }
        stage.classList.toggle("two", Boolean(look.languages[1]) && look.languages[1] !== look.languages[0]);
        const stays = marked && !answer.closed?.length && shown.length === answer.notices.length && shown.every((p, i) => p.frame.isConnected && drawnAs === look.kind && p.update(answer.notices[i], diffs[p.notice.language]));
        drawnAs = look.kind;
        if (stays) {
          aloud.stop(); // what is being read is no longer so
          if (chosen) for (const p of shown) p.press(chosen.s.id);
          return diffs;
        }
        const scroll = Object.fromEntries(shown.map((p) => [p.notice.language, p.at]));
        shown = answer.notices.map((n) => phone(n, diffs[n.language], choose, open));
        fill(phones, ...shown.map((p) => h("div", { class: "ph" },
          h("div", { class: "ph-head" }, h("p", { class: "ph-own" }, h("bdi", { lang: p.notice.language }, p.notice.own), p.notice.own === p.notice.english ? "" : ` – ${p.notice.english}`),
            h("p", { class: "ph-state" }, p.notice.draft ? "Draft. Nobody has reviewed these words." : p.notice.reviewed ?? ""), listen(p)),
          p.frame)),
        ...(answer.closed ?? []).map((c) => {
          const l = state.languages.find((x) => x.tag === c.tag);
          return h("div", { class: "ph" }, box("warn", `There is no notice in ${l?.english ?? c.tag} yet.`, h("p", null, c.why), h("div", { class: "row" }, button("Go to “Languages”", () => desk.go("languages", { tag: c.tag })))));
        }));
        for (const p of shown) if (scroll[p.notice.language]) p.frame.scrollTop = scroll[p.notice.language];
        if (chosen) for (const p of shown) p.press(chosen.s.id);
        return diffs;
      }

      // choose opens the panel for a sentence.
      async function choose(s, n, from) {
        fill(news);
        chosen = { s, n, from };
        for (const p of shown) {
          const b = p.press(s.id);
          if (b && b !== from) b.scrollIntoView({ block: "nearest" });
        }
        await explain(true);
      }

      async function explain(focus) {
        const { s, n } = chosen;
        let why;
        try {
          why = await ask("why", { kind: look.kind, language: n.language, statement: s.id, since: look.kind === "what-changed" ? look.since : undefined });
        } catch (e) {
          panel.hidden = false;
          fill(panel, h("h2", { tabindex: "-1" }, "Where it comes from"), desk.problem(e));
          return;
        }
        const title = h("h2", { tabindex: "-1", lang: n.language, dir: n.dir }, "“", h("bdi", null, why.text ?? s.text), "”");
        fill(panel, 
          h("div", { class: "panel-head" }, h("p", { class: "small" }, `Sentence ${s.number}`), button("Close", () => close(true), "quiet", { "aria-label": "Close: where the sentence comes from" })),
          news, title,
          why.english && n.language !== "en" ? h("p", { class: "small", lang: "en", dir: "ltr" }, "In English: ", h("bdi", null, why.english)) : "",
          why.office ? box("note", "These are the office’s own words.", h("p", null, "Ours would be: ", h("bdi", null, why.office.ours)), h("p", { class: "small" }, `Decided by ${why.office.decided_by} on ${why.office.decided_on}. ${why.office.why}`)) : "",
          h("h3", null, "What you answered"),
          why.answers?.length ? h("ul", { class: "plain why-answers" }, why.answers.map((a) => answerCard(a, changed))) : h("p", null, "It rests on no answer of yours."),
          why.laws?.length ? [h("h3", null, why.laws.length === 1 ? "The law, in its own words" : "The laws, in their own words"), h("ul", { class: "plain why-laws" }, why.laws.map(lawCard))] : "",
          why.rules?.length || why.covers?.length ? h("details", null, h("summary", null, "Why it is said"),
            why.rules?.length ? h("ul", null, why.rules.map((r) => h("li", null, r))) : "",
            why.covers?.length ? [h("p", { class: "label" }, "It answers these points of the checklist:"), h("ul", null, why.covers.map((c) => h("li", null, c.title, " ", h("span", { class: "small" }, `[${c.id}]`))))] : "") : "");
        const was = panel.hidden;
        panel.hidden = false;
        panel.scrollTop = 0;
        if (!focus) return;
        title.focus({ preventScroll: true });
        if (was) for (const p of shown) p.press(s.id)?.scrollIntoView({ block: "nearest" });
      }

      // changed draws the notice again after an answer was changed, marks what is otherwise, and says it.
      async function changed(set, pressed, answer) {
        const diffs = await draw(true);
        const took = performance.now() - pressed;
        const d = diffs?.[chosen.n.language];
        main.dataset.took = String(Math.round(took)); // from the key press to the new notice, in milliseconds
        const parts = [];
        if (d) {
          if (d.changed.size) parts.push(many(d.changed.size, "sentence has", "sentences have") + " changed");
          if (d.fresh.size) parts.push(`${d.fresh.size} ${d.fresh.size === 1 ? "is" : "are"} new`);
          if (d.gone.length) parts.push(`${d.gone.length} ${d.gone.length === 1 ? "is" : "are"} gone`);
        }
        const sentence = parts.length > 0 ? parts.join(", ") + "." : diffs ? "No sentence of this notice has changed." : "";
        const first = d && flat(shown.find((p) => p.notice.language === chosen.n.language).notice).find((s) => d.changed.has(s.id) || d.fresh.has(s.id));
        fill(news, h("div", { class: "box good" }, h("p", { class: "box-title" }, "Changed. " + sentence),
          set.note && h("p", null, set.note), (set.also ?? []).map((t) => h("p", null, t)),
          d?.gone.length ? h("details", { open: d.gone.length <= 3 }, h("summary", null, "What is gone"), h("ul", { class: "gone", lang: chosen.n.language, dir: chosen.n.dir }, d.gone.map((s) => h("li", null, h("del", null, h("bdi", null, s.text)))))) : "",
          set.changed?.lines?.length ? h("div", { class: "row" }, button("What changed in your file", () => desk.tell("What changed in your file", lines(set.changed.lines)), "quiet")) : ""));
        desk.say(sentence || "The answer is changed.");
        // The sentence in the panel may be gone: then the panel follows the first that changed.
        const here = shown.find((p) => p.notice.language === chosen.n.language);
        const same = here && flat(here.notice).find((s) => s.id === chosen.s.id) || first;
        if (same && here) {
          chosen = { s: same, n: here.notice, from: here.press(same.id) };
          for (const p of shown) { // what is otherwise is in sight
            const b = p.frame.querySelector(".st-changed, .st-new");
            if (b && p.frame.scrollHeight > p.frame.clientHeight) p.frame.scrollTop = b.offsetTop - p.frame.clientHeight / 3;
          }
          await explain(false);
          const again = panel.querySelector(`button[data-path="${CSS.escape(answer.path)}"]`);
          (again ?? panel.querySelector("h2"))?.focus({ preventScroll: true });
        } else {
          fill(panel, h("div", { class: "panel-head" }, h("p", { class: "small" }, "Your change"), button("Close", () => close(true), "quiet")), news);
          panel.querySelector("button").focus({ preventScroll: true });
        }
      }

      function lines(list) {
        return h("ul", { class: "plain lines" }, list.map((l) => h("li", null, h("p", { class: "small" }, `Line ${l.number}`), l.was !== null && l.was !== undefined ? h("pre", null, h("del", null, l.was)) : "", l.is !== null && l.is !== undefined ? h("pre", null, h("ins", null, l.is)) : "")));
      }

      function close(back) {
        panel.hidden = true;
        fill(panel);
        const from = chosen && shown.find((p) => p.notice.language === chosen.n.language)?.press(chosen.s.id);
        for (const p of shown) p.press("");
        chosen = null;
        if (back) from?.focus();
      }
      panel.addEventListener("keydown", (e) => { if (e.key === "Escape") close(true); });

      await draw();
      // Another screen may lead to one sentence.
      if (args.statement) {
        const p = shown[0];
        const s = p && flat(p.notice).find((x) => x.id === args.statement);
        if (s) {
          const b = p.press(s.id);
          b.scrollIntoView({ block: "center" });
          await choose(s, p.notice, b);
        }
      }
    },
  };
})();
