// Every reading of a whole text, decoded plainly and at once: what the streaming views must come to.
import { fold } from '../views/fold.ts';
import { addsTo, MAX_DEPTH, VIEWS } from '../views/index.ts';
import { joinedOf, numbersOf, spelledOf } from './list-readings.ts';
import {
  type Bytes,
  type Draft,
  draft,
  type PlainReading,
  put,
  range,
  textsOf,
  waiting,
} from './plain-reading.ts';

export type { PlainReading } from './plain-reading.ts';

function foldedOf(source: PlainReading): Draft[] {
  const out = draft();
  let at = 0;
  for (const character of source.text) {
    const last = at + character.length - 1;
    const read = fold(character.codePointAt(0)!);
    if (read !== undefined) put(out, read, source.starts[at]!, source.ends[last]!);
    else for (let i = at; i <= last; i += 1) put(out, source.text[i]!, source.starts[i]!, source.ends[i]!);
    at += character.length;
  }
  const tail = source.text.length - 1;
  if (/[\ud800-\udbff]$/.test(source.text)) out.unread = source.starts[tail]!;
  return [out];
}

/** Every escape of a text undone: the first of `forms` that is there; `begun` says that one may begin where the text ends. */
function escapesOf(
  source: PlainReading,
  form: RegExp,
  begun: RegExp,
  read: (match: RegExpExecArray) => string | undefined,
): Draft[] {
  const out = draft();
  const { text } = source;
  for (let at = 0; at < text.length; ) {
    if (begun.test(text.slice(at)) && out.unread === Number.POSITIVE_INFINITY)
      out.unread = source.starts[at]!;
    const match = form.exec(text.slice(at));
    const unit = match && read(match);
    if (match && unit !== undefined && unit !== null) {
      put(out, unit, source.starts[at]!, source.ends[at + match[0].length - 1]!);
      at += match[0].length;
    } else {
      put(out, text[at]!, source.starts[at]!, source.ends[at]!);
      at += 1;
    }
  }
  return [out];
}

const CONTROL: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A character of a code point, if there is one. */
const point = (digits: string, radix: number): string | undefined => {
  const code = Number.parseInt(digits, radix);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
};

const jsonOf = (source: PlainReading): Draft[] =>
  escapesOf(
    source,
    /^\\(?:u\{([0-9A-Fa-f]{1,6})\}|U([0-9A-Fa-f]{8})|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-3][0-7][0-7])|([^a-zA-Z0-9\x00- \x7f-\uffff]|[bfnrt])|(?:\r\n|\r|\n)[ \t]{0,63})/,
    /^\\(?:|u[0-9A-Fa-f]{0,3}|u\{[0-9A-Fa-f]{0,6}|U[0-9A-Fa-f]{0,7}|x[0-9A-Fa-f]?|[0-3][0-7]?|(?:\r\n|\r|\n)[ \t]{0,62})$/,
    ([, braced, eight, four, two, octal, sign]) => {
      if (sign !== undefined) return CONTROL[sign] ?? sign;
      if (octal !== undefined) return point(octal, 8);
      const unit = four ?? two;
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
      const hex = braced ?? eight;
      return hex === undefined ? '' : point(hex, 16);
    },
  );

const decoded = (hex: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(hex, 'hex'));
  } catch {
    return undefined;
  }
};

/** The first byte of a character and how many follow. */
const LEADS: readonly (readonly [lead: string, more: number])[] = [
  ['[0-7][0-9a-f]', 0],
  ['[cd][0-9a-f]', 1],
  ['e[0-9a-f]', 2],
  ['f[0-7]', 3],
];

