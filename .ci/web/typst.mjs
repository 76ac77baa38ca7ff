// The command line of Typst, as far as `fairnotice print --pdf` uses it, on the compiler of Typst that npm has: the tests run it in place
// of the program.   typst compile --root DIR --pdf-standard ua-1 --creation-timestamp SECONDS IN OUT
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: "string" }, "pdf-standard": { type: "string" }, "creation-timestamp": { type: "string" } },
});
const [verb, from, to] = positionals;
if (verb !== "compile" || positionals.length !== 3) throw new Error(`not a command that print gives: ${process.argv.slice(2)}`);
const typst = NodeCompiler.create({ workspace: values.root, fontArgs: [{ fontPaths: ["/usr/share/fonts"] }] });
try {
  const made = typst.pdf({ mainFilePath: from }, { pdfStandard: values["pdf-standard"], creationTimestamp: Number(values["creation-timestamp"]) });
  writeFileSync(to, made);
} catch (wrong) {
  console.error(`error: ${String(wrong.message).replaceAll("\n", " ")}`);
  process.exit(1);
}
