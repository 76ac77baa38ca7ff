// What a page shows, as a reader would see it. Run in a world of its own, where no script of the page can change what it is told; the
// closed shadow roots come as arguments, because no script can ask for them. Nothing of it is ever sent to a page.
async (step, options, ...roots) => {
  const closed = new Map(roots.map((r) => [r.host, r]));
  const rootOf = (e) => closed.get(e) ?? e.shadowRoot;
  const tidy = (s) => s.replace(/[\s\u00a0]+/g, " ").trim();

  // The flat tree: what is slotted stands where its slot does. over gives the element above; elements and texts are in reading order.
  const over = new Map();
  const elements = [];
  const texts = [];
  const unfolded = []; // elements that are in no closed details: of the rest, no style is ever reckoned
  const speaking = []; // texts in an element that says the language that is asked for
  const mute = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "TEXTAREA", "SELECT", "OBJECT", "IFRAME"]);
  const walk = (node, parent, said, folded) => {
    over.set(node, parent);
    if (node.nodeType === Node.TEXT_NODE) {
      if (!tidy(node.data)) return;
      texts.push(node);
      if (said) speaking.push(node);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    elements.push(node);
    if (!folded) unfolded.push(node);
    if (mute.has(node.tagName)) return;
    said ||= node.getAttribute("lang") === options.lang;
    const shut = node.tagName === "DETAILS" && !node.open;
    const root = rootOf(node);
    const slotted = node.tagName === "SLOT" ? node.assignedNodes() : [];
    for (const child of root ? root.childNodes : slotted.length > 0 ? slotted : node.childNodes) walk(child, node, said, folded || (shut && child.tagName !== "SUMMARY"));
  };
  // A page may have something to do when a fold is opened or closed.
  const settled = () => new Promise((done) => setTimeout(done, 20));
  if (step === "open" && globalThis.opened?.length) {
    for (const d of globalThis.opened.splice(0)) d.open = false; // the language before
    await settled();
  }
  walk(document.documentElement, null, false, false);

  const above = function* (e) {
    for (; e; e = over.get(e)) yield e;
  };
  const inside = (e, outer) => {
    for (const a of above(e)) if (a === outer) return true;
    return false;
  };
  const tagOf = (e) => (e.getAttribute && e.getAttribute("lang")) || "";

  // Beginnings of the notice's sentences: by them its texts are known in any markup.
  const begins = new Set(options.begins ?? []);
  const most = 24;
  const ours = (t) => begins.has([...tidy(t.data)].slice(0, most).join(""));

  // facts: what can be asked of the page as a whole.
  if (step === "facts") {
    const keys = (s) => {
      try {
        return Object.keys(window[s]);
      } catch {
        return [];
      }
    };
    const editions = new Set();
    const note = (s) => {
      for (const id of (s ?? "").match(/ed-[0-9a-f]{12}(?![0-9a-z])/g) ?? []) editions.add(id);
    };
    for (const t of texts) note(t.data);
    // held: a form that its browser does not send without the tick, which stands before the file. (What a script sends is not seen.)
    const held = (e) =>
      e.form && !Element.prototype.hasAttribute.call(e.form, "novalidate") && !elements.some((b) => b.form === e.form && b.hasAttribute("formnovalidate")) &&
      elements.some((t) => t.form === e.form && t.name === "fair_notice_read" && t.type === "checkbox" && t.required && !t.disabled && t.compareDocumentPosition(e) & 4);
    const posted = [];
    const files = [];
    const ticks = [];
    const frames = [];
    for (const e of elements) {
      if (e.tagName === "INPUT" && e.name === "fair_notice_edition") posted.push(e.value);
      if (e.tagName === "INPUT" && e.name === "fair_notice_read") ticks.push(e.type === "checkbox" ? e.checked : true);
      if (e.tagName === "INPUT" && e.type === "file") files.push({ name: e.name || e.id, closed: e.matches(":disabled") || [...above(e)].some((a) => a.inert) || held(e) });
      if (e.tagName === "IFRAME" || e.tagName === "OBJECT") frames.push(e.src || e.data || "");
      if (e.tagName === "SCRIPT" && e.type === "application/json") note(e.textContent);
      for (const a of e.attributes) if (a.name.startsWith("data-")) note(a.value);
    }
    return {
      address: location.href, title: document.title, lang: document.documentElement.lang, own: document.body?.classList.contains("fn-page") ?? false,
      posted, editions: [...editions], files, ticks, frames, storage: [...keys("localStorage"), ...keys("sessionStorage")], texts: texts.map((t) => tidy(t.data)),
    };
  }

  // The shown box of a text; measures are in pixels of the window.
  const boxes = (t) => {
    const r = document.createRange();
    r.selectNodeContents(t);
    return [...r.getClientRects()].filter((b) => b.width > 0 && b.height > 0);
  };
  const styles = new Map();
  const style = (e) => {
    if (!styles.has(e)) styles.set(e, getComputedStyle(e));
    return styles.get(e);
  };
  const clips = (e) => /hidden|clip/.test(style(e).overflowX + style(e).overflowY);
  const scrolls = (e) => /auto|scroll/.test(style(e).overflowX + style(e).overflowY) && (e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth);
  const isRoot = (e) => e === document.documentElement || e === document.body;
  const rootFlow = style(document.documentElement).overflowY === "visible" ? style(document.body).overflowY : style(document.documentElement).overflowY;
  const fixedRoot = /hidden|clip/.test(rootFlow);

  // bring scrolls as a person can: what hides its overflow is not scrolled.
  const bring = (e, at, middle) => {
    for (const a of above(e)) {
      if (isRoot(a) || !scrolls(a)) continue;
      const p = at();
      const b = a.getBoundingClientRect();
      if (p.y < b.top + 4 || p.y > b.top + a.clientHeight - 4) a.scrollTop += p.y - (b.top + a.clientHeight / 2);
      if (p.x < b.left + 4 || p.x > b.left + a.clientWidth - 4) a.scrollLeft += p.x - (b.left + a.clientWidth / 2);
    }
    if (fixedRoot) return;
    const p = at();
    const x = p.x < 0 || p.x >= innerWidth ? p.x - innerWidth / 2 : 0;
    const far = p.y < innerHeight * 0.15 || p.y >= innerHeight * 0.85;
    if (far || middle || x) scrollBy({ left: x, top: middle ? p.y - innerHeight / 2 : far ? p.y - innerHeight * 0.25 : 0, behavior: "instant" });
  };
  const hit = (x, y) => {
    let e = document.elementFromPoint(x, y);
    for (let root = e && rootOf(e); root; root = rootOf(e)) {
      const inner = root.elementFromPoint(x, y);
      if (!inner || inner === e || inner.getRootNode() !== root) break;
      e = inner;
    }
    return e;
  };
  const called = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + [...e.classList].slice(0, 2).map((c) => "." + c).join("");

  // What lies over a page without taking the pointer covers it all the same.
  const undo = [];
  const solid = () => {
    for (const e of unfolded.filter((e) => e.style && getComputedStyle(e).pointerEvents === "none")) {
      const had = e.getAttribute("style");
      e.style.setProperty("pointer-events", "auto", "important");
      undo.push(() => (had === null ? e.removeAttribute("style") : e.setAttribute("style", had)));
    }
    for (const e of unfolded.filter((e) => e.hasAttribute("inert"))) {
      e.removeAttribute("inert");
      undo.push(() => e.setAttribute("inert", ""));
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*::before, *::after { pointer-events: auto !important }");
    for (const root of [document, ...elements.map(rootOf).filter(Boolean)]) {
      const had = [...root.adoptedStyleSheets];
      root.adoptedStyleSheets = [...had, sheet];
      undo.push(() => (root.adoptedStyleSheets = had));
    }
    styles.clear();
  };
  // What an element paints before or after its own text may lie over it, and no point tells.
  const painted = (e) =>
    ["::before", "::after"].find((part) => {
      const s = getComputedStyle(e, part);
      return s.content !== "none" && s.content !== "normal" && /absolute|fixed/.test(s.position) && (s.backgroundImage !== "none" || colour(s.backgroundColor)[3] > 0);
    });

  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const colour = (css) => {
    if (!colours.has(css)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = css;
      brush.fillRect(0, 0, 1, 1);
      colours.set(css, [...brush.getImageData(0, 0, 1, 1).data]);
    }
    return colours.get(css);
  };
  // layers of an element, from itself outwards: its background and its opacity; unsure names what cannot be reckoned.
  const papers = new Map();
  const paper = (e) => {
    if (!papers.has(e)) {
      const layers = [];
      let unsure = "";
      let opaque = false;
      for (const a of above(e)) {
        const s = style(a);
        const back = opaque ? [0, 0, 0, 0] : colour(s.backgroundColor);
        const opacity = Number(s.opacity);
        if (!opaque && s.backgroundImage !== "none") unsure ||= "a picture or a gradient behind it";
        if (s.filter !== "none" || s.mixBlendMode !== "normal" || (s.maskImage ?? s.webkitMaskImage ?? "none") !== "none") unsure ||= "a filter or a mask over it";
        if (back[3] || opacity < 1) layers.push({ back, opacity });
        if (back[3] === 255) opaque = true;
      }
      papers.set(e, { layers, unsure });
    }
    return papers.get(e);
  };

  const table = [];
  const row = new Map();
  const filed = (look) => {
    const key = JSON.stringify(look);
    if (!row.has(key)) row.set(key, table.push(look) - 1);
    return row.get(key);
  };

  const measure = (t) => {
    const e = over.get(t);
    const out = { text: t.data, state: "shown" };
    if (!e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) {
      const fold = [...above(e)].find((a) => a.tagName === "DETAILS" && !a.open && !(e === a || inside(e, a.querySelector(":scope > summary"))));
      return { ...out, state: fold ? "folded" : "hidden" };
    }
    const s = style(e);
    const now = boxes(t);
    const size = parseFloat(s.fontSize);
    const top = scrollY;
    if (now.length === 0) return size < 1 ? { ...out, state: "small", size } : { ...out, state: "empty" };
    let scale = 1;
    for (const a of above(e)) {
      if (!a.offsetWidth || !a.offsetHeight) continue;
      const b = a.getBoundingClientRect();
      scale = Math.min(b.width / a.offsetWidth, b.height / a.offsetHeight);
      break;
    }
    if (Math.abs(scale - 1) < 0.02) scale = 1;
    const spread = parseFloat(s.letterSpacing) || 0;
    const line = parseFloat(s.lineHeight);
    const { layers, unsure } = paper(e);
    out.size = Math.round(size * (e.currentCSSZoom ?? 1) * scale * 100) / 100;
    out.look = filed({ ink: colour(s.webkitTextFillColor || s.color), layers, unsure });
    if (s.webkitTextSecurity && s.webkitTextSecurity !== "none") return { ...out, state: "disguised" };
    if (spread < -0.2 * size || (line < 0.7 * size && now.length > 1)) return { ...out, state: "squeezed" };
    for (const a of above(e)) if (style(a).textDecorationLine.includes("line-through")) return { ...out, state: "struck" };
    const paint = painted(e);
    if (paint) return { ...out, state: "covered", by: called(e) + paint };
    // Five points: both ends, and the middles of the first, the middle and the last line.
    const last = now.length - 1;
    const near = (b) => Math.min(3, b.width / 4);
    const points = [
      [0, (b) => b.left + near(b)],
      [0, (b) => b.left + b.width / 2],
      [last >> 1, (b) => b.left + b.width / 2],
      [last, (b) => b.left + b.width / 2],
      [last, (b) => b.right - near(b)],
    ];
    const tried = new Set();
    for (const [i, x] of points) {
      const at = () => {
        const b = boxes(t)[i];
        return { x: x(b), y: b.top + b.height / 2 };
      };
      let p = at();
      const key = i + ":" + Math.round(p.x);
      if (tried.has(key)) continue;
      tried.add(key);
      let found;
      for (const middle of [false, true]) {
        bring(e, at, middle);
        p = at();
        found = p.x >= 0 && p.y >= 0 && p.x < innerWidth && p.y < innerHeight ? hit(p.x, p.y) : undefined;
        if (found === e) break;
      }
      if (found === e) continue;
      const cut = [...above(e)].find((a) => {
        if (isRoot(a)) return false;
        if (style(a).clipPath !== "none") return true;
        if (!clips(a) && !scrolls(a)) return false;
        const b = a.getBoundingClientRect();
        return p.x < b.left || p.x > b.right || p.y < b.top || p.y > b.bottom;
      });
      if (cut) return { ...out, state: "cropped", by: called(cut) };
      if (found === undefined) return { ...out, state: "outside" };
      return { ...out, state: "covered", by: found ? called(found) : "" };
    }
    out.top = Math.round(now[0].top + top);
    return out;
  };

  // The texts of a language: those that its lang is said of; where the page says it of none of the notice's, all.
  const mine = speaking.some(ours) ? speaking : texts;

  // open unfolds what the notice is folded in, as a click does, and tells of the summaries that had to be found first.
  if (step === "open") {
    const folds = new Set();
    for (const t of mine.filter(ours)) for (const a of above(over.get(t))) if (a.tagName === "DETAILS") folds.add(a);
    const shut = elements.filter((e) => folds.has(e) && !e.open);
    const chips = [];
    for (const d of shut) {
      const summary = d.querySelector(":scope > summary");
      if (!d.open && summary && ![...above(over.get(d))].some((a) => shut.includes(a))) {
        solid();
        for (const t of texts) if (inside(t, summary) && tidy(t.data).length > 1) chips.push({ ...measure(t), box: elements.indexOf(summary) });
        for (const back of undo.splice(0)) back();
      }
      if (!d.open) summary ? summary.click() : (d.open = true);
    }
    for (const d of shut) d.open = true;
    globalThis.opened = shut.filter((d) => ![...above(over.get(d))].some((a) => shut.includes(a)));
    if (shut.length > 0) await settled();
    return { texts: chips, looks: table, pseudo: [] };
  }

  // look measures every text of the language.
  solid();
  const out = mine.map((t) => {
    let box = 0;
    for (const a of above(over.get(t))) {
      if (tagOf(a) !== options.lang) continue;
      if (!isRoot(a)) box = elements.indexOf(a);
      break;
    }
    const m = measure(t);
    return box ? { ...m, box } : m;
  });
  const pseudo = [];
  const held = new Set(mine.flatMap((t) => [...above(over.get(t))].slice(0, 4)));
  for (const e of held) {
    for (const part of ["::before", "::after"]) {
      const { content, display } = getComputedStyle(e, part);
      const said = /["']/.test(content) && display !== "none" ? [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1]).join("") : "";
      if (/[\p{L}\p{N}]/u.test(said)) pseudo.push({ text: said, at: mine.findIndex((t) => inside(t, e)) });
    }
  }
  for (const back of undo) back();
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  return { texts: out, looks: table, pseudo };
}
