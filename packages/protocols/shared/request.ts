// What the requests of all JSON protocols have in common: texts in document order, edits, the digest's bytes.
// Knows JSON and lanes; where a role or an egress stands is told by the protocol.
import { canonical } from '../json/canonical.ts';
import { type Edit, replaceNode, splice } from '../json/rewrite.ts';
import { scan } from '../json/scan.ts';
import { decodeString, quote } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { Claim, DecodedRequest, RequestText } from '../protocol.ts';
import { pathOf } from './paths.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Egress = DecodedRequest['egress'][number];
export type Opaque = DecodedRequest['opaque'][number];

/** Where a text stands, as far as the protocol knows. */
export interface Place {
  readonly role: RequestText['role'];
  readonly message: number;
}

export interface RequestDialect {
  readonly words: Vocabulary;
  /** The top-level member whose elements are the conversation. */
  readonly conversation: string;
  /** Role and message of everything inside a top-level member, or inside an element of one that is an array. */
  place(tape: T.Tape, member: string | undefined, element: number, position: number): Place;
  /** Role of a text whose place says `place`; lets a tool's result inside a user's message be told apart. */
  roleOf(tape: T.Tape, node: number, place: Place): RequestText['role'];
  /** Data that no detector of texts can read: images, audio, documents, token numbers. */
  opaque(tape: T.Tape, node: number): Opaque['what'] | undefined;
  egress(tape: T.Tape): Egress[];
}

/** Members whose strings are JSON in JSON. */
const JSON_KEYS: ReadonlySet<string> = new Set(['arguments', 'partial_json']);

/** Serves every decoding: only bytes and node numbers are kept, and a request that is edited is read once more. */
let scratch = new T.Tape(1024);
/** Integers of rows beyond which the scratch tape is not kept. */
const KEPT = 1 << 18;

function read(body: Buffer, tape: T.Tape): T.Tape {
  scan(tape, body, 0, body.length, { strict: true });
  return tape;
}

