// connect starts the core in a worker beside the page. What it works with stays in the memory of this page: nothing is fetched, and nothing
// is stored.
function connect() {
  const waiting = new Map(); // what was asked, by number: how to answer it
  let number = 0;
  let worker = null;
  let broken = 0; // how often the core broke down
  let files = null; // what was on the desk when it last answered
  let address = null;
  const packed = []; // the pieces of the packed program that the page has read

  // start gives a promise of a worker that answers.
  function start() {
    return new Promise((ready, failed) => {
      const mine = worker = new Worker(address);
      worker.onmessage = ({ data }) => {
        if (mine !== worker) return; // the last words of one that broke down
        if (data.ready) ready();
        else if (data.failed) failed(new Error(data.failed));
        else if (data.files) files = data.files;
        else if (data.broke) again();
        else {
          waiting.get(data.id)?.(JSON.parse(data.answer));
          waiting.delete(data.id);
        }
      };
      worker.onerror = (e) => failed(new Error(e.message || "the worker did not start"));
      const today = new Date();
      const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
      worker.postMessage({ day, files });
      for (const piece of packed) worker.postMessage({ packed: piece });
    });
  }

  // again starts another core where one broke down, with the files that were on the desk. What was asked of the broken one is refused.
  function again() {
    worker.terminate();
    broken++;
    const says = "This is a fault of ours: the desk broke down while it worked on this.";
    const hint = files ? "Your file is as it was before. Save it, and do this in another way." : "Try once more, or in another way.";
    ready = broken > 5 ? Promise.reject(new Error("it broke down too often")) : start();
    ready.catch(() => {});
    for (const answer of waiting.values()) answer({ error: { says, hint } });
    waiting.clear();
  }

  // read hands on the pieces that the page has read so far. While it is being read, the last one may not be whole.
  function read() {
    const there = [...document.querySelectorAll(".packed")];
    const whole = document.readyState !== "loading";
    for (const e of whole ? there : there.slice(0, -1)) {
      e.remove();
      hand(e.textContent);
    }
    if (whole) hand(undefined);
    return whole;
  }
  function hand(piece) {
    packed.push(piece);
    worker.postMessage({ packed: piece });
  }

  let ready = (async () => {
    if (document.characterSet !== "UTF-8") throw new Error("the server says that this file is not UTF-8, but " + document.characterSet);
    while (!document.querySelector(".packed")) { // the worker's script stands before it
      if (document.readyState !== "loading") throw new Error("the file is not whole");
      await new Promise((later) => setTimeout(later));
    }
    const url = URL.createObjectURL(new Blob([document.getElementById("worker").textContent], { type: "text/javascript" }));
    address = globalThis.trustedTypes ? trustedTypes.createPolicy("desk", { createScriptURL: () => url }).createScriptURL("") : url;
    const started = start();
    if (!read()) {
      const more = new MutationObserver(() => read());
      more.observe(document.body, { childList: true });
      addEventListener("DOMContentLoaded", () => { more.disconnect(); read(); }, { once: true });
    }
    return started;
  })();
  return {
    ready,
    saves: "download",
    folder: "",
    programs: [],
    async send(op, args) {
      try {
        await ready;
      } catch (e) {
        return { error: { says: "The desk has stopped.", hint: "Open the page again, and your file. Tell those who gave you this page: " + e.message } };
      }
      return new Promise((answer) => {
        const id = ++number;
        waiting.set(id, answer);
        worker.postMessage({ id, op, args: JSON.stringify(args ?? {}) });
      });
    },
  };
}