/** Escaped bytes: each a sign and two digits. `other` is another form, and how it begins. */
function octetsOf(
  source: PlainReading,
  sign: string,
  other: string,
  otherBegun: string,
  read: (text: string) => string | undefined,
): Draft[] {
  const forms = LEADS.map(([lead, more]) => sign + lead + `${sign}[89ab][0-9a-f]`.repeat(more));
  const prefixes = forms.flatMap((form) => {
    // A form's units: the sign, classes and letters.
    const units = form.match(/\[[^\]]*\]|./g)!;
    return units.slice(1).map((_, i) => units.slice(0, i + 1).join(''));
  });
  return escapesOf(
    source,
    new RegExp(`^(?:${[other, ...forms].join('|')})`, 'i'),
    new RegExp(`^(?:${[otherBegun, `${sign}[0-9a-f]`, ...prefixes].join('|')})$`, 'i'),
    ([text]) => read(text),
  );
}

const percentOf = (source: PlainReading): Draft[] =>
  octetsOf(source, '%', '%u[0-9a-f]{4}', '%u[0-9a-f]{0,3}', (text) =>
    /^%u/i.test(text)
      ? String.fromCharCode(Number.parseInt(text.slice(2), 16))
      : decoded(text.replaceAll('%', '')),
  );

const quotedPrintableOf = (source: PlainReading): Draft[] =>
  octetsOf(source, '=', '=\\r?\\n', '=\\r?', (text) =>
    /\s/.test(text) ? '' : decoded(text.replaceAll('=', '')),
  );

const ansiOf = (source: PlainReading): Draft[] =>
  escapesOf(
    source,
    /^\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|[0-9=>@-Z\\^_c])/,
    /^\x1b(?:|\[[0-?]{0,32}[ -/]{0,4})$/,
    () => '',
  );

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  commat: '@',
  period: '.',
  lowbar: '_',
  num: '#',
};

