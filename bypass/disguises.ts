// Disguises that a value may wear, and whether the engine sees through them. This list only grows. A row that is not
// caught yet says so, and its test fails on the day that it is caught, so that the list stays true.

export interface Disguise {
  readonly name: string;
  /** The value in disguise, to be read by whoever asked for it. */
  readonly wear: (value: string) => string;
  readonly caught: boolean;
}

const encode = (text: string): string => Buffer.from(text).toString('base64');
const each = (value: string, to: (unit: string, index: number) => string): string =>
  value.split('').map(to).join('');
const shifted = (value: string, from: string, to: number): string =>
  each(value, (unit) => (new RegExp(from).test(unit) ? String.fromCodePoint(unit.charCodeAt(0) + to) : unit));
const escapedUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const LOOKS: Readonly<Record<string, string>> = {
  A: 'А',
  B: 'В',
  E: 'Е',
  K: 'К',
  M: 'М',
  O: 'О',
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
};
const homoglyphs = (value: string): string => each(value, (unit) => LOOKS[unit] ?? unit);
const spread = (value: string, between: string): string => value.split('').join(between);
const lines = (text: string, width: number, gap: string): string =>
  encode(text).replace(new RegExp(`(.{${width}})(?=.)`, 'g'), `$1${gap}`);

const hexOf = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(2, '0');
const bitsOf = (text: string): string =>
  [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
const base32 = (text: string): string =>
  bitsOf(text).replace(
    /.{1,5}/g,
    (bits) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(bits.padEnd(5, '0'), 2)]!,
  );
const DIGITS58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58(text: string): string {
  let worn = '';
  for (let n = BigInt(`0b${bitsOf(text)}`); n > 0n; n /= 58n) worn = DIGITS58[Number(n % 58n)]! + worn;
  return worn;
}

const rot13 = (text: string): string =>
  each(text, (u) =>
    /[a-z]/i.test(u) ? String.fromCharCode((((u.charCodeAt(0) & 31) + 12) % 26) + (u <= 'Z' ? 65 : 97)) : u,
  );

const tight = (text: string): string => text.replaceAll(' ', '');
const codes = (text: string, radix: number, width: number): string[] =>
  [...Buffer.from(text)].map((byte) => byte.toString(radix).padStart(width, '0'));
/** A literal in pieces of three characters. */
const spread3 = (text: string, between: string): string =>
  between.slice(-1) + text.replace(/(.{3})(?=.)/g, `$1${between}`) + between[0];

