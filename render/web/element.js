// <fair-notice>: the key facts of a notice before the first upload, in all its languages, and one tick. It is courtesy: the gate is the
// server, which takes no file without the edition and the tick.
//
//   <fair-notice for="files">
//     <a slot="instead" href="/notice/">Read this first</a>
//     <script type="application/json">{"edition": "ed-…", …}</script>
//   </fair-notice>
//   <input type="file" id="files" name="files" disabled>
//
// or round an uploader: <fair-notice>…<div inert>the uploader</div></fair-notice>. In a form it stands before every field of files: it puts
// fair_notice_edition and fair_notice_read where it stands, as hidden fields, and what stands before it is never opened.
//
// It asks nobody for anything and stores nothing. What it opens ships closed (disabled, or inert where there is no such thing): if this
// script does not come, or is not what the page's integrity says, or the data is not whole, all stays closed and the link shows.
// What it shows stands in a shadow root that no style sheet of the page reaches; the root is open, so that checkers can look in.
// Nothing is chosen at the start. Once a language is chosen the others fold, and the box appears with its words. To fold the chosen
// language brings the others back and takes the tick away, as leaving the page, form.reset() and removing the element do.
//
//   data        what the script inside holds; a page may set it instead, before it puts the element into the document
//   header      for the requests of scripts: the value of Fair-Notice, or nothing, which no server takes
//   confirmed   a promise, kept with {edition, header} when the box is ticked; after a lock it is another promise
//   refuse(edition, data)   the server did not take it: 412 and 428 name the edition in force. If that is not the one shown, the words are
//               old, and it stays closed unless the data of the new one is given
//   fair-notice, fair-notice-closed   events that bubble, with {edition, header} as detail

const css = `
  :host {
    all: initial !important;
    display: block !important;
    margin: 0 0 1em !important;
    padding: .75em !important;
    border: 2px solid !important;
    border-radius: .5em !important;
    color-scheme: light dark !important;
    background: Canvas !important;
    color: CanvasText !important;
    font: medium/1.6 system-ui, sans-serif !important;
    overflow-wrap: anywhere !important;
  }
  :lang(ur) { line-height: 2.2 }
  [hidden] { display: none !important }
  section, label { display: flex; flex-wrap: wrap; gap: .5em }
  [open] { flex: 1 0 100% }
  summary { inline-size: fit-content; padding: .5em 1em; border: 1px solid; border-radius: .5em; cursor: pointer; list-style: none }
  summary::-webkit-details-marker { display: none }
  i { position: absolute; inline-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
  a, u { color: LinkText }
  :not([open]) > * > u { display: none }
  strong { display: block }
  h2 { font-size: 1.2em }
  ul { padding-inline-start: 1.2em }
  a { display: inline-block }
  h2, p, ul { margin: .5em 0 }
  label { flex-wrap: nowrap; padding-block: .5em; white-space: pre-line }
  input { flex: none; inline-size: 24px; block-size: 24px }
  .no { padding-inline-start: .5em; border-inline-start: 4px solid; font-weight: bold }
  :focus-visible { outline: 4px solid; outline-offset: 2px }
`;

