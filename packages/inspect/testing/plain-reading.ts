// What the plain decoders of readings share: a reading, the text among decoded bytes, and places that wait for more.

export interface PlainReading {
  readonly path: readonly string[];
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Whether units at the end of this reading's source may still change it: the lane offset of the first of them. */
  readonly unread: number;
}

export type Draft = { text: string; starts: number[]; ends: number[]; unread: number };

export const draft = (): Draft => ({ text: '', starts: [], ends: [], unread: Number.POSITIVE_INFINITY });

export function put(to: Draft, text: string, start: number, end: number): void {
  for (const unit of text.split('')) {
    to.text += unit;
    to.starts.push(start);
    to.ends.push(end);
  }
}

/** Texts of at least `least` units among decoded bytes, and where undecided ones begin when no byte follows. */
export function textsOf(
  bytes: readonly { byte: number; start: number; end: number }[],
  atEnd: boolean,
  least = 8,
): Draft[] {
  const all: Draft[] = [];
  let now = draft();
  const stop = (): void => {
    if (now.text.length >= least) all.push(now);
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
        if (now.text.length < least) all.push({ ...draft(), unread: now.starts[0] ?? start });
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
  if (atEnd && now.text !== '' && now.text.length < least) all.push({ ...draft(), unread: now.starts[0]! });
  stop();
  return all;
}

export type Bytes = { byte: number; start: number; end: number }[];

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

export const waiting = (source: PlainReading, place: number): Draft => ({
  ...draft(),
  unread: source.starts[place]!,
});
