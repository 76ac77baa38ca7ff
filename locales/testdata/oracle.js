// Writes what the ICU of Node says about dates, numbers and plural forms, for formats_test.go and plural_test.go:
//
//	node locales/testdata/oracle.js > locales/testdata/oracle.json
//
// Needs Node 20 or later with full ICU. ours: the tag of the table of languages. asked: the tag that ICU is asked for.
'use strict';
const languages = [
  { ours: 'en', asked: 'en' },
  { ours: 'es', asked: 'es-US' },
  { ours: 'pl', asked: 'pl' },
  { ours: 'zh-Hans', asked: 'zh-Hans' },
  { ours: 'zh-Hant', asked: 'zh-Hant' },
  { ours: 'ar', asked: 'ar' },
  { ours: 'uk', asked: 'uk' },
  { ours: 'ru', asked: 'ru' },
  { ours: 'fr', asked: 'fr' },
  { ours: 'ur', asked: 'ur', native: 'ur-u-nu-arabext' },
  { ours: 'hi', asked: 'hi', native: 'hi-u-nu-deva' },
  { ours: 'fil', asked: 'fil' },
  { ours: 'ko', asked: 'ko' },
  { ours: 'vi', asked: 'vi' },
  { ours: 'pt-BR', asked: 'pt-BR' },
  // Haitian Creole is not here: ICU has nothing for it, and would answer in another language.
];
const days = [];
for (let m = 1; m <= 12; m++) for (const d of [1, 2, 11, 28]) days.push([2025, m, d]);
days.push([2024, 2, 29], [2017, 12, 31], [2000, 1, 1], [1999, 10, 9]);
const iso = ([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
const numbers = [0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 2700, 9999, 10000, 12345, 87100, 100000, 999999, 1000000, 1234567, 20000000];
const dates = (tag) => {
  const out = {};
  const f = (o) => new Intl.DateTimeFormat(tag, { ...o, timeZone: 'UTC', calendar: 'gregory' });
  for (const day of days) {
    const at = new Date(iso(day));
    out[iso(day)] = f({ dateStyle: 'long' }).format(at);
    out[iso(day).slice(0, 7)] = f({ year: 'numeric', month: 'long' }).format(at);
    out[iso(day).slice(0, 4)] = f({ year: 'numeric' }).format(at);
  }
  return out;
};
const ranges = (tag) => {
  const out = {};
  for (const [a, b, o] of [
    ['2022-04-17', '2025-06-13', { dateStyle: 'long' }],
    ['2022-04', '2025-06', { year: 'numeric', month: 'long' }],
    ['2022', '2025', { year: 'numeric' }],
  ]) out[`${a}/${b}`] = new Intl.DateTimeFormat(tag, { ...o, timeZone: 'UTC', calendar: 'gregory' }).formatRange(new Date(a), new Date(b));
  return out;
};
const counts = (tag) => Object.fromEntries(numbers.map((n) => [n, new Intl.NumberFormat(tag).format(n)]));
const forms = (tag) => {
  const rule = new Intl.PluralRules(tag);
  const out = {};
  for (let n = 0; n <= 999; n++) (out[rule.select(n)] ||= []).push(n);
  for (const n of [1000, 1001, 1002, 1011, 10000, 87100, 100000, 1000000, 2000000, 3000000]) (out[rule.select(n)] ||= []).push(n);
  return out;
};
const result = { icu: process.versions.icu, cldr: process.versions.cldr, languages: {} };
for (const { ours, asked, native } of languages) {
  if (!Intl.PluralRules.supportedLocalesOf(asked).length) throw new Error(`ICU has no ${asked}`);
  const l = { asked, dates: dates(asked), ranges: ranges(asked), numbers: counts(asked), forms: forms(asked) };
  if (ours === 'ar') {
    l.levant = dates('ar-SY-u-nu-latn');
    l.native = { dates: dates('ar-u-nu-arab'), levant: dates('ar-SY-u-nu-arab'), numbers: counts('ar-u-nu-arab') };
  }
  if (native) l.native = { dates: dates(native), numbers: counts(native) };
  result.languages[ours] = l;
}
process.stdout.write(JSON.stringify(result, null, 1).replace(/\[[\s\d,]+\]/g, (a) => a.replace(/\s+/g, '')) + '\n'); // a list of numbers on one line
