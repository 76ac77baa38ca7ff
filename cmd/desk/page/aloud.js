// Reading aloud, by the voices that are on the device. A voice that is not local sends the words to somebody else, so it is never used.
const aloud = (() => {
  const speech = globalThis.speechSynthesis;
  let run = 0;

  // voices gives the list of voices; some browsers need a moment to find them.
  async function voices() {
    if (!speech) return [];
    if (speech.getVoices().length === 0) {
      await Promise.race([new Promise((yes) => speech.addEventListener("voiceschanged", yes, { once: true })), new Promise((yes) => setTimeout(yes, 800))]);
    }
    return speech.getVoices();
  }

  // find gives the local voice for a language, or null. The script must fit too: a Mandarin voice reads zh-Hans and zh-Hant, a Cantonese
  // voice neither.
  async function find(tag) {
    const [language, ...rest] = tag.toLowerCase().split("-");
    const place = rest.find((p) => p.length === 2);
    const local = (await voices()).filter((v) => v.localService === true && v.lang.toLowerCase().replace("_", "-").split("-")[0] === language);
    const wish = { "zh-hans": "cn", "zh-hant": "tw" }[tag.toLowerCase()] ?? place;
    return local.find((v) => wish && v.lang.toLowerCase().replace("_", "-").endsWith("-" + wish)) ?? local.filter((v) => !/[-_]hk$/i.test(v.lang))[0] ?? null;
  }

  // read reads texts one after the other. at(i) is told which one begins; it gives true where all was read.
  async function read(texts, voice, at) {
    stop();
    const mine = ++run;
    for (const [i, text] of texts.entries()) {
      if (mine !== run) return false;
      at(i);
      const u = new SpeechSynthesisUtterance(text);
      u.voice = voice;
      u.lang = voice.lang;
      const good = await new Promise((yes) => {
        u.addEventListener("end", () => yes(true));
        u.addEventListener("error", () => yes(false));
        speech.speak(u);
      });
      if (!good) return false;
    }
    return mine === run;
  }

  function stop() {
    run++;
    speech?.cancel();
  }
  addEventListener("hashchange", stop);
  addEventListener("pagehide", stop);
  return { find, read, stop };
})();
