// The first screen: four doors. Each can be used before the core is there; what is asked waits.
screens.start = {
  title: "What would you like to do?",
  short: "Start",
  lead: "Fair Notice helps you tell people, in plain words, what happens to the papers they give you.",
  wide: true,
  drop: (files) => screens.start.open(files),
  show(main) {
    const says = h("div");
    const fail = (e, files = []) => {
      says.replaceChildren(desk.problem(e));
      // A text or a document is most often a notice.
      const [f] = files;
      if (e instanceof Refusal && files.length === 1 && /\.(docx?|odt|pdf|html?|txt|md|rtf)$/i.test(f.name) && !/\.yaml\.txt$/i.test(f.name)) add(says, h("div", { class: "row" }, button(`Judge “${f.name}” as a notice`, () => desk.go("judge", { file: f.file ?? f }))));
      says.scrollIntoView({ block: "nearest" });
    };
    const doing = (text) => { says.replaceChildren(h("p", { class: "slow", role: "status" }, desk.ready ? text : text + " The desk is still getting ready; this goes on by itself.")); };
    const open = (files) => { doing("Opening."); desk.open(files).then(() => says.replaceChildren()).catch((e) => fail(e, files)); };
    screens.start.open = open;
    const example = async () => {
      if (!(await desk.leave())) return;
      doing("Opening CityKey.");
      try {
        await ask("start.example");
        desk.go(Object.hasOwn(screens, "notice") ? "notice" : "todo");
      } catch (e) { fail(e); }
    };
    const one = async (p) => {
      if (!(await desk.leave())) return;
      doing("Opening.");
      try {
        await ask("desk.open", { name: p.name });
        desk.go("todo");
      } catch (e) { fail(e); }
    };
    const fresh = async () => {
      if (await desk.leave()) desk.go("interview", { fresh: true });
    };
    const door = (title, text, ...buttons) => h("section", { class: "door" }, h("h2", null, title), h("p", null, text), h("div", { class: "row" }, buttons));
    const s = desk.state;
    add(main,
      !s.open && s.unsaved ? h("div", { class: "box note onward" }, h("p", null, "Your answers so far are here."), button("Go on with the questions", () => desk.go("interview"), "primary")) : "",
      s.open ? h("div", { class: "box note onward" }, h("p", null, "Open now: ", h("b", null, s.program?.name || s.program?.file || "your program"), "."), button("Go on with it", () => desk.go("todo"), "primary")) : "",
      desk.programs.length > 0 && !(desk.programs.length === 1 && s.open) ? h("section", { class: "card" }, h("h2", null, "In your folder"), h("ul", { class: "plain places" }, desk.programs.map((p) => h("li", { class: "onward" }, h("p", null, p.title || p.name, p.title && p.title !== p.name && h("span", { class: "small" }, " " + p.name)), button("Open it", () => one(p), "", { "aria-label": "Open " + (p.title || p.name) }))))) : "",
      h("div", { class: "doors" },
        door("Begin a new program", "Answer questions about it, a few at a time. You need about 20 minutes. “I do not know” is always an answer.", button("Begin the questions", fresh, s.open || s.unsaved ? "" : "primary")),
        door("Open what you have", "A program file, its folder, or the zip file that you saved here. You can also drop it on this page.", chooser("Choose a file", open, { many: true, accept: ".yaml,.yml,.txt,.zip" }), chooser("Choose a folder", open, { folder: true })),
        door("Try it with CityKey", "A finished example: the city ID card of Chicago. Change what you like. It is only a copy.", button("Open CityKey", example)),
        door("Judge a notice that you have", "Put in the text of a notice. See which of ten basic facts it tells people, and which words hide them.", button("Judge a notice", () => desk.go("judge"))),
      ),
      says,
    );
  },
};