/** A request that says everything in a JSON object. */
export class JsonRequest implements DecodedRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly texts: readonly RequestText[];
  readonly egress: readonly Egress[];
  readonly opaque: readonly Opaque[];
  readonly messageEnds: readonly number[];
  readonly #body: Buffer;
  readonly #nodes: readonly number[];

  /** Throws Malformed for anything but one JSON object with a model, read without doubt. */
  constructor(body: Buffer, dialect: RequestDialect) {
    if (scratch.rows.length > KEPT) scratch = new T.Tape(1024);
    const tape = read(body, scratch);
    if (tape.kind(0) !== T.OBJECT) throw new Malformed('the body is not a JSON object');
    const model = tape.textAt(0, 'model');
    if (model === undefined) throw new Malformed('`model` is not a string');
    const stream = tape.member(0, 'stream');
    const kind = stream < 0 ? T.NULL : tape.kind(stream);
    if (kind !== T.TRUE && kind !== T.FALSE && kind !== T.NULL)
      throw new Malformed('`stream` is not a boolean');
    this.model = model;
    this.stream = kind === T.TRUE;
    this.egress = dialect.egress(tape);
    this.messageEnds = tape
      .elements(tape.member(0, dialect.conversation))
      .map((message) => tape.tokenEnd(message));
    const found = new Collector(tape, dialect);
    found.run();
    this.texts = found.texts;
    this.opaque = found.opaque;
    this.#nodes = found.nodes;
    this.#body = body;
  }

  rewrite(edits: ReadonlyMap<number, string>): Buffer {
    if (edits.size === 0) return this.#body;
    const tape = read(this.#body, new T.Tape());
    const list: Edit[] = [];
    const names = new Map<number, Set<string>>();
    for (const [index, text] of edits) {
      const node = this.#nodes[index];
      if (node === undefined) throw new RangeError(`there is no text ${index}`);
      list.push(replaceNode(tape, node, tape.kind(node) === T.KEY ? unused(tape, node, text, names) : text));
    }
    return splice(this.#body, 0, this.#body.length, list);
  }

  digestInput(without: readonly string[]): Buffer {
    const tape = read(this.#body, new T.Tape());
    return Buffer.from(canonical(tape, new Set(['stream', 'stream_options', ...without])));
  }
}

/** Two masked keys of one object may read the same; the object must not hold the same key twice all the same. */
function unused(tape: T.Tape, key: number, text: string, names: Map<number, Set<string>>): string {
  const object = tape.parent(key);
  let taken = names.get(object);
  if (taken === undefined) {
    taken = new Set();
    const end = tape.next(object);
    for (let k = object + T.ROW; k < end; k = tape.next(k + T.ROW)) taken.add(tape.text(k));
    names.set(object, taken);
  }
  let name = text;
  for (let n = 2; taken.has(name); n++) name = `${text} (${n})`;
  taken.add(name);
  return name;
}

/** A text that is decoded when somebody reads it: of a long conversation most is known already. */
class BodyText implements RequestText {
  readonly lane: string;
  readonly role: RequestText['role'];
  readonly format: RequestText['format'];
  readonly message: number;
  readonly #body: Buffer;
  readonly #start: number;
  readonly #end: number;
  readonly #flags: number;
  #text: string | undefined;

  constructor(
    tape: T.Tape,
    node: number,
    lane: string,
    role: RequestText['role'],
    format: RequestText['format'],
    message: number,
  ) {
    this.lane = lane;
    this.role = role;
    this.format = format;
    this.message = message;
    this.#body = tape.bytes;
    this.#start = tape.start(node);
    this.#end = tape.end(node);
    this.#flags = format === 'number' ? 0 : tape.rows[node + T.FLAGS]!;
  }

  get text(): string {
    return (this.#text ??= decodeString(this.#body, this.#start, this.#end, this.#flags));
  }
}

class Collector {
  readonly texts: RequestText[] = [];
  readonly nodes: number[] = [];
  readonly opaque: Opaque[] = [];
  readonly #tape: T.Tape;
  readonly #dialect: RequestDialect;

  constructor(tape: T.Tape, dialect: RequestDialect) {
    this.#tape = tape;
    this.#dialect = dialect;
  }

  run(): void {
    const tape = this.#tape;
    const end = tape.next(0);
    for (let key = T.ROW; key < end; key = tape.next(key + T.ROW)) {
      const name = this.#dialect.words.name(tape, key);
      const value = key + T.ROW;
      this.#text(key, { role: 'meta', message: -1 });
      if (tape.kind(value) !== T.ARRAY) {
        this.#range(value, this.#dialect.place(tape, name, -1, -1));
        continue;
      }
      if (this.#isOpaque(value)) continue;
      const elements = tape.elements(value);
      for (let i = 0; i < elements.length; i++)
        this.#range(elements[i]!, this.#dialect.place(tape, name, elements[i]!, i));
    }
  }

  #range(from: number, place: Place): void {
    const end = this.#tape.next(from);
    for (let node = from; node < end; ) {
      if (this.#isOpaque(node)) {
        node = this.#tape.next(node);
        continue;
      }
      this.#text(node, place);
      node += T.ROW;
    }
  }

  #isOpaque(node: number): boolean {
    const kind = this.#tape.kind(node);
    if (kind !== T.ARRAY && kind !== T.STRING) return false;
    const what =
      this.#dialect.opaque(this.#tape, node) ??
      (this.#dialect.words.sealed(this.#tape, node) ? 'sealed' : undefined);
    if (what === undefined) return false;
    this.opaque.push({ lane: pathOf(this.#tape, node, this.#dialect.words), what });
    return true;
  }

  #text(node: number, place: Place): void {
    const tape = this.#tape;
    const words = this.#dialect.words;
    if (!words.isReadable(tape, node)) return;
    const kind = tape.kind(node);
    const json = kind === T.STRING && JSON_KEYS.has(words.nameOf(tape, node) ?? '');
    this.nodes.push(node);
    this.texts.push(
      new BodyText(
        tape,
        node,
        pathOf(tape, node, words),
        this.#dialect.roleOf(tape, node, place),
        kind === T.NUMBER ? 'number' : json ? 'json' : 'text',
        place.message,
      ),
    );
  }
}

/** A request without a body: the model in its path is all that it says. Throws Malformed when there is a body after all. */
export class PathRequest implements DecodedRequest {
  readonly model: string;
  readonly stream = false;
  readonly texts: readonly RequestText[];
  readonly egress: readonly Egress[] = [];
  readonly opaque: readonly Opaque[] = [];
  readonly messageEnds: readonly number[] = [];

  constructor(claim: Claim, body: Buffer) {
    if (body.length > 0) throw new Malformed('this request has no body');
    this.model = claim.model ?? '';
    this.texts =
      claim.model === undefined
        ? []
        : [{ lane: 'path.model', role: 'meta', format: 'text', text: claim.model, message: -1 }];
  }

  /** The path cannot be edited: a policy that masks a model's name leaves no request to send. */
  rewrite(edits: ReadonlyMap<number, string>): Buffer {
    if (edits.size > 0) throw new Malformed('the path of a request cannot be masked');
    return Buffer.alloc(0);
  }

  digestInput(): Buffer {
    return Buffer.from(quote(this.model));
  }
}