const A = 0x41;
const caught: readonly Omit<Disguise, 'caught'>[] = [
  { name: 'none', wear: (value) => value },
  { name: 'a zero-width space in the middle', wear: (v) => `${v.slice(0, 6)}\u200b${v.slice(6)}` },
  { name: 'a zero-width joiner after every character', wear: (v) => spread(v, '\u200d') },
  { name: 'soft hyphens', wear: (v) => spread(v, '\u00ad') },
  { name: 'variation selectors', wear: (v) => spread(v, '\ufe0f') },
  { name: 'a right-to-left override', wear: (v) => `\u202d${v.slice(0, 4)}\u202d${v.slice(4)}\u202c` },
  { name: 'combining strokes', wear: (v) => spread(v, '\u0336') },
  { name: 'full-width letters', wear: (v) => shifted(v, '[!-~]', 0xff01 - 0x21) },
  { name: 'homoglyphs from Cyrillic', wear: homoglyphs },
  { name: 'homoglyphs and zero-width spaces', wear: (v) => spread(homoglyphs(v), '\u200b') },
  {
    name: 'bold mathematical letters',
    wear: (v) => shifted(shifted(v, '[A-Z]', 0x1d400 - A), '^[a-z]$', 0x1d41a - 0x61),
  },
  { name: 'monospaced mathematical digits', wear: (v) => shifted(v, '[0-9]', 0x1d7f6 - 0x30) },
  { name: 'circled letters', wear: (v) => shifted(v, '[A-Z]', 0x24b6 - A) },
  { name: 'digits of another script', wear: (v) => shifted(v, '[0-9]', 0x0966 - 0x30) },
  { name: 'tag characters', wear: (v) => shifted(v, '[ -~]', 0xe0000) },
  { name: 'JSON escapes of every character', wear: (v) => each(v, escapedUnit) },
  { name: 'a JSON escape of one character', wear: (v) => escapedUnit(v[0]!) + v.slice(1) },
  {
    name: 'hexadecimal string escapes',
    wear: (v) => each(v, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`),
  },
  { name: 'JSON in JSON', wear: (v) => each(v, (unit) => `\\${escapedUnit(unit)}`) },
  { name: 'an escaped line end before it', wear: (v) => `\\n${v}\\n` },
  { name: 'escaped homoglyphs', wear: (v) => each(homoglyphs(v), escapedUnit) },
  { name: 'base64', wear: (v) => encode(`key: ${v} .`) },
  { name: 'base64 without padding', wear: (v) => encode(`${v}\n`).replaceAll('=', '') },
  { name: 'base64 in the URL alphabet', wear: (v) => Buffer.from(`>>??>> ${v} >>??`).toString('base64url') },
  { name: 'base64 behind other letters, at any alignment', wear: (v) => `token${encode(` ${v} `)}` },
  {
    name: 'base64 in lines of 76',
    wear: (v) => lines(`${'This is a longer text. '.repeat(2)}${v} and more of it after that.`, 76, '\n'),
  },
  { name: 'base64 in short lines', wear: (v) => lines(`A text before it: ${v} and after it`, 20, '\r\n') },
  { name: 'base64 of base64', wear: (v) => encode(encode(`key: ${v} .`)) },
  { name: 'base64 three times', wear: (v) => encode(encode(encode(`key: ${v} .`))) },
  { name: 'base64 of JSON escapes', wear: (v) => encode(`{"k":"${each(v, escapedUnit)}"}`) },
  { name: 'base64 of homoglyphs', wear: (v) => encode(`k ${homoglyphs(v)} .`) },
  { name: 'base64 of UTF-16', wear: (v) => Buffer.from(`key: ${v} .`, 'utf16le').toString('base64') },
  { name: 'base64 with escaped slashes', wear: (v) => encode(`???>>> ${v} ???>>>`).replaceAll('/', '\\/') },
  {
    name: 'base64 split by zero-width spaces',
    wear: (v) => encode(`key: ${v} .`).replace(/(.{10})/g, '$1\u200b'),
  },
  { name: 'percent-encoding', wear: (v) => each(v, (unit) => `%${hexOf(unit)}`) },
  {
    name: 'percent-encoding of signs alone',
    wear: (v) => encodeURIComponent(v).replace(/[-_.]/g, (u) => `%${hexOf(u)}`),
  },
  { name: 'percent-encoding twice', wear: (v) => each(v, (unit) => `%25${hexOf(unit)}`) },
  { name: 'percent-encoded UTF-16', wear: (v) => each(v, (unit) => `%u00${hexOf(unit)}`) },
  { name: 'decimal HTML entities', wear: (v) => each(v, (unit) => `&#${unit.charCodeAt(0)};`) },
  { name: 'hexadecimal HTML entities', wear: (v) => each(v, (unit) => `&#x${hexOf(unit)};`) },
  { name: 'HTML entities without semicolons', wear: (v) => each(v, (unit) => `&#${unit.charCodeAt(0)}`) },
  {
    name: 'named HTML entities',
    wear: (v) =>
      v
        .replaceAll('@', '&commat;')
        .replaceAll('.', '&period;')
        .replaceAll('_', '&lowbar;')
        .replace(/^./, (u) => `&#${u.charCodeAt(0)};`),
  },
  {
    name: 'quoted-printable of every character',
    wear: (v) => each(v, (unit) => `=${hexOf(unit).toUpperCase()}`),
  },
  { name: 'quoted-printable with soft line breaks', wear: (v) => v.replace(/(.{7})(?=.)/g, '$1=\r\n') },
  {
    name: 'terminal colours between the characters',
    wear: (v) => each(v, (unit, i) => `\u001b[3${i % 8}m${unit}`),
  },
  { name: 'octal escapes', wear: (v) => each(v, (u) => `\\${u.charCodeAt(0).toString(8).padStart(3, '0')}`) },
  { name: 'code point escapes', wear: (v) => each(v, (unit) => `\\u{${hexOf(unit)}}`) },
  { name: 'escapes of eight digits', wear: (v) => each(v, (unit) => `\\U000000${hexOf(unit)}`) },
  {
    name: 'a backslash before every sign',
    wear: (v) => v.replace(/[^0-9A-Za-z ]/g, '\\$&').replace(/^./, escapedUnit),
  },
  { name: 'a line that goes on behind a backslash', wear: (v) => `${v.slice(0, 7)}\\\n    ${v.slice(7)}` },
  { name: 'hexadecimal', wear: (v) => Buffer.from(v).toString('hex') },
  {
    name: 'hexadecimal in capitals behind 0x',
    wear: (v) => `0x${Buffer.from(v).toString('hex').toUpperCase()}`,
  },
  { name: 'base32', wear: (v) => base32(`key ${v}`) },
  { name: 'base32 in small letters', wear: (v) => base32(v).toLowerCase() },
  { name: 'base58', wear: (v) => base58(`key: ${v}`) },
  { name: 'base64 of hexadecimal', wear: (v) => encode(Buffer.from(v).toString('hex')) },
  { name: 'hexadecimal of base64', wear: (v) => Buffer.from(encode(` ${v} `)).toString('hex') },
  { name: 'base64 of percent-encoding', wear: (v) => encode(each(v, (unit) => `%${hexOf(unit)}`)) },
  { name: 'percent-encoded base64', wear: (v) => each(encode(`?? ${v} ??`), (unit) => `%${hexOf(unit)}`) },
  { name: 'entities in JSON escapes', wear: (v) => each(v, (unit) => `\\u0026#${unit.charCodeAt(0)};`) },
  { name: 'rot13', wear: (v) => rot13(v.replaceAll(' ', '')) },
  { name: 'written backwards', wear: (v) => v.split('').reverse().join('').replaceAll(' ', '') },
  { name: 'rot13 of base64', wear: (v) => rot13(encode(`1 key: ${v} .`)) },
  { name: 'base64 written backwards', wear: (v) => encode(`1 key: ${v} .`).split('').reverse().join('') },
  { name: 'base64 of rot13', wear: (v) => encode(`key: ${rot13(v.replaceAll(' ', ''))} .`) },
  { name: 'spaces between the characters', wear: (v) => spread(tight(v), ' ') },
  { name: 'hyphens between the characters', wear: (v) => spread(tight(v), '-') },
  { name: 'dots between the characters', wear: (v) => spread(tight(v), '.') },
  { name: 'underscores between the characters', wear: (v) => spread(tight(v), '_') },
  { name: 'commas and spaces between the characters', wear: (v) => spread(tight(v), ', ') },
  { name: 'one character a line', wear: (v) => spread(tight(v), '\n') },
  { name: 'a list of characters', wear: (v) => `['${spread(tight(v), "', '")}'].join('')` },
  { name: 'hexadecimal pairs', wear: (v) => codes(v, 16, 2).join(' ') },
  { name: 'hexadecimal pairs with colons', wear: (v) => codes(v, 16, 2).join(':') },
  {
    name: 'hexadecimal numbers',
    wear: (v) =>
      `{${codes(v, 16, 2)
        .map((code) => `0x${code}`)
        .join(', ')}}`,
  },
  { name: 'decimal numbers', wear: (v) => `[${codes(v, 10, 1).join(', ')}]` },
  { name: 'octal numbers', wear: (v) => codes(v, 8, 3).join(' ') },
  { name: 'binary numbers', wear: (v) => codes(v, 2, 8).join(' ') },
  { name: 'two literals put together', wear: (v) => `"${tight(v).slice(0, 5)}" + "${tight(v).slice(5)}"` },
  { name: 'literals put together with dots', wear: (v) => spread3(tight(v), "' . '") },
  { name: 'literals beside one another', wear: (v) => spread3(tight(v), '"\n    "') },
  {
    name: 'pieces of a template',
    wear: (v) => `\`\${'${tight(v).slice(0, 6)}'}\${'${tight(v).slice(6)}'}\``,
  },
  { name: 'base64 put together', wear: (v) => spread3(encode(`key: ${v} .`), '" + "') },
  { name: 'base64 spelled out', wear: (v) => spread(encode(`key: ${v} .`), ' ') },
];

const notYet: readonly Omit<Disguise, 'caught'>[] = [
  { name: 'base64 four times', wear: (v) => encode(encode(encode(encode(`key: ${v} .`)))) },
  { name: 'groups of four', wear: (v) => v.replace(/\W/g, '').replace(/(.{4})(?=.)/g, '$1 | ') },
  { name: 'every second character', wear: (v) => each(v, (unit) => `${unit}x`) },
];

export const DISGUISES: readonly Disguise[] = [
  ...caught.map((row) => ({ ...row, caught: true })),
  ...notYet.map((row) => ({ ...row, caught: false })),
];
