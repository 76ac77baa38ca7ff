// connect asks the program that served this page, on this same computer. It saves into its folder after each change.
function connect() {
  const window_ = crypto.randomUUID();
  const call = async (op, args) => {
    let response;
    try {
      response = await fetch("do/" + op, { method: "POST", headers: { "Content-Type": "application/json", "Desk-Window": window_ }, body: JSON.stringify(args ?? {}) });
    } catch {
      return { error: { says: "The desk was closed.", hint: "Start it again, and go on in the window that it opens. What was saved is in your folder." } };
    }
    try {
      return await response.json();
    } catch {
      return { error: { says: "The desk was closed while it answered.", hint: "Start it again, and go on in the window that it opens." } };
    }
  };
  const core = {
    saves: "folder",
    folder: "",
    programs: [],
    ready: call("desk.hello").then((here) => {
      if (here.error) throw new Error(here.error.says);
      core.folder = here.folder;
      core.programs = here.programs;
    }),
    send: call,
  };
  // When this window goes for good, the program need not stay.
  addEventListener("pagehide", (e) => {
    if (!e.persisted) fetch("do/desk.bye", { method: "POST", keepalive: true, headers: { "Content-Type": "application/json", "Desk-Window": window_ }, body: "{}" }).catch(() => {});
  });
  return core;
}
