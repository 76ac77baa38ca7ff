// Who can ask: the table of exposure as a picture. Above, who keeps what; below, for each demand and each holder, what stands between.
// Shapes say it beside colours, and words beside shapes. What nobody knows is drawn as that.
(() => {
  const states = {
    kept: "Kept", sent: "Handed over", may_be_sent: "Kept, and perhaps handed over", brief: "There for a short time", unknown: "Nobody knows whether it is kept", none: "Not kept: somebody has checked",
  };
  const order = ["sent", "may_be_sent", "kept", "brief", "unknown", "none"];

  // keeps lists what a holder has of one way to apply, the surest first.
  function keeps(holder, way) {
    const list = holder.keeps.filter((k) => k.way === way);
    const by = order.map((state) => [state, list.filter((k) => k.state === state).flatMap((k) => k.items)]).filter(([, l]) => l.length > 0);
    if (by.length === 0) return h("p", { class: "small" }, "Nothing, as the program file says.");
    return by.map(([state, items]) => h("div", { class: "kept kept-" + state },
      h("p", { class: "kept-state" }, h("span", { class: "swatch", "aria-hidden": "true" }), states[state]),
      h("ul", { class: "items" }, [...new Set(items)].map((i) => h("li", null, h("bdi", null, i))))));
  }

  // strip is the picture of one gate: a way that comes from who asks, the gate, and what lies behind it.
  function strip(g) {
    return h("span", { class: `strip gate-${g.gate}`, "aria-hidden": "true" },
      h("span", { class: "strip-way" }), h("span", { class: "strip-gate" }), h("span", { class: "strip-on" }), h("span", { class: "strip-end" + (g.known === false ? " maybe" : "") }));
  }

  const behind = (g) => (g.all ? "All that is there" : "A part of it") + (g.known ? "" : ", if anything is there") + ".";

  // explain shows everything about one cell.
  function explain(row, holder, gates) {
    return desk.tell(`${row.asks.map((a) => a.name).join(", ")}: what stands between, at ${holder.name}`, h("div", { class: "explain" },
      gates.map((g) => h("section", null,
        h("h3", null, strip(g), g.title),
        h("p", null, g.says),
        g.left && h("p", null, h("b", null, `If the law does not help: ${g.left}.`)),
        g.to.length > 0 && h("details", { open: gates.length > 1 }, h("summary", null, "What lies behind it"), h("ul", null, g.to.map((k) => h("li", null, h("b", null, states[k.state] + ": "), h("bdi", null, k.items.join(", ")), h("span", { class: "small" }, " ", h("bdi", null, k.way), ". How one person’s is found: " + k.picked + "."))))),
        g.told.length > 0 && h("p", { class: "small" }, "Is the person told? " + g.told.join(" ")),
        g.laws.length > 0 && h("p", { class: "small" }, "Laws that were weighed: ", g.laws.map((l, i) => [i > 0 && "; ", h("bdi", null, l.name), l.disputed && " (in dispute)"]), ".")))));
  }

  screens.exposure = {
    title: "Who can ask",
    lead: "Who keeps what, who can ask for it, and what stands between. This is a working paper. It is not for applicants.",
    wide: true,
    needs: "program",
    async show(main) {
      const t = await ask("table");
      if (t.cannot) {
        main.append(box("bad", "There is no picture yet.", h("p", null, t.cannot), h("div", { class: "row" }, button("Go to “To do”", () => desk.go("todo"), "primary"))));
        return;
      }
      const ways = [...new Set(t.holders.flatMap((x) => x.keeps.map((k) => k.way)))];
      let way = "";
      const select = h("select", { id: id("way"), on: { change: () => { way = select.value; draw(); desk.say("The picture shows " + (way || "all ways to apply") + "."); } } },
        h("option", { value: "" }, "All ways to apply"), ways.map((w) => h("option", { value: w }, w)));
      const place = h("div");
      main.append(h("p", { class: "stamp" }, t.stamp, ` As of ${t.day}.`), h("div", { class: "picks" }, h("div", { class: "pick" }, h("label", { for: select.id }, "For people who used"), select)), place);

      function draw() {
        // A gate is drawn if something of the chosen way lies behind it.
        const mine = (c) => c.gates.map((g) => ({ ...g, to: g.to.filter((k) => !way || k.way === way) })).filter((g) => g.to.length > 0)
          .map((g, _, all) => ({ ...g, all: all.length === 1, known: g.to.some((k) => !["unknown", "none"].includes(k.state)) }));
        const head = h("thead", null, h("tr", null, h("th", { scope: "col" }, "Who can ask"), t.holders.map((x) => h("th", { scope: "col" }, h("bdi", null, x.name)))));
        const body = h("tbody", null, t.rows.map((r) => h("tr", null,
          h("th", { scope: "row" }, r.asks.map((a) => h("div", { class: "asker" }, h("p", { class: "asker-name" }, a.name),
            a.came.map((c) => h("p", { class: "came" }, "This has come: ", h("bdi", null, c))),
            a.is && h("p", { class: "small" }, a.is), a.happens && h("p", { class: "small" + (/^Nobody/.test(a.happens) ? " unknown" : "") }, a.happens)))),
          r.cells.map((c, i) => {
            const gates = mine(c);
            const holder = t.holders[i];
            const name = h("p", { class: "cell-at", "aria-hidden": "true" }, h("bdi", null, holder.name));
            if (gates.length === 0) return h("td", null, name, h("p", { class: "small" }, "Nothing of it is here."));
            return h("td", null, name, gates.map((g) => h("div", { class: "gate" }, strip(g), h("p", { class: "gate-title" }, g.title), g.left && h("p", { class: "gate-left" }, "Count it as: " + g.left.toLowerCase() + "."),
              g.gate !== "no_right" && h("p", { class: "small" }, behind(g)))),
              button("Why", () => explain(r, holder, gates), "quiet", { "aria-label": `Why: ${r.asks[0].name}, at ${holder.name}` }));
          }))));
        fill(place, 
          h("h2", { id: "who-keeps" }, "Who keeps what"),
          h("table", { class: "reach keepers", "aria-labelledby": "who-keeps" },
            h("thead", null, h("tr", null, h("th", { scope: "col" }, "Way to apply"), t.holders.map((x) => h("th", { scope: "col" }, h("bdi", null, x.name), h("p", { class: "small" }, x.is), x.notes.map((n) => h("p", { class: "small" + (/^Nobody/.test(n) ? " unknown" : "") }, n)))))),
            h("tbody", null, ways.filter((w) => !way || w === way).map((w) => h("tr", null, h("th", { scope: "row" }, h("p", { class: "asker-name" }, h("bdi", null, w))), t.holders.map((x) => h("td", null, h("p", { class: "cell-at", "aria-hidden": "true" }, h("bdi", null, x.name)), keeps(x, w))))))),
          h("h2", { id: "who-asks" }, "Who can ask, and what stands between"),
          h("details", { class: "key", open: true }, h("summary", null, "How to read it"), h("ul", { class: "plain" }, t.gates.map((g) => h("li", null, strip({ gate: g.gate }), h("p", null, h("b", null, g.title + ". "), g.says)))),
            h("p", null, "Where several gates stand in one field, each is for other records. The one that stops least stands first."),
            h("ul", { class: "plain" }, h("li", null, h("span", { class: "strip", "aria-hidden": "true" }, h("span", { class: "strip-end" })), h("p", null, h("b", null, "A full box. "), "Something is known to be there.")), h("li", null, h("span", { class: "strip", "aria-hidden": "true" }, h("span", { class: "strip-end maybe" })), h("p", null, h("b", null, "A broken box. "), "Nobody knows whether anything is there.")))),
          h("table", { class: "reach", "aria-labelledby": "who-asks" }, head, body),
          t.without.length > 0 && h("div", { class: "box note" }, h("p", { class: "box-title" }, "What needs nobody to ask"), t.without.map((a) => h("p", null, h("b", null, a.name + ". "), a.is, " ", a.happens))));
      }
      draw();
    },
  };

  // Where copies live and when each ends. A length is drawn by steps that grow, for days and years have to fit on one line; the words say
  // the day. What has no known end has none in the picture either.
  const ticks = [[0, "that day"], [30, "30 days"], [365, "1 year"], [2557, "7 years"]];
  const scale = (days) => Math.min(88, 88 * Math.log1p(days / 3) / Math.log1p(7305 / 3)); // 20 years at 88 of 100

  screens.timeline = {
    title: "How long copies stay",
    short: "How long copies stay",
    lead: "Where each copy is, and when it ends. This is a working paper. It is not for applicants.",
    wide: true,
    needs: "program",
    async show(main) {
      const t = await ask("timeline");
      if (t.cannot) {
        main.append(box("bad", "There is no picture yet.", h("p", null, t.cannot), h("div", { class: "row" }, button("Go to “To do”", () => desk.go("todo"), "primary"))));
        return;
      }
      const all = t.tracks.flatMap((r) => r.copies);
      const dark = all.filter((c) => c.end === "unknown").length;
      main.append(h("p", { class: "stamp" }, t.stamp),
        box(dark > 0 ? "warn" : "note", dark > 0 ? `Nobody knows when ${dark} of ${many(all.length, "copy", "copies")} ${dark === 1 ? "ends" : "end"}.` : `Each of ${many(all.length, "copy", "copies")} has an end, or is kept for ever.`, h("p", null, t.clock)),
        ...t.tracks.map((r) => h("section", { class: "track" }, h("h2", null, h("bdi", null, r.way)),
          h("p", { class: "small" }, "For somebody who gave facts on the last day: ", h("bdi", null, r.start), "."),
          h("div", { class: "axis", "aria-hidden": "true" }, ticks.map(([d, text]) => { const e = h("span", null, text); e.style.setProperty("--at", scale(d) + "%"); return e; }), h("span", { class: "axis-end" }, "?")),
          h("ol", { class: "plain copies" }, r.copies.map((c) => {
            const bar = h("span", { class: `bar end-${c.end} after-${c.after} is-${c.state} clock-${c.clock}`, "aria-hidden": "true" }, h("span", { class: "bar-line" }), h("span", { class: "bar-end" }), h("span", { class: "bar-on" }));
            bar.style.setProperty("--to", (c.end === "date" ? Math.max(2, scale(c.days)) : 100) + "%");
            const clock = { stopped: "The clock is stopped now.", unknown: "Nobody knows whether the clock is stopped.", can_stop: "" }[c.clock];
            return h("li", { class: "copy" },
              h("div", { class: "copy-words" }, h("p", { class: "copy-kind" }, c.kind), h("p", { class: "copy-at" }, h("bdi", null, c.holder)), h("p", { class: "small" }, h("bdi", null, c.items.join(", ")))),
              h("div", { class: "copy-time" }, bar,
                h("p", { class: "copy-until" + (c.end === "unknown" ? " unknown" : "") }, { date: c.after === "gone" ? "Ends at the earliest " : "Its time is over at the earliest ", event: "Ends ", never: "Ends: ", unknown: "Ends: " }[c.end], h("bdi", null, c.end === "never" ? "never" : c.end === "unknown" ? c.until.charAt(0).toLowerCase() + c.until.slice(1) : c.until), "."),
                h("p", { class: "small" }, c.says.join(" "), " ", clock && h("span", { class: "clock" }, clock)),
                c.path && (c.end === "unknown" || c.after === "unknown") ? button("Answer this", async () => {
                  try { if (await desk.editorOver(c.path)) { desk.say("The answer is changed."); await desk.again(); } } catch (e) { desk.tell("This cannot be changed here.", desk.problem(e)); }
                }, "quiet", { "aria-label": `Answer this: ${c.kind}, ${c.holder}` }) : ""));
          })))));
    },
  };
})();
