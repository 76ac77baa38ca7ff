// The shell of the desk: the list of screens, the way from one to the other, saving, undoing, and what is said aloud.
(() => {
  const $ = (name) => document.getElementById(name);

  // The screens in the order of the work. A name that no file registered is left out.
  const groups = [
    ["Answer", ["todo", "asking", "adding"]],
    ["Read", ["notice", "exposure", "timeline", "whatif"]],
    ["Words", ["languages", "counsel"]],
    ["Hand over", ["give", "changed"]],
  ];

  let now = ""; // the screen that is shown
  let given = null; // what the next screen is given
  let asked = 0; // counts the screens shown, so that a slow answer does not draw over a later screen

  // say says a sentence aloud, and shows nothing.
  let quiet;
  desk.say = (sentence) => {
    clearTimeout(quiet);
    $("live").textContent = "";
    quiet = setTimeout(() => { $("live").textContent = sentence; }, 60);
  };

  // problem shows what went wrong: what the core refused, or a fault of ours.
  desk.problem = (e) => {
    const known = e instanceof Refusal;
    const says = known ? e.message : "This is a fault of ours, and nothing of yours is lost.";
    const hint = known ? e.hint : "Save your work, and open the page again. Tell those who gave you this page: " + (e?.message ?? e);
    return h("div", { class: "box bad", role: "alert" }, h("p", { class: "box-title" }, says), hint && h("p", null, hint));
  };

  // go leads to a screen. args are kept in memory only: the address names the screen and nothing else.
  desk.go = (name, args = {}) => {
    given = args;
    if (location.hash === "#" + name) show(name);
    else location.hash = name;
  };

  // again draws the screen that is shown once more, without moving the focus to its heading.
  desk.again = (args) => show(now, args, false);
  desk.now = () => now;

  async function show(name, args = given, focus = true) {
    given = null;
    if (!Object.hasOwn(screens, name)) name = "start";
    const screen = screens[name];
    const mine = ++asked;
    now = name;
    closeMenu();
    mark();
    const title = h("h1", { tabindex: "-1", id: "title" }, screen.title);
    const place = h("div", { class: "screen", id: "screen-" + name });
    const lead = screen.lead && h("p", { class: "lead" }, screen.lead);
    $("main").className = screen.wide ? "wide" : "";
    $("main").replaceChildren(...[title, lead, place].filter(Boolean));
    document.body.dataset.screen = name;
    head();
    if (focus) {
      scrollTo(0, 0);
      title.focus({ preventScroll: true });
    }
    if (screen.needs === "program" && !desk.state.open) {
      place.append(box("note", "No program is open yet.", h("p", null, "Open your file, or begin a new one. This screen then shows it.")), h("div", { class: "row" }, button("Go to the start", () => desk.go("start"), "primary")));
      return;
    }
    const slow = setTimeout(() => {
      if (mine === asked && place.childElementCount === 0) place.append(h("p", { class: "slow" }, desk.ready ? "One moment, please." : "The desk is getting ready. It takes a few seconds. You can stay here."));
    }, 250);
    try {
      await screen.show(place, args ?? {});
    } catch (e) {
      place.append(desk.problem(e));
    } finally {
      clearTimeout(slow);
      place.querySelector(":scope > .slow")?.remove();
    }
  }

  // The title of the window: the screen, the program.
  function head() {
    const program = desk.state.open ? desk.state.program?.name || desk.state.program?.id : "";
    document.title = [screens[now]?.title, program, "Fair Notice"].filter(Boolean).join(" – ");
  }

  // The list of screens.
  const badges = {
    todo: (s) => s.errors + s.warnings,
    asking: (s) => s.questions,
  };
  function list() {
    $("list").replaceChildren(...groups.map(([group, names]) => {
      const there = names.filter((n) => Object.hasOwn(screens, n));
      if (there.length === 0) return "";
      const label = id("group");
      return h("div", null, h("p", { class: "group", id: label }, group), h("ul", { "aria-labelledby": label }, there.map((n) => h("li", null, h("a", { href: "#" + n, data: { to: n } }, h("span", null, screens[n].short ?? screens[n].title), h("span", { class: "badge", hidden: true }))))));
    }).filter(Boolean));
    // A click on the screen that is shown draws it again.
    for (const a of document.querySelectorAll("#list a, #brand a")) a.addEventListener("click", (e) => { if (location.hash === a.hash) { e.preventDefault(); show(a.hash.slice(1)); } });
  }
  function mark() {
    for (const a of document.querySelectorAll("#list a")) {
      if (a.dataset.to === now) a.setAttribute("aria-current", "page");
      else a.removeAttribute("aria-current");
    }
    $("menu").textContent = screens[now] && now !== "start" ? "All screens – this is: " + (screens[now].short ?? screens[now].title) : "All screens";
  }
  function closeMenu() {
    $("menu").setAttribute("aria-expanded", "false");
    $("side").classList.remove("open");
  }
  $("menu").addEventListener("click", () => {
    const open = $("side").classList.toggle("open");
    $("menu").setAttribute("aria-expanded", String(open));
  });
  $("side").addEventListener("keydown", (e) => {
    if (e.key === "Escape" && $("side").classList.contains("open")) { closeMenu(); $("menu").focus(); }
  });

  // The bar: which program, whether it is saved, undo.
  let last = "";
  let where = ""; // where it was saved last, in words
  function bar(s) {
    disk();
    $("program").hidden = $("side").hidden = !s.open;
    $("keep").hidden = !s.open && !s.unsaved;
    $("program").textContent = s.open ? s.program?.name || s.program?.file || "" : "";
    document.body.classList.toggle("open", s.open);
    $("undo").hidden = !s.undo;
    $("undo").textContent = "Undo";
    $("undo").setAttribute("aria-label", s.undo ? "Undo: " + s.undo : "Undo");
    $("undo").title = s.undo ? "Undo: " + s.undo : "";
    const saved = s.unsaved ? "Not saved yet" : where || (desk.saves === "folder" ? "Saved in " + desk.folder : "Nothing to save");
    $("saved").textContent = saved;
    $("saved").className = s.unsaved ? "not" : "";
    $("save").classList.toggle("wanted", s.unsaved);
    if (saved !== last && last) desk.say(saved + ".");
    last = $("keep").hidden ? "" : saved;
    $("ready").textContent = desk.failed ? "The desk could not get ready." : desk.ready ? "" : "The desk is getting ready. You can begin already.";
    for (const [name, count] of Object.entries(badges)) {
      const badge = document.querySelector(`#list a[data-to="${name}"] .badge`);
      if (!badge) continue;
      const n = count(s);
      badge.hidden = !n;
      badge.replaceChildren(String(n), h("span", { class: "unseen" }, " open"));
    }
    head();
  }

  const clock = () => new Date().toTimeString().slice(0, 5);

  // disk says what stands in the way of saving, and what can be done, for as long as it does.
  let refused = null;
  function disk() {
    const d = desk.disk;
    if (d === refused) return;
    refused = d;
    if (d?.saved) where = `${d.says.replace(/\.$/, "")} at ${clock()}`;
    $("disk").replaceChildren(...(d && !d.saved ? [h("div", { class: "box bad", role: "alert" }, h("p", { class: "box-title" }, d.says), d.hint && h("p", null, d.hint),
      h("div", { class: "row" }, (d.can ?? []).map((c) => button(c.label, async () => {
        try {
          const { files = [] } = await ask(c.op);
          await desk.again();
          if (files.length > 0) { // a copy, while the folder still waits
            download(files);
            tellWhere(files);
          }
        } catch (e) { tell("That did not work.", desk.problem(e)); }
      }))))] : []));
  }

  // save puts the work down: into the folder, or as a download.
  desk.save = async () => {
    try {
      const answer = await ask("save");
      const files = answer.files ?? [];
      if (desk.disk && !desk.disk.saved) return false;
      if (desk.saves === "folder") {
        where = `Saved in ${desk.folder} at ${clock()}`;
        desk.say(where + ".");
      }
      else if (files.length > 0) {
        download(files);
        where = `Saved as ${files.map((f) => f.name.split("/").pop()).join(" and ")} at ${clock()}`;
        tellWhere(files);
      }
      bar(desk.state);
      return true;
    } catch (e) {
      tell("It is not saved.", desk.problem(e));
      return false;
    }
  };
  function tellWhere(files) {
    const zip = files.some((f) => f.name.endsWith(".zip"));
    tell("Your browser has the file now.",
      h("p", null, "It is called ", h("b", null, files.map((f) => f.name.split("/").pop()).join(", ")), ". You find it where your browser puts downloads: most often the folder “Downloads”."),
      h("p", null, zip ? "It holds the program file and what belongs to it. Next time, open this same file here. You need not unpack it." : "Next time, open this same file here."));
  }

  // tell shows a message over the page, which Escape or its button closes. buttons: [text, kind] pairs; it gives the text that was chosen.
  function tell(title, content, ...rest) {
    let buttons = rest.filter(Array.isArray);
    const more = rest.filter((r) => !Array.isArray(r));
    if (buttons.length === 0) buttons = [["Close"]];
    return new Promise((resolve) => {
      const label = id("dialog");
      const d = h("dialog", { "aria-labelledby": label }, h("h2", { id: label, tabindex: "-1" }, title), content, more);
      d.append(h("div", { class: "row" }, buttons.map(([text, kind], i) => button(text, () => d.close(text), kind ?? (i === 0 ? "primary" : "")))));
      d.addEventListener("close", () => { d.remove(); resolve(d.returnValue); });
      document.body.append(d);
      d.showModal();
      d.querySelector("h2").focus();
    });
  }
  desk.tell = tell;

  $("save").addEventListener("click", () => desk.save());
  $("undo").addEventListener("click", async () => {
    const what = desk.state.undo;
    try {
      await ask("undo");
      desk.say("Undone: " + what + ".");
      await desk.again();
      if ($("undo").hidden) $("title").focus({ preventScroll: true });
    } catch (e) {
      tell("It is not undone.", desk.problem(e));
    }
  });
  addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "s" && (desk.state.open || desk.state.unsaved)) {
      e.preventDefault();
      desk.save();
    }
  });
  addEventListener("beforeunload", (e) => {
    if (desk.state.unsaved) e.preventDefault();
  });

  // leave asks what to do with unsaved work before another program is opened: true means go on.
  desk.leave = async () => {
    if (!desk.state.unsaved) return true;
    const chosen = await tell("Your changes are not saved yet.", h("p", null, "If you go on, another program is opened, and these changes are lost."), ["Save first", "primary"], ["Go on without saving"], ["Stay here"]);
    if (chosen === "Save first") return desk.save();
    return chosen === "Go on without saving";
  };

  // open opens what somebody chose or dropped: one file, several, or a folder.
  desk.open = async (files) => {
    if (!(await desk.leave())) return;
    desk.say("Opening.");
    where = "";
    const { go } = await ask("start.open", { files: await read(files) });
    desk.go(go || "todo");
  };

  // Dropping works everywhere: a screen that knows what to do with a file gets it, else it is opened.
  let over = 0;
  const holds = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragenter", (e) => { if (holds(e)) { e.preventDefault(); over++; $("drop").hidden = false; } });
  addEventListener("dragover", (e) => { if (holds(e)) e.preventDefault(); });
  addEventListener("dragleave", (e) => { if (holds(e) && --over <= 0) { over = 0; $("drop").hidden = true; } });
  addEventListener("drop", async (e) => {
    if (!holds(e)) return;
    e.preventDefault();
    over = 0;
    $("drop").hidden = true;
    try {
      const files = await dropped(e.dataTransfer);
      if (files.length === 0) return;
      const screen = screens[now];
      await (screen.drop && (!screen.needs || desk.state.open) ? screen.drop(files) : desk.open(files));
    } catch (e) {
      tell("This could not be opened.", desk.problem(e));
    }
  });

  // dropped lists what was dropped, and what is in dropped folders.
  async function dropped(data) {
    const entries = [...data.items].map((i) => i.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.length === 0) return [...data.files];
    const out = [];
    const walk = async (entry) => {
      if (out.length > 2000) return;
      if (entry.isFile) {
        const file = await new Promise((yes, no) => entry.file(yes, no));
        out.push({ name: file.name, path: entry.fullPath.replace(/^\//, ""), file });
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((yes, no) => reader.readEntries(yes, no));
        if (some.length === 0) return;
        for (const s of some) await walk(s);
      }
    };
    for (const entry of entries) await walk(entry);
    return out;
  }

  addEventListener("hashchange", () => show(location.hash.slice(1)));
  desk.begin = () => {
    list();
    desk.onState(bar);
    show(location.hash.slice(1) || "start", {}, location.hash.length > 1);
    // The first screen is on the glass before the core is fetched.
    requestAnimationFrame(() => setTimeout(async () => {
      await desk.connect(connect());
      if (desk.failed || desk.saves !== "folder") return;
      await ask("state");
      // A page that was loaded anew shows again what lies on the desk.
      if (now === "start" ? desk.state.open || desk.programs.length > 0 : screens[now].needs && desk.state.open) show(now, {}, false);
    }, 0));
  };
})();
