// A strict reader of JSON over bytes: one pass, no objects, every doubt refused. Knows RFC 8259 and nothing of what the text means.
import { Malformed } from '../malformed.ts';
import { ESCAPED, hashBytes, stringEnd } from './string.ts';
import * as T from './tape.ts';

/** Containers inside one another that are read; real bodies stay below 20. */
export const MAX_DEPTH = 64;
/** Members of one object from which on keys are compared through a set. */
const MANY_KEYS = 12;

export interface ScanRules {
  /** Refuse escapes of lone surrogates. Requests do; answers may split a pair over two frames. */
  readonly strict: boolean;
}

/**
 * Reads `bytes[from, to)` into `tape`. Throws Malformed on anything but exactly one JSON text in valid UTF-8 without byte-order
 * mark, duplicate keys (compared unescaped), or nesting beyond `MAX_DEPTH`.
 */
export function scan(tape: T.Tape, bytes: Buffer, from: number, to: number, rules: ScanRules): void {
  scanner.run(tape, bytes, from, to, rules.strict);
}

class Scanner {
  #tape = new T.Tape();
  #bytes = this.#tape.bytes;
  #rows = this.#tape.rows;
  #to = 0;
  #strict = true;
  #at = 0;
  #size = 0;
  #open = -1;
  #depth = 0;
  /** Elements or members read so far of each open container. */
  readonly #counts = new Int32Array(MAX_DEPTH + 1);
  readonly #sets: (Set<string> | undefined)[] = [];

