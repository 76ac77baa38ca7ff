(function () {
  "use strict";
  var form = document.getElementById("sheet");
  var said = document.getElementById("said");
  var text = document.getElementById("text");
  var forms = {
    period: [/^([1-9][0-9]{0,2} (days?|weeks?|months?|years?)|permanent|indefinite|until.event|none|does not apply)$/i, "This is no length of time, such as 7 years or 90 days."],
    date: [/^([0-9]{4}(-[0-9]{2}){0,2}|does not apply)$/i, "This is no date, such as 2025-06-14 or 2025-06."],
    end: [/^([0-9]{4}(-[0-9]{2}){0,2}|open|does not apply)$/i, "This is no date, such as 2025-06-14, and not the word open."],
    number: [/^[0-9]+$/, "This is no number in digits, such as 3."],
    page: [/^(https:\/\/\S+|none)$/, "This does not begin with https://."]
  };
  function one(s) { return s.replace(/\s+/g, " ").trim(); }
  function value(row) {
    if (row.querySelector(".no").checked || one(row.querySelector(".ask").value)) {
      var ask = one(row.querySelector(".ask").value);
      return "I do not know" + (ask ? "; ask " + ask : "");
    }
    var boxes = row.querySelectorAll("fieldset input[type=checkbox]");
    if (boxes.length) {
      return Array.prototype.filter.call(boxes, function (b) { return b.checked; }).map(function (b) { return b.value; }).join(", ");
    }
    var sign = row.dataset.kind === "copies" ? "; " : " ";
    var own = row.querySelector("select, textarea, input[type=text]:not(.ask)");
    return own ? one(own.value.trim().replace(/[;\s]*\n+/g, sign)) : "";
  }
  function judge(row) {
    var v = value(row), rule = forms[row.dataset.kind], out = row.querySelector(".wrong");
    var bad = v && rule && !/^I do not know/.test(v) && !rule[0].test(v.replace(/\.$/, ""));
    out.textContent = bad ? rule[1] : "";
    return bad;
  }
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("change", function (e) {
    var row = e.target.closest(".answer");
    // Not at once: a message that moves the page would move the button away from under the pointer.
    if (row) { window.setTimeout(function () { judge(row); }, 400); }
    if (text.value) {
      text.value = text.textContent = "";
      said.textContent = "The answers have changed. Make the text again.";
    }
  });
  function first(message, where) {
    var up = where.closest("details");
    if (up) { up.open = true; }
    where.focus();
    said.textContent = message;
  }
  document.getElementById("make").addEventListener("click", function () {
    text.value = text.textContent = "";
    var by = document.getElementById("by"), on = document.getElementById("on"), how = document.getElementById("how");
    var rows = Array.prototype.slice.call(form.querySelectorAll(".answer"));
    var given = rows.filter(function (r) { return value(r); });
    document.getElementById("made").hidden = true;
    if (!given.length) { said.textContent = "There is no answer yet."; return; }
    if (!one(by.value)) { first("Write your name first, at the top.", by); return; }
    if (!on.value) { first("Choose the day of your answers first, at the top.", on); return; }
    if (!how.value) { first("Choose how you know, at the top.", how); return; }
    var wrong = given.filter(judge);
    if (wrong.length) { first(wrong[0].querySelector(".wrong").textContent + " Mend the answer.", wrong[0].querySelector("input, textarea, select")); return; }
    var lines = ["Program = " + form.dataset.program, "", "Your name = " + one(by.value), "", "Day of your answers = " + on.value, "", "Looked or told = " + how.value, ""];
    given.forEach(function (r) { lines.push("Q-" + r.dataset.id + " = " + value(r), ""); });
    lines.push("(End of the questions)", "");
    text.value = text.textContent = lines.join("\n"); // both: whoever saves the page itself sends the text along
    document.getElementById("made").hidden = false;
    said.textContent = given.length === 1 ? "1 answer is in the text below. Send it back." : given.length + " answers are in the text below. Send it back.";
    text.focus();
  });
  document.getElementById("copy").addEventListener("click", function () {
    text.focus();
    text.select();
    if (!text.value) { return; }
    said.textContent = document.execCommand("copy") ? "The text is copied. Paste it into a mail." : "Press Ctrl and C to copy the text.";
  });
  document.getElementById("save").addEventListener("click", function () {
    if (!text.value) { return; }
    var a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([text.value], { type: "text/plain" }));
    a.download = form.dataset.program + "-answers.txt";
    a.click();
    said.textContent = "The file is with your downloads. Attach it to a mail.";
  });
  document.getElementById("mail").addEventListener("click", function () {
    if (!text.value) { return; }
    if (text.value.length > 1800) {
      said.textContent = "The text is too long for this button. Copy it, or save it as a file.";
      return;
    }
    var a = document.createElement("a");
    a.href = "mailto:?subject=" + encodeURIComponent("Answers: " + document.title) + "&body=" + encodeURIComponent(text.value.replace(/\n/g, "\r\n"));
    a.click();
  });
  window.addEventListener("beforeunload", function (e) {
    if (text.value === "" && Array.prototype.some.call(form.querySelectorAll(".answer"), function (r) { return value(r); })) {
      e.preventDefault();
    }
  });
}());