/** Names that the random texts write; the view knows more. */
function entitiesOf(source: PlainReading): Draft[] {
  const names = Object.keys(ENTITIES);
  const begun = names.flatMap((name) => [...name].map((_, i) => name.slice(0, i + 1)));
  return escapesOf(
    source,
    new RegExp(`^&(?:(${names.join('|')});|#([0-9]{1,8});?|#[xX]([0-9a-fA-F]{1,8});?)`),
    new RegExp(`^&(?:|${begun.join('|')}|#|#[0-9]{1,8}|#[xX][0-9a-fA-F]{0,8})$`),
    ([, name, decimal, hex]) =>
      name !== undefined ? ENTITIES[name] : decimal !== undefined ? point(decimal, 10) : point(hex!, 16),
  );
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of the encoded characters at these places, the first of which begins a quantum. */
function bytesAt(source: PlainReading, places: readonly number[]): Bytes {
  const sextet = (at: number): string =>
    ALPHABET.indexOf(source.text[at]!.replace('-', '+').replace('_', '/')).toString(2).padStart(6, '0');
  const bits = places.map(sextet).join('');
  const bytes: Bytes = [];
  for (let bit = 0; bit + 8 <= bits.length; bit += 8) {
    const first = places[Math.floor(bit / 6)]!;
    const last = places[Math.floor((bit + 7) / 6)]!;
    bytes.push({
      byte: Number.parseInt(bits.slice(bit, bit + 8), 2),
      start: source.starts[first]!,
      end: source.ends[last]!,
    });
  }
  return bytes;
}

function base64Of(source: PlainReading): Draft[] {
  const all: Draft[] = [];
  const waitsFrom = (place: number): void => {
    all.push({ ...draft(), unread: source.starts[place]! });
  };
  const { length } = source.text;
  let inBlock = 0;
  for (const run of source.text.matchAll(/[A-Za-z0-9+/_-]+/g)) {
    const end = run.index + run[0].length;
    const atEnd = end === length;
    if (run[0].length < 16) {
      if (atEnd) waitsFrom(run.index);
      continue;
    }
    for (let phase = 0; phase < 4; phase += 1)
      all.push(...textsOf(bytesAt(source, range(run.index + phase, end)), atEnd));
    if (atEnd) waitsFrom(length - 1);
    const block =
      /^(?:[A-Za-z0-9+/_-]{4})+(?:(?:\r\n|\r|\n)(?:[A-Za-z0-9+/_-]{4})+)*(?:\r\n|\r|\n)[A-Za-z0-9+/_-]*/.exec(
        source.text.slice(run.index),
      );
    if (!block || run.index < inBlock) continue;
    inBlock = run.index + block[0].length;
    const places = range(run.index, inBlock).filter((at) => !/[\r\n]/.test(source.text[at]!));
    all.push(...textsOf(bytesAt(source, places), inBlock === length));
    if (inBlock === length && places.length % 4 > 0) waitsFrom(length - 1);
  }
  return all;
}

/** Runs of an alphabet within runs that may be encoded, as the places of their characters. */
function runsOf(
  source: PlainReading,
  alphabet: RegExp,
): { places: number[]; atEnd: boolean; long: boolean }[] {
  return [...source.text.matchAll(/[A-Za-z0-9+/_-]+/g)]
    .filter((run) => run[0].length >= 16)
    .flatMap((run) =>
      [...run[0].matchAll(alphabet)].map((part) => {
        const from = run.index + part.index;
        const to = from + part[0].length;
        return { places: range(from, to), atEnd: to === source.text.length, long: part[0].length >= 16 };
      }),
    );
}

/** Bytes of characters of so many bits each. */
function packed(
  source: PlainReading,
  places: readonly number[],
  bits: number,
  value: (unit: string) => number,
): Bytes {
  const all = places.map((at) => value(source.text[at]!).toString(2).padStart(bits, '0')).join('');
  return Array.from({ length: Math.floor(all.length / 8) }, (_, i) => ({
    byte: Number.parseInt(all.slice(8 * i, 8 * i + 8), 2),
    start: source.starts[places[Math.floor((8 * i) / bits)]!]!,
    end: source.ends[places[Math.floor((8 * i + 7) / bits)]!]!,
  }));
}

const hexOf = (source: PlainReading): Draft[] =>
  runsOf(source, /[0-9a-f]+/gi).flatMap(({ places, atEnd }) => [
    ...[0, 1].flatMap((skip) =>
      textsOf(
        packed(source, places.slice(skip), 4, (unit) => Number.parseInt(unit, 16)),
        atEnd,
      ),
    ),
    ...(atEnd ? [waiting(source, places.at(-1)!)] : []),
  ]);

const base32Of = (source: PlainReading): Draft[] =>
  runsOf(source, /[a-z2-7]+/gi).flatMap(({ places, atEnd }) => [
    ...textsOf(
      packed(source, places, 5, (unit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(unit.toUpperCase())),
      atEnd,
      10,
    ),
    // The character that the first bit not yet in a byte belongs to.
    ...(atEnd && (places.length * 5) % 8 > 0
      ? [waiting(source, places[Math.floor((places.length * 5 - ((places.length * 5) % 8)) / 5)]!)]
      : []),
  ]);

const DIGITS58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58Of(source: PlainReading): Draft[] {
  return runsOf(source, /[1-9A-HJ-NP-Za-km-z]+/g).flatMap(({ places, atEnd, long }) => {
    if (places.length > 256) return [];
    const waits = atEnd ? [waiting(source, places[0]!)] : [];
    if (!long) return waits;
    const letters = places.map((at) => source.text[at]!);
    const number = letters.reduce((sum, unit) => sum * 58n + BigInt(DIGITS58.indexOf(unit)), 0n);
    const zeros = letters.findIndex((unit) => unit !== '1');
    const hex = number === 0n ? '' : number.toString(16);
    const bytes = '00'.repeat(zeros < 0 ? letters.length : zeros) + (hex.length % 2 ? '0' : '') + hex;
    const place = { start: source.starts[places[0]!]!, end: source.ends[places.at(-1)!]! };
    const all = [...Buffer.from(bytes, 'hex')].map((byte) => ({ byte, ...place }));
    const texts = textsOf(all, false);
    const size = texts[0] ? Buffer.byteLength(texts[0].text) : 0;
    // Zero bytes are skipped in a text, but none begins with one.
    const whole =
      texts.length === 1 &&
      size + all.slice(1).filter(({ byte }) => byte === 0).length === all.length &&
      all[0]?.byte !== 0;
    return whole ? [{ ...texts[0]!, unread: atEnd ? place.start : Number.POSITIVE_INFINITY }] : waits;
  });
}

/** Words of at least 16 and at most 256 characters, read in another way. */
function turnedOf(source: PlainReading, turn: (word: string) => string | undefined, whole: boolean): Draft[] {
  return runsOf(source, /.+/g).flatMap(({ places, atEnd }) => {
    if (places.length > 256) return [];
    const start = source.starts[places[0]!]!;
    const end = source.ends[places.at(-1)!]!;
    const turned = turn(places.map((at) => source.text[at]!).join(''));
    const read = draft();
    if (turned !== undefined)
      places.forEach((at, i) => {
        put(read, turned[i]!, whole ? start : source.starts[at]!, whole ? end : source.ends[at]!);
      });
    if (atEnd) read.unread = start;
    return [read];
  });
}

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const rot13Of = (source: PlainReading): Draft[] =>
  turnedOf(
    source,
    (word) =>
      /[0-9]/.test(word) && /[A-Za-z]/.test(word) && /[^0-9a-f-]/i.test(word)
        ? word.replace(/[A-Z]/gi, (unit) => {
            const turned = CAPITALS[(CAPITALS.indexOf(unit.toUpperCase()) + 13) % 26]!;
            return /[A-Z]/.test(unit) ? turned : turned.toLowerCase();
          })
        : undefined,
    false,
  );

const reversedOf = (source: PlainReading): Draft[] =>
  turnedOf(
    source,
    (word) => {
      const counts = /[A-Za-z]/.test(word) ? /[0-9]/.test(word) : /^[0-9]+$/.test(word) && word.length === 16;
      return counts ? word.split('').reverse().join('') : undefined;
    },
    true,
  );

const DECODERS: Record<string, (source: PlainReading, whole: boolean) => Draft[]> = {
  folded: foldedOf,
  json: jsonOf,
  percent: percentOf,
  entities: entitiesOf,
  'quoted-printable': quotedPrintableOf,
  ansi: ansiOf,
  joined: joinedOf,
  spelled: spelledOf,
  numbers: numbersOf,
  base64: base64Of,
  hex: hexOf,
  base32: base32Of,
  base58: base58Of,
  rot13: rot13Of,
  reversed: reversedOf,
};

/** What is decided of a reading that may go on. */
function decided(read: Draft): Draft {
  const length = read.starts.findIndex((start) => start >= read.unread);
  return length < 0 ? read : { ...read, text: read.text.slice(0, length) };
}

/** Of readings that are the same, the first. */
function distinct(readings: readonly PlainReading[]): PlainReading[] {
  const known = new Map<string, PlainReading>();
  for (const reading of readings) {
    const key = `${reading.text}|${reading.starts.join()}|${reading.ends.join()}|${reading.unread}`;
    if (!known.has(key)) known.set(key, reading);
  }
  return [...known.values()];
}

/** All readings, `raw` first. Those that say nothing new are left out. `whole`: nothing comes after the text. */
export function readingsOf(text: string, whole = true): PlainReading[] {
  const raw: PlainReading = {
    path: [],
    text,
    starts: text.split('').map((_, i) => i),
    ends: text.split('').map((_, i) => i + 1),
    unread: Number.POSITIVE_INFINITY,
  };
  const all = [raw];
  for (let level = [raw], depth = 1; depth <= MAX_DEPTH; depth += 1) {
    level = distinct(level).flatMap((source) =>
      VIEWS.filter((view) => addsTo(source.path.at(-1) ?? 'raw', view)).flatMap(({ name }) =>
        DECODERS[name]!(source, whole)
          .map((read) => (whole ? read : decided(read)))
          .filter((read) => read.text !== source.text || read.unread < Number.POSITIVE_INFINITY)
          .map((read) => ({ ...read, path: [...source.path, name] })),
      ),
    );
    all.push(...level);
  }
  return distinct(all);
}
