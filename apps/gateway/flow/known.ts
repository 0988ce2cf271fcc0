// Recognises how much of a conversation was inspected before under the same policy for the same caller, so that a long
// conversation costs by what is new in it. It keeps keyed digests and message numbers, no text.
import { createCipheriv, type KeyObject } from 'node:crypto';

/** Conversations remembered. About 150 bytes each. */
const CAPACITY = 20_000;

/** Shorter conversations are cheaper inspected than recognised. */
export const WORTH_RECOGNISING = 4;

/** A call adds a message, or the last answer and a message, or a tool call with its result; the longest is looked for first. */
const STEPS_BACK = [1, 2, 3];

/**
 * The digest is GMAC (NIST SP 800-38D) under a key of its own and a fixed nonce: as a secretly keyed universal hash whose
 * values are never shown, two different texts collide with a chance below 2^-100, and it reads several gigabytes a second,
 * where SHA-256 reads one or two.
 */
const NONCE = Buffer.alloc(12);

export interface Recognised {
  /** Messages before this index were inspected. */
  readonly messages: number;
  /** Those among them in which something was found: they are inspected again, since what is done depends on the call. */
  readonly found: ReadonlySet<number>;
}

const NONE: Recognised = { messages: 0, found: new Set() };

/**
 * A prefix is digested in two parts: up to the last multiple of so many messages before its end, and from there on. Prefixes
 * that a call asks for end close together, so they share the first part, which is nearly all of the body.
 */
const STRETCH = 8;

/** The bytes that were digested last, and what came of their first parts. */
interface Digested {
  readonly scope: string;
  readonly body: Buffer;
  readonly prefix: Buffer;
  /** By their lengths. */
  readonly tags: Map<number, string>;
}

export class Known {
  readonly #key: KeyObject;
  readonly #entries = new Map<string, Recognised>();
  #last: Digested | undefined;

  constructor(key: KeyObject) {
    this.#key = key;
  }

  #tag(scope: Buffer, stretch: Buffer): string {
    const mac = createCipheriv('aes-256-gcm', this.#key, NONCE);
    // What is authenticated may come in pieces: joining them would cost more than reading them.
    mac.setAAD(scope);
    mac.setAAD(stretch);
    mac.final();
    return mac.getAuthTag().toString('latin1');
  }

  /** Of the first `messages` messages. Where the parts meet follows from the first, so no two prefixes have the same two. */
  #digest(scope: string, body: Buffer, ends: readonly number[], messages: number): string {
    if (this.#last?.body !== body || this.#last.scope !== scope) {
      const prefix = Buffer.from(`${Buffer.byteLength(scope)}:${scope}`);
      this.#last = { scope, body, prefix, tags: new Map() };
    }
    const { prefix, tags } = this.#last;
    const first = Math.floor((messages - 1) / STRETCH) * STRETCH;
    const cut = first === 0 ? 0 : ends[first - 1]!;
    let tag = tags.get(cut);
    if (tag === undefined) tags.set(cut, (tag = cut === 0 ? '' : this.#tag(prefix, body.subarray(0, cut))));
    return tag + this.#tag(prefix, body.subarray(cut, ends[messages - 1]!));
  }

  /** `scope` names policy and caller; `ends` are the byte offsets after each message. */
  recall(scope: string, body: Buffer, ends: readonly number[]): Recognised {
    if (ends.length < WORTH_RECOGNISING) return NONE;
    for (const back of STEPS_BACK) {
      const messages = ends.length - back;
      const digest = this.#digest(scope, body, ends, messages);
      const entry = this.#entries.get(digest);
      if (entry === undefined || entry.messages !== messages) continue;
      this.#entries.delete(digest);
      this.#entries.set(digest, entry);
      return entry;
    }
    return NONE;
  }

  /**
   * Remembers the conversation, and the one without its last message: a last message is often asked anew in other words.
   * `recognised` is what `recall` gave for this body, so that nothing is remembered twice.
   */
  remember(
    scope: string,
    body: Buffer,
    ends: readonly number[],
    found: ReadonlySet<number>,
    recognised = NONE,
  ): void {
    for (const messages of [ends.length - 1, ends.length]) {
      if (messages >= WORTH_RECOGNISING - 1 && messages !== recognised.messages)
        this.#keep(this.#digest(scope, body, ends, messages), { messages, found });
    }
    this.#last = undefined;
  }

  #keep(digest: string, entry: Recognised): void {
    if (this.#entries.size >= CAPACITY) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(digest, entry);
  }
}
