// What an office's programs do to a file that we made, for tests: unpack and pack a zip, change a sheet as Excel leaves it, change a text
// with tracked changes as Word does.
import { crc32, inflateRawSync } from "node:zlib";

// unzip gives the files of a zip by their names.
export function unzip(data) {
  const out = new Map();
  let at = data.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const n = data.readUInt16LE(at + 10);
  at = data.readUInt32LE(at + 16);
  for (let i = 0; i < n; i++) {
    const method = data.readUInt16LE(at + 10);
    const size = data.readUInt32LE(at + 20);
    const [name, extra, comment] = [data.readUInt16LE(at + 28), data.readUInt16LE(at + 30), data.readUInt16LE(at + 32)];
    const local = data.readUInt32LE(at + 42);
    const from = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const bytes = data.subarray(from, from + size);
    out.set(data.toString("utf8", at + 46, at + 46 + name), method === 8 ? inflateRawSync(bytes) : Buffer.from(bytes));
    at += 46 + name + extra + comment;
  }
  return out;
}

// zip packs files, without pressing them.
export function zip(files) {
  const parts = [], entries = [];
  let at = 0;
  for (const [name, bytes] of files) {
    const title = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(title.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt16LE(0, 32);
    entry.writeUInt32LE(at, 42);
    parts.push(head, title, bytes);
    entries.push(entry, title);
    at += 30 + title.length + bytes.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const escape = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const plain = (s) => s.replace(/<[^>]*>/g, "").replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// translated is a workbook as an agency sends it back: words(english) stands in the third column, typed into the cell and not shared, the rows
// are turned round, and the heads are in capitals.
export function translated(data, words) {
  const files = unzip(data);
  const texts = [...files.get("xl/sharedStrings.xml").toString().matchAll(/<si>(.*?)<\/si>/gs)].map((m) => plain(m[1]));
  let sheet = files.get("xl/worksheets/sheet1.xml").toString();
  const [head, ...rows] = [...sheet.matchAll(/<row .*?<\/row>/gs)].map((m) => m[0]);
  const done = rows.map((row) => {
    const english = texts[Number(/<c r="B\d+"[^>]*><v>(\d+)<\/v>/.exec(row)[1])];
    const text = words(english);
    if (!text) return row;
    return row.replace(/<c r="(C\d+)"( s="\d+")?[^>]*?(?:\/>|>.*?<\/c>)/s, (_, at, style) => `<c r="${at}"${style ?? ""} t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`);
  });
  done.reverse();
  const numbered = done.map((row, i) => row.replace(/<row r="\d+"/, `<row r="${i + 2}"`).replace(/(<c r="[A-Z]+)\d+"/g, `$1${i + 2}"`));
  sheet = sheet.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${head}${numbered.join("")}</sheetData>`);
  files.set("xl/worksheets/sheet1.xml", Buffer.from(sheet));
  return zip(files);
}

// tracked is a document as Word sends it back: each sentence of changes became another one, by a tracked change of a person.
export function tracked(data, changes, author, day) {
  const files = unzip(data);
  let xml = files.get("word/document.xml").toString();
  let n = 900;
  for (const [was, is] of Object.entries(changes)) {
    const run = [...xml.matchAll(/<w:r>(?:(?!<\/w:r>).)*<\/w:r>/gs)].find((m) => plain(m[0]) === was);
    if (!run) throw new Error(`"${was}" is not in the document`);
    const by = () => `w:id="${n++}" w:author="${escape(author)}" w:date="${day}T10:00:00Z"`;
    xml = xml.slice(0, run.index) + `<w:del ${by()}>${run[0].replaceAll("<w:t>", "<w:delText>").replaceAll("<w:t ", "<w:delText ").replaceAll("</w:t>", "</w:delText>")}</w:del>` +
      `<w:ins ${by()}><w:r><w:t>${escape(is)}</w:t></w:r></w:ins>` + xml.slice(run.index + run[0].length);
  }
  files.set("word/document.xml", Buffer.from(xml));
  return zip(files);
}
