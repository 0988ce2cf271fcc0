// Log probabilities repeat a text token by token, with the tokens that might have been: as strings, as bytes and as keys.
// Entries of tokens that a mask touched, or that cannot be read without doubt, are dropped whole. Must not know streams.
import type { OpenLane } from '@sluice/types';
import * as T from '../json/tape.ts';
import { editText, type Step } from '../shared/lane.ts';

/** One position of the text: its token and the alternatives. */
export interface Entry {
  readonly bytes: Buffer;
  /** The other tokens, one a line; empty when there are none. */
  readonly others: string;
  /** False when token and bytes contradict each other. */
  readonly sound: boolean;
}

export interface TokenList {
  readonly entries: readonly Entry[];
  /** Arrays of which entry n is element n. */
  readonly arrays: readonly number[];
  /** Nodes that the entries account for, so that they need no inspection of their own. */
  readonly nodes: readonly number[];
  /** Readable place, for lane ids. */
  readonly path: string;
}

/** `bytes:\xe2\x9c`, as part of a character reads in place of a token's text. */
const BYTES_TOKEN = /^(?:bytes:)?((?:\\x[0-9a-fA-F]{2})+)$/;

function tokenBytes(token: string): Buffer {
  const match = BYTES_TOKEN.exec(token);
  if (match === null) return Buffer.from(token);
  return Buffer.from(
    match[1]!
      .split('\\x')
      .slice(1)
      .map((hex) => Number.parseInt(hex, 16)),
  );
}

/** Chat completions: an array of `{token, bytes, logprob, top_logprobs}`. */
export function chatTokens(tape: T.Tape, array: number, path: string): TokenList {
  const nodes: number[] = [];
  const entries = tape.elements(array).map((element): Entry => {
    const token = readToken(tape, element, nodes);
    const others = tape
      .elements(tape.member(element, 'top_logprobs'))
      .map((other) => readToken(tape, other, nodes));
    return {
      bytes: token.bytes,
      others: [...new Set(others.map((other) => other.text))]
        .filter((text) => text !== token.text)
        .join('\n'),
      sound: token.sound && others.every((other) => other.sound),
    };
  });
  return { entries, arrays: [array], nodes, path };
}

function readToken(
  tape: T.Tape,
  object: number,
  nodes: number[],
): { text: string; bytes: Buffer; sound: boolean } {
  const token = tape.member(object, 'token');
  if (token < 0 || tape.kind(token) !== T.STRING) return { text: '', bytes: Buffer.alloc(0), sound: false };
  nodes.push(token);
  const text = tape.text(token);
  const bytes = tokenBytes(text);
  const array = tape.member(object, 'bytes');
  if (array < 0 || tape.kind(array) === T.NULL) return { text, bytes, sound: true };
  nodes.push(array);
  const values = tape.elements(array).map((node) => Number(tape.text(node)));
  const given = values.every((value) => Number.isInteger(value) && value >= 0 && value < 256)
    ? Buffer.from(values)
    : undefined;
  const same = given !== undefined && (given.equals(bytes) || given.equals(Buffer.from(text)));
  return { text, bytes: same ? given : bytes, sound: same };
}

/** Completions: parallel arrays, the alternatives as keys of objects. */
export function completionTokens(tape: T.Tape, logprobs: number, path: string): TokenList | undefined {
  const tokens = tape.member(logprobs, 'tokens');
  if (tokens < 0 || tape.kind(tokens) !== T.ARRAY) return undefined;
  const nodes: number[] = [];
  const arrays = ['tokens', 'token_logprobs', 'top_logprobs', 'text_offset']
    .map((name) => tape.member(logprobs, name))
    .filter((node) => node >= 0 && tape.kind(node) === T.ARRAY);
  const lists = arrays.map((array) => tape.elements(array));
  const top = tape.elements(tape.member(logprobs, 'top_logprobs'));
  const even = lists.every((list) => list.length === lists[0]!.length);
  const entries = tape.elements(tokens).map((node, at): Entry => {
    const text = tape.kind(node) === T.STRING ? tape.text(node) : '';
    nodes.push(node);
    const others = keysOf(tape, top[at] ?? -1, nodes).filter((other) => other !== text);
    return {
      bytes: tokenBytes(text),
      others: others.join('\n'),
      sound: even && tape.kind(node) === T.STRING,
    };
  });
  return { entries, arrays, nodes, path };
}

function keysOf(tape: T.Tape, object: number, nodes: number[]): string[] {
  const keys: string[] = [];
  if (object < 0 || tape.kind(object) !== T.OBJECT) return keys;
  const end = tape.next(object);
  for (let key = object + T.ROW; key < end; key = tape.next(key + T.ROW)) {
    nodes.push(key);
    keys.push(tape.text(key));
  }
  return keys;
}

/** UTF-16 ranges of the tokens in a text that they spell out, or undefined when they spell out something else. */
export function tokenRanges(
  list: TokenList,
  text: string,
): { readonly from: number; readonly to: number }[] | undefined {
  const bytes = Buffer.from(text);
  if (!Buffer.concat(list.entries.map((entry) => entry.bytes)).equals(bytes)) return undefined;
  // floor[n] is the code unit in whose character byte n lies.
  const floor = new Int32Array(bytes.length + 1);
  let unit = 0;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (let i = 0; i < length; i++) floor[at + i] = unit;
    at += length;
    unit += length === 4 ? 2 : 1;
  }
  floor[bytes.length] = unit;
  let at = 0;
  return list.entries.map((entry) => {
    const from = floor[at]!;
    at += entry.bytes.length;
    // A token that ends inside a character reaches to the character's end.
    let end = at;
    while (end > 0 && end < bytes.length && floor[end] === floor[end - 1]) end++;
    return { from, to: floor[end]! };
  });
}

/** True when an edit touched any of a token's characters. */
export function overlaps(
  range: { readonly from: number; readonly to: number },
  touched: readonly Step[],
): boolean {
  return touched.some((step) => range.from < Math.max(step.to, step.from + 1) && range.to > step.from);
}

/** True when the alternatives of an entry may be shown. */
export function othersAreClean(open: OpenLane, list: TokenList, position: number): boolean {
  const { others } = list.entries[position]!;
  if (others === '') return true;
  const info = { id: `${list.path}[${position}].top_logprobs`, role: 'meta', format: 'text' } as const;
  return editText(open, info, others) === others;
}
