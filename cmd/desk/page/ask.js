// ask(op, args) asks the core, and gives its answer. What the core refuses is thrown as a Refusal, with a sentence and what to do.
class Refusal extends Error {
  constructor({ says, hint }) {
    super(says);
    this.hint = hint ?? "";
  }
}

const { ask, desk } = (() => {
  let core = null;
  const waiting = [];
  const listeners = [];
  const forgets = [];
  const others = ["start.open", "start.example", "interview.finish", "desk.open", "desk.take"]; // lay another file on the desk
  const desk = {
    state: { open: false, languages: [], kinds: [], errors: 0, warnings: 0, questions: 0, unsaved: false, undo: "" },
    ready: false, // the core answers
    failed: null, // why it never will
    saves: "download",
    folder: "", // where it saves, in words; "" where saving is a download
    programs: [], // [{name, title}] of the folder in which the desk was opened
    disk: null, // what the disk said last: {saved, says, hint, can: [{op, label}]}
    // onState calls fn now and whenever the state of the program changed.
    onState(fn) {
      listeners.push(fn);
      fn(desk.state);
    },
    // onOther calls fn when another file was laid on the desk, so that a screen forgets what it holds of the one before.
    onOther: (fn) => forgets.push(fn),
  };
  const tell = () => listeners.forEach((fn) => fn(desk.state));

  // One question after the other: the answer to an earlier one never comes after that to a later one.
  let before = Promise.resolve();
  function send(op, args) {
    const mine = before.then(() => once(op, args));
    before = mine.catch(() => {});
    return mine;
  }

  async function once(op, args) {
    busy++;
    let answer;
    try {
      answer = await core.send(op, args);
    } finally { busy--; }
    if (answer?.disk) desk.disk = answer.disk;
    if (answer?.state) desk.state = { ...desk.state, ...answer.state };
    if (answer?.state || answer?.disk) tell();
    if (desk.state.counting) count(op === "count");
    if (answer?.error) throw new Refusal(answer.error);
    if (others.includes(op)) forgets.forEach((fn) => fn());
    return answer;
  }

  // What takes longer to count is counted in pieces while nobody waits for anything else.
  let counting;
  let busy = 0; // questions that are on their way
  function count(soon) {
    clearTimeout(counting);
    counting = setTimeout(async () => {
      if (!desk.state.counting || busy > 0) return;
      await send("count", {}).catch(() => { desk.state.counting = false; });
    }, soon ? 0 : 500);
  }

  // Questions wait until the core is there, and are answered in the order in which they were asked.
  function ask(op, args = {}) {
    if (desk.failed) return Promise.reject(desk.failed);
    if (desk.ready) return send(op, args);
    return new Promise((resolve, reject) => waiting.push([op, args, resolve, reject]));
  }

  desk.connect = async (made) => {
    core = made;
    try {
      await core.ready;
      desk.saves = core.saves ?? "download";
      desk.folder = core.folder ?? "";
      desk.programs = core.programs ?? [];
      desk.ready = true;
      for (const [op, args, resolve, reject] of waiting.splice(0)) send(op, args).then(resolve, reject);
    } catch (e) {
      desk.failed = new Refusal({ says: "The desk could not get ready in this browser.", hint: "Open the same file in a current Edge, Chrome or Firefox. If that fails too, send this line to IT: " + (e?.message ?? e) });
      for (const [, , , reject] of waiting.splice(0)) reject(desk.failed);
    }
    tell();
  };
  return { ask, desk };
})();
