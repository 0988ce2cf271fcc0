// Every reading of a whole text, decoded plainly and at once: what the streaming views must come to.
import { fold } from '../views/fold.ts';
import { MAX_DEPTH, VIEWS } from '../views/index.ts';

export interface PlainReading {
  readonly path: readonly string[];
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Whether units at the end of this reading's source may still change it: the lane offset of the first of them. */
  readonly unread: number;
}

type Draft = { text: string; starts: number[]; ends: number[]; unread: number };

const draft = (): Draft => ({ text: '', starts: [], ends: [], unread: Number.POSITIVE_INFINITY });

function put(to: Draft, text: string, start: number, end: number): void {
  for (const unit of text.split('')) {
    to.text += unit;
    to.starts.push(start);
    to.ends.push(end);
  }
}

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

const SHORT: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function jsonOf(source: PlainReading): Draft[] {
  const out = draft();
  const escaped = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'`\\/bfnrt]))/y;
  for (let at = 0; at < source.text.length; ) {
    escaped.lastIndex = at;
    const found = escaped.exec(source.text);
    if (found) {
      const [whole, four, two, short] = found;
      const unit =
        short === undefined
          ? String.fromCharCode(Number.parseInt((four ?? two)!, 16))
          : (SHORT[short] ?? short);
      put(out, unit, source.starts[at]!, source.ends[at + whole.length - 1]!);
      at += whole.length;
    } else {
      put(out, source.text[at]!, source.starts[at]!, source.ends[at]!);
      at += 1;
    }
  }
  const open = /\\(?:u[0-9a-fA-F]{0,3}|x[0-9a-fA-F]?)?$/.exec(source.text);
  // An even number of backslashes before the last are escapes of their own.
  if (open) {
    const before = /\\*$/.exec(source.text.slice(0, open.index))![0].length;
    if (before % 2 === 0) out.unread = source.starts[open.index]!;
  }
  return [out];
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Texts of at least eight units among decoded bytes, and where undecided ones begin when no byte follows. */
function textsOf(bytes: readonly { byte: number; start: number; end: number }[], atEnd: boolean): Draft[] {
  const all: Draft[] = [];
  let now = draft();
  const stop = (): void => {
    if (now.text.length >= 8) all.push(now);
    now = draft();
  };
  for (let i = 0; i < bytes.length; ) {
    const { byte, start, end } = bytes[i]!;
    if (byte < 0x80) {
      if (byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))
        put(now, String.fromCharCode(byte), start, end);
      else if (byte !== 0) stop();
      i += 1;
      continue;
    }
    const need =
      byte >= 0xc2 && byte <= 0xdf
        ? 1
        : byte >= 0xe0 && byte <= 0xef
          ? 2
          : byte >= 0xf0 && byte <= 0xf4
            ? 3
            : 0;
    let have = 0;
    while (have < need && i + 1 + have < bytes.length && (bytes[i + 1 + have]!.byte & 0xc0) === 0x80)
      have += 1;
    const slice = bytes.slice(i, i + 1 + have);
    if (need === 0 || have < need) {
      if (need > 0 && i + 1 + have === bytes.length && atEnd) {
        now.unread = Math.min(now.unread, start);
        if (now.text.length < 8) all.push({ ...draft(), unread: now.starts[0] ?? start });
        else all.push(now);
        return all;
      }
      stop();
      i += 1 + have;
      continue;
    }
    let read: string;
    try {
      read = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(slice.map((b) => b.byte)),
      );
    } catch {
      read = '';
    }
    if (read === '' || read < '\u00a0') stop();
    else put(now, read, start, slice.at(-1)!.end);
    i += 1 + have;
  }
  if (atEnd && now.text !== '' && now.text.length < 8) all.push({ ...draft(), unread: now.starts[0]! });
  stop();
  return all;
}

type Bytes = { byte: number; start: number; end: number }[];

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

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

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

const DECODERS: Record<string, (source: PlainReading) => Draft[]> = {
  folded: foldedOf,
  json: jsonOf,
  base64: base64Of,
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
      VIEWS.flatMap(({ name }) =>
        DECODERS[name]!(source)
          .map((read) => (whole ? read : decided(read)))
          .filter((read) => read.text !== source.text || read.unread < Number.POSITIVE_INFINITY)
          .map((read) => ({ ...read, path: [...source.path, name] })),
      ),
    );
    all.push(...level);
  }
  return distinct(all);
}
