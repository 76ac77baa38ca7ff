// Give out: four doors, and what is ready behind each.
screens.give = {
  title: "Give out",
  lead: "Choose where it goes. Each file is made on this computer. It is then in your downloads.",
  wide: true,
  needs: "program",
  async show(main) {
    let { doors } = await ask("give");
    const ready = desk.state.languages.filter((l) => l.state !== "held");
    const language = h("select", { id: id("language") }, ready.map((l) => tongue(l, "en")));
    const radios = (legend, choices) => {
      const name = id("choice");
      const set = h("fieldset", { class: "give-choice" }, h("legend", null, legend), choices.map(([value, text], i) => h("label", { class: "check" }, h("input", { type: "radio", name, value, checked: i === 0 }), h("span", null, text))));
      return [set, () => set.querySelector("input:checked").value];
    };
    const [paperSet, paper] = radios("Paper", [["letter", "Letter (United States)"], ["a4", "A4"]]);
    const [qrSet, qr] = radios("What the square code on the poster holds", [["plain", "The key facts as text. A phone shows them without a network."], ["page", "The address of your public page."]]);
    const address = (label, help) => {
      const input = h("input", { type: "text", inputmode: "url", spellcheck: "false", id: id("address"), placeholder: "https://" });
      return [h("div", { class: "pick" }, h("label", { for: input.id }, label), input, h("p", { class: "small" }, help)), () => input.value.trim()];
    };
    const [pageField, page] = address("Address of the notice on your website", "For the square code, and for the text message. Leave it empty if there is none.");
    const [formField, form] = address("Address of the form, if you can only link to it", "For the website and the company. Leave it empty if the notice can stand in the form itself.");
    const any = (key) => doors.some((d) => (d.makes ?? []).some((m) => m[key]));
    if (any("languages") || any("paper") || any("qr") || any("page") || any("form")) {
      main.append(h("div", { class: "card give-for" }, any("languages") && h("div", { class: "pick" }, h("label", { for: language.id }, "Language"), language), any("paper") && paperSet, any("qr") && qrSet, any("page") && pageField, any("form") && formField));
    }
    const place = h("div", { class: "doors" });
    const draw = () => fill(place, doors.map((d) => {
      const says = h("div", { role: "status" });
      const make = (m) => async (e) => {
        const b = e.currentTarget;
        b.disabled = true;
        fill(says, h("p", { class: "slow" }, m.slow ? "It is being made. In a browser that can take half a minute." : "It is being made."));
        try {
          const args = { what: m.what };
          if (m.languages) args.language = language.value;
          if (m.paper) args.paper = paper();
          if (m.qr) args.qr = qr();
          if (m.page) args.page = page();
          if (m.form) args.form = form();
          const a = await ask("give.make", args);
          if (a.files?.length) download(a.files);
          fill(says, box(a.files?.length ? "good" : "warn", a.files?.length ? "Your browser has it now." : "Nothing was made.", a.files?.length ? h("p", null, "Look in your downloads for: ", h("b", null, a.files.map((f) => f.name.split("/").pop()).join(", ")), ".") : "", (a.says ?? []).map((t) => h("p", null, t))));
        } catch (x) { fill(says, desk.problem(x)); }
        b.disabled = false;
        b.focus({ preventScroll: true });
      };
      return h("section", { class: "door" }, h("h2", null, d.title), d.about && h("p", null, d.about),
        d.ready === false || d.why?.length ? box(d.ready === false ? "bad" : "warn", d.ready === false ? "Not ready." : "Look at this first.", (d.why ?? []).map((w) => h("p", null, w)), d.ready === false ? h("div", { class: "row" }, button("Go to “To do”", () => desk.go("todo"))) : "") : "",
        h("ul", { class: "plain makes" }, (d.makes ?? []).map((m) => h("li", null, h("div", null, h("p", { class: "why-asked" }, m.title), m.about && h("p", { class: "small" }, m.about), m.ready === false && m.why ? h("p", { class: "small unready" }, m.why) : ""), button("Make it", make(m), "", { "aria-label": `Make it: ${m.title}`, disabled: m.ready === false })))),
        says);
    }));
    draw();
    main.append(place);
    // What the desk is still looking at is said anew once it has looked, unless something was made meanwhile.
    let waits = desk.state.counting;
    desk.onState(async (s) => {
      if (!waits || s.counting || !place.isConnected) return;
      waits = false;
      if (place.querySelector("[role=status] > *") || place.contains(document.activeElement)) return;
      ({ doors } = await ask("give"));
      draw();
    });
  },
};
