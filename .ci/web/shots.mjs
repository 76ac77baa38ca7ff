// Pictures of the pages, for a person to look at: node shots.mjs. They are written to out/.
import { mkdir } from "node:fs/promises";
import { choose, open, out, page, site } from "./browser.mjs";

const browser = await open();
await mkdir(out, { recursive: true });
const shoot = async (name, path, size, options = {}) => {
  const { view, close } = await page(browser, path, { ...options, viewport: size });
  if (options.choose) await choose(view, options.choose);
  if (options.unfold) await view.evaluate(() => document.querySelectorAll(".fn-lang[open] .fn-s, body > main > .fn-part .fn-s").forEach((d) => (d.open = true)));
  await view.screenshot({ path: `${out}/${name}.png`, fullPage: options.full ?? false });
  if (options.pdf) await view.pdf({ path: `${out}/${name}.pdf`, format: options.pdf, preferCSSPageSize: false });
  await close();
};
const phone = { width: 360, height: 640 };
const desk = { width: 1280, height: 900 };
const languages = await site.languages();
await shoot("nothing-360", "public/index.html", phone);
await shoot("nothing-desktop", "public/index.html", desk);
for (const l of languages) {
  await shoot(`${l}-360`, "public/index.html", phone, { choose: l });
  await shoot(`${l}-360-full`, "public/index.html", phone, { choose: l, full: true, unfold: true });
  await shoot(`${l}-desktop`, "public/index.html", desk, { choose: l, full: true });
  await shoot(`${l}-dark`, "public/index.html", desk, { choose: l, colorScheme: "dark" });
  await shoot(`${l}-forced`, "public/index.html", phone, { choose: l, forcedColors: "active" });
  await shoot(`${l}-letter`, "public/index.html", desk, { choose: l, pdf: "Letter" });
  await shoot(`${l}-a4`, `office/${l}/before-print.html`, desk, { pdf: "A4" });
}
await shoot("start", "START-HERE.html", desk, { full: true });
await shoot("at-upload-360", `public/${languages[0]}/at-upload.html`, phone, { full: true });
await browser.close();