  run(tape: T.Tape, bytes: Buffer, from: number, to: number, strict: boolean): void {
    this.#tape = tape;
    this.#bytes = bytes;
    this.#rows = tape.rows;
    this.#to = to;
    this.#strict = strict;
    this.#at = from;
    this.#size = 0;
    this.#open = -1;
    this.#depth = 0;
    this.#counts[0] = 0;
    tape.bytes = bytes;
    tape.size = 0;
    tape.names.length = 0;
    if (bytes[this.#at] === 0xef && bytes[this.#at + 1] === 0xbb && bytes[this.#at + 2] === 0xbf)
      throw new Malformed('the body starts with a byte-order mark');
    let key = -1;
    for (;;) {
      const closed = this.#value(key);
      if (!closed) {
        key = this.#rows[this.#open]! === T.OBJECT ? this.#key() : -1;
        continue;
      }
      while (this.#open >= 0) {
        const byte = this.#skip();
        if (byte === 0x2c) break;
        const object = this.#rows[this.#open]! === T.OBJECT;
        if (byte !== (object ? 0x7d : 0x5d)) throw this.#unexpected();
        this.#close();
      }
      if (this.#open < 0) break;
      this.#at++;
      key = this.#rows[this.#open]! === T.OBJECT ? this.#key() : -1;
    }
    if (this.#skip() !== -1) throw new Malformed('data follows the JSON text');
    this.#tape.size = this.#size;
  }

  /** Reads one value. False when it opened a container that is not empty. */
  #value(key: number): boolean {
    const byte = this.#skip();
    const from = this.#at;
    switch (byte) {
      case 0x22: {
        const packed = stringEnd(this.#bytes, from + 1, this.#to, this.#strict);
        this.#add(T.STRING, packed & 3, from + 1, packed >> 2, key);
        this.#at = (packed >> 2) + 1;
        return true;
      }
      case 0x7b:
      case 0x5b:
        return this.#container(byte === 0x7b ? T.OBJECT : T.ARRAY, key);
      case 0x74:
        return this.#literal('true', T.TRUE, key);
      case 0x66:
        return this.#literal('false', T.FALSE, key);
      case 0x6e:
        return this.#literal('null', T.NULL, key);
      default:
        this.#number(byte);
        this.#add(T.NUMBER, 0, from, this.#at, key);
        return true;
    }
  }

  #container(kind: number, key: number): boolean {
    if (this.#depth === MAX_DEPTH) throw new Malformed(`the JSON text is nested more than ${MAX_DEPTH} deep`);
    const node = this.#add(kind, 0, this.#at, 0, key);
    this.#open = node;
    this.#depth++;
    this.#counts[this.#depth] = 0;
    this.#sets[this.#depth] = undefined;
    this.#at++;
    if (this.#skip() !== (kind === T.OBJECT ? 0x7d : 0x5d)) return false;
    this.#close();
    return true;
  }

  #close(): void {
    const node = this.#open;
    this.#at++;
    this.#rows[node + T.END] = this.#at;
    this.#rows[node + T.NEXT] = this.#size;
    this.#open = this.#rows[node + T.PARENT]!;
    this.#depth--;
  }

  #key(): number {
    if (this.#skip() !== 0x22) throw this.#unexpected();
    const start = this.#at + 1;
    const packed = stringEnd(this.#bytes, start, this.#to, this.#strict);
    const end = packed >> 2;
    const position = this.#counts[this.#depth]!;
    this.#counts[this.#depth] = position + 1;
    const node = this.#row(T.KEY, packed & 3, start, end);
    this.#rows[node + T.LINK] = position;
    this.#at = end + 1;
    this.#unique(node, position);
    if (this.#skip() !== 0x3a) throw this.#unexpected();
    this.#at++;
    return node;
  }

  /** RFC 8259 leaves duplicate names to the parser, so two parsers may read two different requests. */
  #unique(node: number, position: number): void {
    const rows = this.#rows;
    const start = rows[node + T.START]!;
    const end = rows[node + T.END]!;
    const escaped = (rows[node + T.FLAGS]! & ESCAPED) !== 0;
    rows[node + T.HASH] = escaped ? 0 : hashBytes(this.#bytes, start, end);
    let set = this.#sets[this.#depth];
    if (set === undefined && (escaped || position >= MANY_KEYS)) {
      set = new Set();
      for (let other = this.#open + T.ROW; other < node; other = rows[other + T.ROW + T.NEXT]!)
        set.add(this.#text(other));
      this.#sets[this.#depth] = set;
    }
    if (set !== undefined) {
      const text = this.#text(node);
      if (set.has(text)) throw new Malformed('an object holds the same key twice');
      set.add(text);
      return;
    }
    for (let other = this.#open + T.ROW; other < node; other = rows[other + T.ROW + T.NEXT]!)
      if (rows[other + T.HASH] === rows[node + T.HASH] && this.#text(other) === this.#text(node))
        throw new Malformed('an object holds the same key twice');
  }

  #text(node: number): string {
    this.#tape.rows = this.#rows;
    return this.#tape.text(node);
  }

  #literal(word: string, kind: number, key: number): boolean {
    const from = this.#at;
    for (let i = 0; i < word.length; i++)
      if (this.#bytes[from + i] !== word.charCodeAt(i)) throw this.#unexpected();
    this.#at = from + word.length;
    if (this.#at > this.#to) throw this.#unexpected();
    this.#add(kind, 0, from, this.#at, key);
    return true;
  }

  /** RFC 8259 section 6. */
  #number(first: number): void {
    if (first === 0x2d) this.#at++;
    if (this.#peek() === 0x30) this.#at++;
    else this.#digits();
    if (this.#peek() === 0x2e) {
      this.#at++;
      this.#digits();
    }
    if ((this.#peek() | 0x20) === 0x65) {
      this.#at++;
      const sign = this.#peek();
      if (sign === 0x2b || sign === 0x2d) this.#at++;
      this.#digits();
    }
  }

  #digits(): void {
    const from = this.#at;
    let at = from;
    while (at < this.#to && this.#bytes[at]! >= 0x30 && this.#bytes[at]! <= 0x39) at++;
    this.#at = at;
    if (at === from) throw this.#unexpected();
  }

  #peek(): number {
    return this.#at < this.#to ? this.#bytes[this.#at]! : 0;
  }

  /** Skips white space; the byte that follows, or -1 at the end. */
  #skip(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < this.#to) {
      const byte = bytes[at]!;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.#at = at;
        return byte;
      }
      at++;
    }
    this.#at = at;
    return -1;
  }

  #add(kind: number, flags: number, start: number, end: number, key: number): number {
    const open = this.#open;
    const node = this.#row(kind, flags, start, end);
    if (key >= 0) this.#rows[node + T.LINK] = key;
    else {
      this.#rows[node + T.LINK] = -1 - this.#counts[this.#depth]!;
      if (open >= 0) this.#counts[this.#depth]!++;
    }
    return node;
  }

  #row(kind: number, flags: number, start: number, end: number): number {
    const node = this.#size;
    if (node + T.ROW > this.#rows.length) {
      const grown = new Int32Array(Math.max(this.#rows.length * 2, T.ROW * 64));
      grown.set(this.#rows);
      this.#rows = grown;
      this.#tape.rows = grown;
    }
    const rows = this.#rows;
    rows[node + T.KIND] = kind;
    rows[node + T.FLAGS] = flags;
    rows[node + T.START] = start;
    rows[node + T.END] = end;
    rows[node + T.PARENT] = this.#open;
    rows[node + T.NEXT] = node + T.ROW;
    this.#size = node + T.ROW;
    return node;
  }

  #unexpected(): Malformed {
    return new Malformed(
      this.#at >= this.#to ? 'the JSON text ends too early' : `not JSON at byte ${this.#at}`,
    );
  }
}

// One instance serves every call: scanning is synchronous and never calls out.
const scanner = new Scanner();
