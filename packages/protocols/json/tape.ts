// The structure of a scanned JSON text as rows of integers, so that scanning allocates nothing. Knows no protocol.
import { decodeString, ESCAPED } from './string.ts';

export const OBJECT = 1;
export const ARRAY = 2;
export const KEY = 3;
export const STRING = 4;
export const NUMBER = 5;
export const TRUE = 6;
export const FALSE = 7;
export const NULL = 8;

/** Integers a row. A node is named by the index of its row's first integer; -1 is no node. */
export const ROW = 8;
/** Columns. */
export const KIND = 0;
export const FLAGS = 1;
export const START = 2;
export const END = 3;
export const PARENT = 4;
export const LINK = 5;
export const NEXT = 6;
export const HASH = 7;

const NOTHING: Buffer = Buffer.alloc(0);

export class Tape {
  bytes: Buffer = NOTHING;
  rows: Int32Array;
  /** Index after the last row. */
  size = 0;
  /** The schema's names of keys as far as they were looked up, by row; `''` for a key that the schema does not know. */
  names: (string | undefined)[] = [];

  /** `capacity` is the number of rows to make room for at first; it grows as needed. */
  constructor(capacity = 64) {
    this.rows = new Int32Array(ROW * capacity);
  }

  kind(node: number): number {
    return this.rows[node + KIND]!;
  }
  /** First byte of the value; of strings and keys the byte after the opening quote. */
  start(node: number): number {
    return this.rows[node + START]!;
  }
  /** Byte after the value; of strings and keys the closing quote. */
  end(node: number): number {
    return this.rows[node + END]!;
  }
  /** The container, or -1. */
  parent(node: number): number {
    return this.rows[node + PARENT]!;
  }
  /** Of a member's value: its key's node. -1 elsewhere. */
  key(node: number): number {
    const link = this.rows[node + LINK]!;
    return link >= 0 && this.kind(node) !== KEY ? link : -1;
  }
  /** Position of an element in its array, of a key in its object. */
  position(node: number): number {
    const link = this.rows[node + LINK]!;
    return this.kind(node) === KEY ? link : -1 - link;
  }
  /** The node after this one and all that it contains; `size` at the end. */
  next(node: number): number {
    return this.rows[node + NEXT]!;
  }
  /** Decoded text of a string or key, lexeme of anything else. */
  text(node: number): string {
    const kind = this.kind(node);
    const flags = kind === STRING || kind === KEY ? this.rows[node + FLAGS]! : 0;
    return decodeString(this.bytes, this.start(node), this.end(node), flags);
  }
  /** First byte of the whole token, opening quote included. */
  tokenStart(node: number): number {
    const kind = this.kind(node);
    return kind === STRING || kind === KEY ? this.start(node) - 1 : this.start(node);
  }
  /** Byte after the whole token, closing quote included. */
  tokenEnd(node: number): number {
    const kind = this.kind(node);
    return kind === STRING || kind === KEY ? this.end(node) + 1 : this.end(node);
  }

  /** Value of the member named `name`, or -1. */
  member(object: number, name: string): number {
    if (object < 0 || this.kind(object) !== OBJECT) return -1;
    const end = this.next(object);
    for (let key = object + ROW; key < end; key = this.next(key + ROW))
      if (this.keyIs(key, name)) return key + ROW;
    return -1;
  }

  /** Value at a path of member names, or -1. */
  at(node: number, ...names: readonly string[]): number {
    for (const name of names) node = this.member(node, name);
    return node;
  }

  /** True when a key, or a string, reads `name`. */
  keyIs(key: number, name: string): boolean {
    if ((this.rows[key + FLAGS]! & ESCAPED) !== 0) return this.text(key) === name;
    const start = this.start(key);
    if (this.end(key) - start !== name.length)
      return name.length * 3 >= this.end(key) - start && this.text(key) === name;
    for (let i = 0; i < name.length; i++) if (this.bytes[start + i] !== name.charCodeAt(i)) return false;
    return true;
  }

  /** Text of a string member, or undefined when it is absent or something else. */
  textAt(node: number, ...names: readonly string[]): string | undefined {
    const value = this.at(node, ...names);
    return value >= 0 && this.kind(value) === STRING ? this.text(value) : undefined;
  }

  /** Elements of an array; nothing for other nodes. */
  elements(array: number): number[] {
    const found: number[] = [];
    if (array < 0 || this.kind(array) !== ARRAY) return found;
    const end = this.next(array);
    for (let node = array + ROW; node < end; node = this.next(node)) found.push(node);
    return found;
  }

  /** A copy that later scans into this tape do not touch. */
  detach(): Tape {
    const copy = new Tape(0);
    copy.bytes = this.bytes;
    copy.rows = this.rows.slice(0, this.size);
    copy.size = this.size;
    copy.names = this.names.slice();
    return copy;
  }
}