const make = (tag, attributes, ...inside) => {
  const e = document.createElement(tag);
  for (const a in attributes) e.setAttribute(a, attributes[a]);
  e.append(...inside);
  return e;
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

customElements.define("fair-notice", class extends HTMLElement {
  static formAssociated = true;

  #draw;
  #fold;

  constructor() {
    super();
    const form = this.attachInternals();
    let data, root;
    let parts; // a <details> for each language
    let box, label, status;
    let fields; // what a form posts
    let gate; // around what the element wraps
    let locks = []; // what the tick opens
    let word = "closed"; // which of a language's words say that it is closed
    let wrong = false; // somebody tried to send, or the server refused
    let stale; // the server has another edition
    let keep; // keeps the promise

    const promise = () => {
      this.header = "";
      this.confirmed = new Promise((k) => (keep = k));
    };
    promise();

    // update makes everything follow from which language is unfolded and whether the box is ticked.
    const update = () => {
      const { edition, languages } = data;
      const at = parts.findIndex((p) => p.open);
      const l = languages[at];
      const open = (box.checked &&= !!l);
      if (open) {
        word = "closed";
        wrong = false;
      }
      parts.forEach((p, i) => {
        p.hidden = l && i != at;
        p.firstChild.lastChild.textContent = wrong && !l ? languages[i][word] : "";
      });
      label.hidden = !l;
      box.disabled = stale;
      box.ariaInvalid = wrong;
      status.className = wrong ? "no" : "";
      status.textContent = l ? l[open ? "open" : word] : "";
      if (l) {
        label.lastChild.textContent = l.tick.join("\n");
        label.lang = status.lang = l.lang;
        label.dir = status.dir = l.dir;
      }

      for (const f of fields) f.remove();
      form.setValidity({ valueMissing: !open }, languages[0].closed);
      // What stands before the element is never opened: its bytes would be posted before the fields.
      if (this.isConnected) {
        const ids = (this.getAttribute("for") ?? "").split(" ");
        locks = [...this.children, ...ids.map((id) => this.getRootNode().getElementById(id))].filter((e) => e && this.compareDocumentPosition(e) & 4);
      }
      for (const e of [gate, ...locks]) e["disabled" in e ? "disabled" : "inert"] = !open;
      if (open) this.prepend(...fields);
      if (open != !!this.header) {
        if (open) this.header = `edition=${edition}; read=1`;
        else promise();
        const detail = { edition, header: this.header };
        if (open) keep(detail);
        this.dispatchEvent(new CustomEvent(open ? "fair-notice" : "fair-notice-closed", { bubbles: true, composed: true, detail }));
      }
    };

    // tell shows why it is closed, at the place where something has to be done.
    const tell = (why) => {
      word = why;
      wrong = true;
      box.checked = false;
      update();
      (label.hidden ? parts[0].firstChild : box).focus();
    };

    // draw makes everything anew. It throws before it shows anything if the data is not whole.
    const draw = (this.#draw = () => {
      data = this.data ??= JSON.parse(this.querySelector("script").text);
      if (!data.languages[0] || !/^ed-[\da-f]{12}$/.test(data.edition)) throw data;
      parts = data.languages.map((l) => {
        if (!l.key[0] || !l.tick[0]) throw l;
        const part = make("details", { name: "l", lang: l.lang, dir: l.dir, translate: l.draft ? "yes" : "no" },
          make("summary", {}, make("b", {}, l.own), " ", make("i", { lang: "en", dir: "ltr" }, l.english), " ", make("u", {}, l.back), make("strong")),
          make("h2", {}, l.title),
          make("ul", {}, ...l.key.map((k) => make("li", {}, k))),
          make("a", { href: data.notice, target: "_blank", rel: "noreferrer" }, l.read),
          ...l.marks.map((m) => make("p", {}, m)));
        part.ontoggle = update;
        return part;
      });
      root ??= this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      // Fields of the form, and no form value of the element, for not every script reads that; a browser keeps and restores none that
      // has no autocomplete.
      fields = [["edition", data.edition], ["read", "yes"]].map(([n, value]) =>
        make("input", { type: "hidden", name: "fair_notice_" + n, value, autocomplete: "off" }));
      box = make("input", { type: "checkbox", autocomplete: "off", "aria-describedby": "s" });
      box.onchange = update;
      root.replaceChildren(
        make("section", {}, ...parts),
        (label = make("label", {}, box, make("span"))),
        (status = make("p", { id: "s", role: "status" })),
        (gate = make("div", {}, make("slot"))));
      update();
      addEventListener("pagehide", this.#fold);
    });

    this.#fold = () => {
      if (!parts) return;
      for (const p of parts) p.open = false;
      update();
    };

    this.oninvalid = (e) => {
      e.preventDefault();
      tell(word);
    };

    this.refuse = (edition, given) => {
      const why = edition == data.edition ? "refused" : "changed";
      if (given) {
        this.data = given;
        draw();
      }
      stale = edition != data.edition;
      tell(why);
    };
  }

  connectedCallback() {
    if (document.readyState == "loading") addEventListener("DOMContentLoaded", this.#draw);
    else this.#draw();
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#fold);
    this.#fold();
  }

  formResetCallback() {
    this.#fold();
  }
});
