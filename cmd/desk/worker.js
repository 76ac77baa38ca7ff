// The worker: it runs the core, which answers one question after the other. First it is told {day, files}: which day it is, and the files of
// a core before this one that broke down. Then comes {packed: text} for each piece of the packed program, and {packed: undefined} at its end.
// It answers {ready: true} or {failed: "why"}. From then on {id, op, args} is answered with {id, answer}, both JSON as text; and {files}
// follows whenever there may be others on the desk. {broke} is its last word.
const pieces = []; // that came, and nobody waits for yet
let wants; // a piece

onmessage = async ({ data }) => {
  if (Object.hasOwn(data, "packed")) {
    if (!wants) return void pieces.push(data.packed);
    wants(data.packed);
    wants = undefined;
    return;
  }
  if (data.id) {
    try {
      const answer = fairnoticeDo(data.op, data.args);
      postMessage({ id: data.id, answer });
      if (answer.includes('"state":')) postMessage({ files: fairnoticeFiles() });
    } catch (e) {
      postMessage({ broke: String(e) });
    }
    return;
  }
  try {
    globalThis.fairnoticeDay = data.day;
    const go = new Go();
    const next = () => (pieces.length > 0 ? pieces.shift() : new Promise((piece) => { wants = piece; }));
    const { instance } = await WebAssembly.instantiateStreaming(unpacked(next), go.importObject);
    go.run(instance).then(() => postMessage({ broke: "it ended" }), (e) => postMessage({ broke: String(e) }));
    if (data.files) fairnoticeOpen(data.files);
    postMessage({ ready: true });
    const warm = (piece) => fairnoticeWarm(piece) && setTimeout(warm, 0, piece + 1); // between two pieces a question has its turn
    warm(0);
  } catch (e) {
    postMessage({ failed: String(e) });
  }
};
