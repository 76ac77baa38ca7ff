// The worker: it runs the core, which answers one question after the other. The first message is {packed, day, files}: the packed program
// out of the page, the day, and the files of a core before this one that broke down. It answers {ready: true} or {failed: "why"}. Then
// {id, op, args} is answered with {id, answer}, both JSON as text; and {files} follows whenever there may be others on the desk. {broke}
// is its last word.
onmessage = async ({ data: { packed, day, files } }) => {
  try {
    globalThis.fairnoticeDay = day;
    const go = new Go();
    const { instance } = await WebAssembly.instantiateStreaming(unpacked(packed), go.importObject);
    go.run(instance).then(() => postMessage({ broke: "it ended" }), (e) => postMessage({ broke: String(e) }));
    if (files) fairnoticeOpen(files);
    onmessage = ({ data: { id, op, args } }) => {
      try {
        const answer = fairnoticeDo(op, args);
        postMessage({ id, answer });
        if (answer.includes('"state":')) postMessage({ files: fairnoticeFiles() });
      } catch (e) {
        postMessage({ broke: String(e) });
      }
    };
    postMessage({ ready: true });
  } catch (e) {
    postMessage({ failed: String(e) });
  }
};
