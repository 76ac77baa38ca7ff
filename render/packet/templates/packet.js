(function () {
  "use strict";
  var $ = function (id) { return document.getElementById(id); };
  var all = function (q, in_) { return Array.prototype.slice.call((in_ || document).querySelectorAll(q)); };
  var data = JSON.parse($("data").textContent);
  var say = function (where, words) { where.textContent = words; };
  function make(tag, text, attributes) {
    var e = document.createElement(tag);
    if (text !== undefined) { e.textContent = text; }
    Object.keys(attributes || {}).forEach(function (k) { e.setAttribute(k, attributes[k]); });
    return e;
  }
  var lang = {};
  data.languages.forEach(function (l) { lang[l.tag] = l; });

  // Unpacking: see pack.go.
  function unpack(packed) {
    if (packed.done) { return packed.done; }
    packed.done = (async function () {
      var raw = atob(packed.data.replace(/-/g, "+").replace(/_/g, "/"));
      var zipped = new Uint8Array(raw.length), i;
      for (i = 0; i < raw.length; i++) { zipped[i] = raw.charCodeAt(i); }
      var stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
      var b = new Uint8Array(await new Response(stream).arrayBuffer());
      var size = packed.files.reduce(function (n, f) { return n + f.size; }, 0);
      var out = new Uint8Array(size), at = 0, from = 0;
      function next() {
        var n = 0, by = 1, c;
        do { c = b[from++]; n += (c & 127) * by; by *= 128; } while (c > 127);
        return n;
      }
      while (at < size) {
        var n = next();
        out.set(b.subarray(from, from + n), at);
        from += n;
        at += n;
        if (at === size) { break; }
        n = next();
        var where = next();
        if (where + n <= at) {
          out.copyWithin(at, where, where + n);
          at += n;
        } else {
          while (n--) { out[at++] = out[where++]; }
        }
      }
      var files = {};
      at = 0;
      packed.files.forEach(function (f) { files[f.name] = out.subarray(at, at + f.size); at += f.size; });
      return files;
    }());
    return packed.done;
  }
  var read = function (bytes) { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); };

  // Words: the statements of a language, by number, out of the canonical texts.
  var wordsOf = {};
  async function words(tag) {
    if (wordsOf[tag]) { return wordsOf[tag]; }
    var files = await unpack(data.words), out = { items: {}, around: JSON.parse(read(files["around/" + tag])) };
    data.kinds.forEach(function (k) {
      var n = -1, item = null;
      read(files[k.kind + "/" + tag]).split("\n").forEach(function (line) {
        var parts = line.split("\t");
        if (line === "") { return; }
        if (parts[0] === "") {
          item.values.push({ name: parts[1], text: parts.slice(2) });
        } else {
          item = { id: parts[0], text: parts[1], values: [] };
          out.items[k.numbers[++n]] = item;
        }
      });
    });
    wordsOf[tag] = out;
    return out;
  }
  function pieces(into, list) {
    list.forEach(function (p) {
      into.append(p[0] === "=" ? document.createTextNode(p[1]) : make(p[0] === "-" ? "del" : "ins", p[1]));
    });
  }
  function said(into, w, n) {
    var item = w.items[n], a = w.around;
    into.append(make("p", item.text, { "class": "say" }));
    if (item.values.length) {
      var ul = make("ul", undefined, { "class": "v" });
      item.values.forEach(function (v) {
        var li = make("li");
        if (a.labels[v.name]) { li.append(make("b", a.labels[v.name]), " "); }
        v.text.forEach(function (t, i) { li.append(i ? " · " : "", make("bdi", t)); });
        ul.append(li);
      });
      into.append(ul);
    }
    if (a.diff[n]) {
      var was = make("p", undefined, { "class": "was" });
      was.append(make("b", "Changed:", { lang: "en", dir: "ltr" }), " ");
      pieces(was, a.diff[n]);
      into.append(was);
    }
    if (a.own.indexOf(n) >= 0) {
      var ours = make("p", undefined, { "class": "ours" });
      ours.append(make("b", "The office's own words. Ours:", { lang: "en", dir: "ltr" }), " " + (a.ours[n] || "we have none in this language yet"));
      into.append(ours);
    }
  }

  // The language beside the base.
  var other = "";
  async function choose(tag) {
    var w = await words(tag);
    if ($("lang").value !== tag) { return; }
    other = tag;
    var l = lang[tag];
    all("[data-o]").forEach(function (d) {
      d.replaceChildren();
      d.lang = tag;
      d.dir = l.dir;
      said(d, w, Number(d.dataset.o));
    });
    all("[data-h]").forEach(function (h) {
      var old = h.querySelector("bdi.o");
      if (old) { old.remove(); }
      var text = w.around.headings[Number(h.dataset.h)];
      if (text) {
        var b = make("bdi", text, { "class": "t o", lang: tag, dir: l.dir });
        h.insertBefore(b, h.querySelector(".code"));
        b.before(" ");
      }
    });
  }
  if ($("lang").value) {
    $("lang").addEventListener("change", function () { choose($("lang").value); });
    choose($("lang").value).catch(function () {
      say($("status"), "This browser is too old to show the other languages. They are in the files for paper.");
    });
  }

  // What is shown.
  $("show").addEventListener("change", function () {
    var want = $("show").value, n = 0;
    all(".it").forEach(function (it) {
      var hide = want && it.dataset.f.split(" ").indexOf(want) < 0;
      it.classList.toggle("hide", Boolean(hide));
      if (!hide && it.id) { n++; }
    });
    all(".kind h3, .kind h4").forEach(function (h) {
      var e = h.nextElementSibling, any = false;
      while (e && !/^H3$/.test(e.tagName) && !(h.tagName === "H4" && e.tagName === "H4")) {
        any = any || e.classList.contains("it") && !e.classList.contains("hide");
        e = e.nextElementSibling;
      }
      h.classList.toggle("hide", !any);
    });
    say($("status"), want ? (n === 1 ? "1 statement is shown." : n + " statements are shown.") : "");
  });
  function show(n) {
    var it = $("n" + n);
    if (!it) { return false; }
    if (it.classList.contains("hide")) {
      $("show").value = "";
      $("show").dispatchEvent(new Event("change"));
    }
    it.scrollIntoView({ block: "start" });
    it.focus({ preventScroll: true });
    return true;
  }
  $("goto").addEventListener("submit", function (e) {
    e.preventDefault();
    var n = $("number").value.trim();
    say($("status"), show(n) ? "" : "There is no statement " + n + ".");
  });
  document.addEventListener("click", function (e) {
    var a = e.target.closest("a[href^='#n']");
    if (a && show(a.getAttribute("href").slice(2))) { e.preventDefault(); }
  });

  // Comments.
  var comments = [], unsaved = false;
  var verb = { objection: "object", question: "question", wording: "wording" };
  // What a file of comments may hold: NFC, no tabs, nothing invisible, no white space at the ends.
  function tidy(s) {
    return s.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[\t\u00a0]/g, " ").replace(/[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, "")
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "").split("\n").map(function (l) { return l.replace(/\s+$/, ""); }).join("\n").trim();
  }
  var oneLine = function (s) { return tidy(s).replace(/\s*\n\s*/g, " "); };
  function today() {
    var d = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate());
  }
  function statementOf(n, id) {
    var k = data.kinds.filter(function (k) { return k.numbers.indexOf(n) >= 0; })[0];
    return k.kind + "/" + id;
  }
  var now = 0, opener = null;
  async function open(n, button) {
    now = n;
    opener = button;
    say($("box-h"), "Comment on statement " + n);
    var select = $("c-lang"), tags = other && other !== data.base ? [other, data.base] : [data.base];
    select.replaceChildren();
    tags.forEach(function (t) { select.append(make("option", lang[t].english, { value: t })); });
    all("[name=is]", $("say"))[0].checked = true;
    $("c-text").value = "";
    say($("c-wrong"), "");
    await prepare();
    $("box").showModal();
  }
  async function prepare() {
    var tag = $("c-lang").value, w = await words(tag), l = lang[tag], item = w.items[now];
    var box = $("box-words");
    box.replaceChildren();
    box.lang = tag;
    box.dir = l.dir;
    box.className = "t";
    said(box, w, now);
    var which = $("c-was");
    which.replaceChildren();
    [item.text].concat.apply([item.text], item.values.map(function (v) { return v.text; })).forEach(function (t) {
      which.append(make("option", t, { value: t, lang: tag }));
    });
    sort();
  }
  function sort() {
    var is = $("say").elements.is.value, text = $("c-text");
    $("c-which").hidden = which().length < 2;
    say($("c-label"), is === "objection" ? "Your reason" : is === "question" ? "Your question" : "The words that should stand there");
    if (is === "wording") {
      if (!text.value || text.dataset.filled === text.value) { text.value = $("c-was").value; }
      text.dataset.filled = $("c-was").value;
      text.lang = $("c-lang").value;
      text.dir = lang[text.lang].dir;
    } else {
      if (text.dataset.filled && text.dataset.filled === text.value) { text.value = ""; }
      text.dataset.filled = "";
      text.dir = "auto";
      text.removeAttribute("lang");
    }
  }
  var which = function () { return all("option", $("c-was")); };
  document.addEventListener("click", function (e) {
    var b = e.target.closest("button[data-c]");
    if (b) { open(Number(b.dataset.c), b); }
  });
  $("c-lang").addEventListener("change", prepare);
  $("c-was").addEventListener("change", sort);
  all("[name=is]", $("say")).forEach(function (r) { r.addEventListener("change", sort); });
  function close() {
    $("box").close();
    if (opener) { opener.focus(); }
  }
  $("c-no").addEventListener("click", close);
  $("say").addEventListener("submit", function (e) {
    e.preventDefault();
    var text = tidy($("c-text").value), is = $("say").elements.is.value, was = $("c-was").value, tag = $("c-lang").value;
    if (is === "wording") { text = text.replace(/\s*\n\s*/g, " "); }
    var wrong = !text ? "Write something first." : text.length > 4000 ? "There is room for 4000 letters." : is === "wording" && text === was ? "These are the words that stand there now." : "";
    say($("c-wrong"), wrong);
    if (wrong) { $("c-text").focus(); return; }
    add({ edition: data.edition, digest: data.digest, statement: statementOf(now, wordsOf[tag].items[now].id), number: now, language: tag, is: is, reviewer: "", date: today(), was: was, text: text });
    unsaved = true;
    close();
    say($("status"), "Kept: " + comments.length + (comments.length === 1 ? " comment. " : " comments. ") + "Save the file when you are done.");
  });
  function add(c) {
    var same = comments.some(function (o) { return ["statement", "language", "is", "was", "text", "digest"].every(function (k) { return o[k] === c[k]; }); });
    if (same) { return false; }
    comments.push(c);
    draw();
    return true;
  }
  function note(c) {
    var p = make("p", undefined, { "class": "mine" });
    p.append(make("b", lang[c.language] ? lang[c.language].english + ", " + c.is + ": " : c.is + ": "), make("bdi", c.text, { "class": "t", lang: c.language }), " ");
    var b = make("button", "Take out", { type: "button", "aria-label": "Take out the " + c.is + " to " + c.number });
    b.addEventListener("click", function () {
      comments.splice(comments.indexOf(c), 1);
      unsaved = comments.length > 0;
      draw();
      show(c.number);
    });
    p.append(b);
    return p;
  }
  function draw() {
    all(".mine").forEach(function (m) { m.remove(); });
    $("mine").replaceChildren();
    comments.sort(function (a, b) { return a.number - b.number; });
    comments.forEach(function (c) {
      var li = make("li"), it = $("n" + c.number);
      li.append(make("a", String(c.number), { href: "#n" + c.number }), " ", note(c));
      $("mine").append(li);
      if (it && c.digest === data.digest) {
        it.querySelector(".foot").before(note(c));
      }
    });
    all(".it[id]").forEach(function (it) {
      var f = it.dataset.f.split(" ").filter(function (x) { return x && x !== "commented"; });
      if (it.querySelector(".mine, .note")) { f.push("commented"); }
      it.dataset.f = f.join(" ");
    });
    say($("count"), comments.length ? comments.length + (comments.length === 1 ? " comment" : " comments") + (unsaved ? ", not saved" : "") : "No comments yet");
    $("asText").hidden = true;
    $("file").value = "";
  }
  var idForm = /^[a-z0-9][a-z0-9:.@_-]{0,99}$/;
  function reviewer(input, wrong) {
    var id = input.value.trim(), bad = !id ? "Write a name first. It can be one that you made up." : idForm.test(id) ? "" : "Use small letters a to z, digits and : . @ _ - only, such as reader-7.";
    if (wrong) { say(wrong, bad); }
    if (bad) { input.focus(); }
    return bad ? "" : id;
  }
  // The format is that of packet.Comments.
  function file(who) {
    var out = ["notice-comments/v1", "program " + data.program];
    comments.forEach(function (c) {
      out.push("", "comment", "edition " + c.edition + " " + c.digest, "statement " + c.statement, "number " + c.number, "language " + c.language, "is " + c.is,
        "reviewer " + (c.reviewer || who), "date " + c.date, "was " + oneLine(c.was));
      c.text.split("\n").forEach(function (l) { out.push(l ? "text " + l : "text"); });
    });
    return out.join("\n") + "\n";
  }
  function whole() {
    if (!comments.length) {
      say($("saved"), "There is no comment yet. Press “Comment” beside a statement.");
      return "";
    }
    var who = reviewer($("who"), $("who-wrong"));
    if (!who) { return ""; }
    var text = file(who);
    if (new TextEncoder().encode(text).length > 262144) {
      say($("saved"), "The file would be too large to be read. Save in two parts: take half of the comments out, save, and begin again.");
      return "";
    }
    return text;
  }
  function download(text, name) {
    var a = make("a", "", { download: name }), url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    a.href = url;
    a.click();
    window.setTimeout(function () { URL.revokeObjectURL(url); }, 60000);
  }
  $("save").addEventListener("click", function () {
    var text = whole();
    if (!text) { return; }
    download(text, data.program + "-edition-" + data.edition + "-comments-" + $("who").value.trim().replace(/[^a-z0-9-]+/g, "-") + ".txt");
    unsaved = false;
    draw();
    say($("saved"), "The file is with your downloads. Mail it to the office.");
  });
  $("text").addEventListener("click", function () {
    var text = whole();
    if (!text) { return; }
    $("asText").hidden = false;
    $("file").value = text;
    $("file").focus();
    $("file").select();
    say($("saved"), "Copy all of it into a mail.");
  });
  $("more").addEventListener("change", async function () {
    var f = $("more").files[0], n = 0, known = 0;
    if (!f) { return; }
    var text = f.size > 262144 ? "" : await f.text(), blocks = text.replace(/\r\n/g, "\n").split("\n\n");
    if (!text.startsWith("notice-comments/v1\nprogram " + data.program + "\n")) {
      say($("saved"), "This is no file of comments on " + data.program + ".");
      return;
    }
    blocks.slice(1).forEach(function (block) {
      var lines = block.replace(/\n$/, "").split("\n"), c = {}, texts = [];
      if (lines.shift() !== "comment") { return; }
      lines.forEach(function (l) {
        var at = l.indexOf(" "), word = at < 0 ? l : l.slice(0, at), rest = at < 0 ? "" : l.slice(at + 1);
        if (word === "text") { texts.push(rest); } else { c[word] = rest; }
      });
      var edition = String(c.edition).split(" ");
      c.edition = Number(edition[0]);
      c.digest = edition[1];
      c.number = Number(c.number);
      c.text = texts.join("\n");
      if (!verb[c.is] || !lang[c.language] || !c.statement || !c.was) { return; }
      known++;
      if (!$("who").value) { $("who").value = c.reviewer; }
      if (add(c)) { n++; }
    });
    say($("saved"), known ? n + (n === 1 ? " comment was" : " comments were") + " taken from the file." : "There is no comment in this file.");
  });
  window.addEventListener("beforeunload", function (e) {
    if (unsaved) { e.preventDefault(); }
  });

  // The page as people see it, in a frame in which nothing runs.
  async function view(paper) {
    var kind = $("view-kind").value, tag = other || data.base;
    say($("view-status"), "");
    $("view").replaceChildren();
    var v = data.views.filter(function (v) { return v.kind === kind && v.paper === paper && (!paper || v.language === tag); })[0];
    if (!v) {
      say($("view-status"), paper ? "There is no page for paper of this notice." : "This notice is on paper only: it is for helpers, not for the public.");
      return;
    }
    var html = read((await unpack(data.pages))[v.path]);
    if (paper) {
      // What holds on paper holds in this frame; the policy of this packet holds in it, too.
      html = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "").replace(/@media print/g, "@media all");
    } else {
      html = html.replace('name="fn-lang" lang="' + tag + '"', 'open name="fn-lang" lang="' + tag + '"');
    }
    var frame = make("iframe", undefined, { sandbox: "", "class": paper ? "sheet" : "phone", title: (paper ? "On paper: " : "On a phone: ") + kind + ", " + lang[tag].english });
    frame.srcdoc = html;
    $("view").append(frame);
    say($("view-status"), (paper ? "On paper" : "On a phone, 360 pixels wide") + ", in " + lang[tag].english + ".");
  }
  $("view-phone").addEventListener("click", function () { view(false); });
  $("view-paper").addEventListener("click", function () { view(true); });

  // The words shown are those of the digests.
  async function digest(bytes) {
    var h = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return "sha256:" + Array.prototype.map.call(h, function (b) { return (b < 16 ? "0" : "") + b.toString(16); }).join("");
  }
  async function check() {
    var where = $("checked"), wrong = [], n = 0;
    if (!window.crypto || !crypto.subtle) {
      say(where, "This browser cannot reckon digests, so the words were not checked.");
      return;
    }
    var files = await unpack(data.words), lines = data.lines.split("\n"), i, f;
    for (i = 0; i < lines.length; i++) {
      f = lines[i].split(" ");
      if (f[0] === "text") {
        n++;
        var text = files[f[1] + "/" + f[2]];
        if (!text || String(text.length) !== f[4] || await digest(text) !== f[3]) { wrong.push(f[1] + " in " + f[2]); }
      }
    }
    if (await digest(new TextEncoder().encode(data.lines)) !== data.digest) { wrong.push("the edition as a whole"); }
    var base = await words(data.base), one = function (s) { return s.replace(/\s+/g, " ").trim(); };
    all(".it[id]").forEach(function (it) {
      var k = Number(it.id.slice(1)), item = base.items[k], div = it.querySelector(".two > div");
      var shown = [one(div.querySelector(".say").textContent)].concat(all(".v bdi", div).map(function (b) { return one(b.textContent); }));
      var want = [item.text].concat.apply([item.text], item.values.map(function (v) { return v.text; }));
      if (shown.join("\n") !== want.map(one).join("\n")) { wrong.push("statement " + k); }
    });
    where.classList.toggle("warn", wrong.length > 0);
    say(where, wrong.length ? "Do not sign: these words are not those of the digests: " + wrong.join(", ") + "." :
      "Checked: the words shown here are those of the " + n + " digests of edition " + data.edition + ", and these make its digest " + data.digest.slice(7, 11) + ".");
    document.documentElement.dataset.checked = wrong.length ? "wrong" : "right";
  }
  check().catch(function () { say($("checked"), "This browser could not check the words against their digests."); });

  // The statement: the format is that of ledger.Statement.
  $("s-on").value = today();
  function statement() {
    var form = $("statement"), out = $("s-said");
    var picked = function (name) { return all("[name=" + name + "]:checked", form).map(function (b) { return b.value; }); };
    var who = reviewer($("s-who"));
    if (!who) { say(out, $("s-who").value ? "Your id has small letters, digits and : . @ _ - only." : "Write your id first."); return ""; }
    var languages = picked("language"), kinds = picked("kind"), verdict = picked("verdict")[0];
    if (!languages.length) { say(out, "Tick the languages that you read."); return ""; }
    if (!kinds.length) { say(out, "Tick the notices that you read."); return ""; }
    if (!verdict) { say(out, "Choose what you say."); return ""; }
    if (!$("s-on").value) { say(out, "Write the day of today."); return ""; }
    var conditions = $("s-if").value.split("\n").map(function (l) { return l.trim(); }).filter(Boolean);
    if (!conditions.every(function (c) { return /^[ -~]{1,400}$/.test(c); })) { say(out, "Write the conditions in plain letters without accents, each on one line of at most 400."); return ""; }
    if ($("s-until").value && $("s-until").value < $("s-on").value) { say(out, "It would count until a day that is past."); return ""; }
    var lines = data.lines.trim().split("\n"), s = ["notice-review/v1", lines[1], lines[2], "edition-digest " + data.digest];
    var read = 0;
    lines.slice(3).forEach(function (l) {
      var f = l.split(" "), yes = languages.indexOf(f[2]) >= 0 && kinds.indexOf(f[1]) >= 0;
      if (yes) { read++; }
      s.push(l + (yes ? " reviewed" : " not-reviewed"));
    });
    s = s.concat(data.grounds, ["verdict " + verdict], picked("not").map(function (w) { return "not-checked " + w; }), conditions.map(function (c) { return "condition " + c; }));
    if ($("s-until").value) { s.push("expires " + $("s-until").value); }
    s.push("reviewer " + who, "date " + $("s-on").value);
    say(out, "You say this of " + read + (read === 1 ? " text." : " texts."));
    return s.join("\n") + "\n";
  }
  var nameOf = function () { return data.program + "-edition-" + data.edition + "-" + $("s-who").value.trim().replace(/[^a-z0-9-]+/g, "-") + ".statement"; };
  $("statement").addEventListener("submit", function (e) {
    e.preventDefault();
    $("s-made").hidden = true;
    if (document.documentElement.dataset.checked === "wrong") {
      say($("s-said"), "These words are not those of the digests. Ask the office for the packet again.");
      return;
    }
    var text = statement();
    if (!text) { return; }
    $("s-text").value = text;
    say($("s-how"), "ssh-keygen -Y sign -n notice-review@fairnotice -f ~/.ssh/id_ed25519 " + nameOf());
    $("s-made").hidden = false;
    $("s-text").focus();
  });
  $("statement").addEventListener("input", function () { $("s-made").hidden = true; });
  $("s-save").addEventListener("click", function () {
    download($("s-text").value, nameOf());
    say($("s-said"), "The file is with your downloads.");
  });
}());
