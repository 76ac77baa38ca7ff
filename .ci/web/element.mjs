// node element.mjs writes render/web/element.min.js from render/web/element.js: the style sheet inside and the script around it, both
// made smaller by esbuild. `go build` needs none of it, for the result lies beside its source; gate.test.mjs holds the two together.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "render", "web");
export const source = join(folder, "element.js");
export const shipped = join(folder, "element.min.js");

export async function minify(script) {
  const [, css] = /const css = `([^`]*)`/.exec(script);
  const sheet = (await transform(css, { loader: "css", minify: true })).code.trim();
  const { code } = await transform(script.replace(css, () => sheet), { minify: true, target: "es2022", charset: "utf8", legalComments: "none", format: "iife" });
  return code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(shipped, await minify(await readFile(source, "utf8")));
