// Readings of what is spelled out, listed as numbers or put together from literals, decoded plainly and at once.
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

const isWord = (unit: string | undefined): boolean => unit !== undefined && /[0-9A-Za-z]/.test(unit);

/** The text of some places of a reading. */
function pickedOf(source: PlainReading, places: readonly number[]): Draft {
  const read = draft();
  for (const at of places) put(read, source.text[at]!, source.starts[at]!, source.ends[at]!);
  return read;
}

export function spelledOf(source: PlainReading): Draft[] {
  const { text } = source;
  const all: Draft[] = [];
  for (let at = 0; at < text.length; ) {
    const first = isWord(text[at]) && !isWord(text[at - 1]);
    const signs = first ? /^.([^0-9A-Za-z]{0,5})/s.exec(text.slice(at))![1]! : '';
    const places = [at];
    let end = at + 1;
    if (signs.length > 0 && signs.length <= 4 && isWord(text[end + signs.length]))
      for (;;) {
        const next = end + signs.length;
        const fits = text.startsWith(signs, end) && next < text.length && !/[\t-\r \u00a0]/.test(text[next]!);
        if (!fits || isWord(text[next + 1])) break;
        places.push(next);
        end = next + 1;
      }
    const digits = places.every((place) => /[0-9]/.test(text[place]!));
    const counts = digits ? places.length >= 13 && places.length <= 19 : places.length >= 8;
    const many = digits && places.length > 19;
    const lost = !digits && /^[0-9]{20}/.test(places.map((place) => text[place]).join(''));
    // Whether more of it may come.
    const rest = text.slice(end);
    const goesOn =
      first &&
      (places.length > 1 ? signs.startsWith(rest) : rest.length <= 4 && !isWord(rest[0]) && rest === signs);
    if (goesOn) {
      const unread = source.starts[many || (counts && !digits && !lost) ? places.at(-1)! : at]!;
      all.push(
        counts && !digits && !lost
          ? { ...pickedOf(source, places), unread }
          : waiting(source, many ? places.at(-1)! : at),
      );
    }
    if (!goesOn || counts) if (counts && !lost) all.push(pickedOf(source, places));
    at = places.length > 1 ? places.at(-1)! : at + 1;
  }
  return all;
}

const BASES: readonly (readonly [form: RegExp, radix: number])[] = [
  [/^(?:0x)?([0-9a-f]{2})$/i, 16],
  [/^([0-9]{2,3})$/, 10],
  [/^(?:0b)?([01]{7,8})$/i, 2],
  [/^0?o?([0-7]{2,3})$/i, 8],
];

export function numbersOf(source: PlainReading, whole: boolean): Draft[] {
  const { text } = source;
  const figures = [...text.matchAll(/[0-9A-Za-z]+/g)].map((word) => {
    const end = word.index + word[0].length;
    const isFigure = /^[0-9][0-9A-Za-z]{0,9}$/.test(word[0]);
    const codes = BASES.map(([form, radix]) => {
      const digits = isFigure ? form.exec(word[0])?.[1] : undefined;
      const code = digits === undefined ? 256 : Number.parseInt(digits, radix);
      return code < 256 ? code : undefined;
    });
    return { from: word.index, end, isFigure, codes };
  });
  const all: Draft[] = [];
  let lists: Bytes[] = BASES.map(() => []);
  let alive = BASES.map(() => true);
  let last = -1;
  const close = (atEnd: boolean): void => {
    lists.forEach((bytes, base) => {
      all.push(...textsOf(bytes, atEnd && alive[base]!));
    });
    lists = BASES.map(() => []);
    alive = BASES.map(() => true);
    last = -1;
  };
  for (const { from, end, isFigure, codes } of figures) {
    if (last >= 0 && from - last > 3) close(false);
    // A figure that may go on.
    if (!whole && isFigure && end === text.length) {
      all.push(waiting(source, from));
      close(true);
      return all;
    }
    const still = alive.map((lives, base) => lives && codes[base] !== undefined);
    if (last >= 0 && !still.includes(true)) close(false);
    const now = alive.map((lives, base) => lives && codes[base] !== undefined);
    if (!now.includes(true)) {
      close(false);
      continue;
    }
    alive = now;
    codes.forEach((byte, base) => {
      if (alive[base])
        lists[base]!.push({ byte: byte!, start: source.starts[from]!, end: source.ends[end - 1]! });
    });
    last = end;
  }
  close(last >= 0 && text.length - last <= 3);
  return all;
}

export function joinedOf(source: PlainReading): Draft[] {
  const { text } = source;
  const all: Draft[] = [];
  const word = /[0-9A-Za-z%./:=@_+-]+/y;
  for (let at = 0; at < text.length; ) {
    word.lastIndex = at;
    const first = word.exec(text)?.[0];
    if (first === undefined) {
      at += 1;
      continue;
    }
    const places = range(at, at + first.length);
    let end = at + first.length;
    let pieces = 1;
    if (first.length <= 64)
      for (;;) {
        const next = /^["'`][\s+.&|~<>\\(){}$]{0,24}["'`]([0-9A-Za-z%./:=@_+-]+)/.exec(text.slice(end));
        if (!next) break;
        const from = end + next[0].length - next[1]!.length;
        places.push(...range(from, end + next[0].length));
        end += next[0].length;
        pieces += 1;
      }
    const open =
      /^(?:["'`](?:[\s+.&|~<>\\(){}$]{0,24}["'`]?)?)?$/.test(text.slice(end)) && first.length <= 64;
    if (pieces > 1) all.push(pickedOf(source, places));
    else if (open) all.push(waiting(source, at));
    at = end;
  }
  return all;
}
