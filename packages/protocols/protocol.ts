// What a protocol is: claims requests, names operation and model, exposes lanes, edits only the string tokens that change,
// and shapes refusals. It must not know policies, detectors, connections or sockets. Pure: bytes in, bytes out.
import type { ErrorCode, OpenLane, Refusal } from '@sluice/types';

/** Protocol-neutral name of what a call does. */
export type Operation = 'chat' | 'complete' | 'embed' | 'models' | 'count_tokens';

export interface RequestHead {
  readonly method: string;
  /** Path below the connection, without query, percent-decoding not applied, e.g. `/v1/chat/completions`. */
  readonly path: string;
  /** Query string without `?`. */
  readonly query: string;
  readonly contentType: string | undefined;
}

/** A request that this protocol understands. */
export interface Claim {
  readonly operation: Operation;
  /** True when a JSON body is required; false when none may be sent. */
  readonly body: boolean;
  /** Model named in the path, e.g. `GET /v1/models/<id>`. */
  readonly model?: string;
  /** Which of several dialects under one name understands it; told by ./shared/joined.ts. */
  readonly dialect?: number;
}

/** A request body that was read without doubt. */
export interface DecodedRequest {
  readonly model: string;
  readonly stream: boolean;
  /** Every text-bearing leaf, in document order: keys and long number lexemes included. */
  readonly texts: readonly RequestText[];
  /** URLs, remote servers, file ids and other egress hidden in the request, for policy. Empty in chat without attachments. */
  readonly egress: readonly {
    readonly lane: string;
    readonly what: 'url' | 'file' | 'tool' | 'stored';
    readonly value: string;
  }[];
  /**
   * Byte offset in the body just after each element of the conversation (`messages[i]`), in order; empty when there is none.
   * What lies before such an offset is the same conversation up to there, byte for byte, so that what was inspected in an
   * earlier call can be recognised.
   */
  readonly messageEnds: readonly number[];
  /** Places whose content no reader of texts can read: inline media, and prompts given as token numbers. For policy. */
  readonly opaque: readonly {
    readonly lane: string;
    readonly what: 'image' | 'audio' | 'document' | 'tokens' | 'sealed';
  }[];
  /** Bytes with the given replacements (index into `texts` → new text); everything else byte for byte. */
  rewrite(edits: ReadonlyMap<number, string>): Buffer;
  /** Canonical bytes that an approval is bound to: without `stream`, `stream_options` and the named top-level fields. */
  digestInput(without: readonly string[]): Buffer;
}

export interface RequestText {
  /** Readable, unique: `messages[2].content[0].text`. */
  readonly lane: string;
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'meta';
  readonly format: 'text' | 'json' | 'number';
  /** The decoded string (or the number's lexeme). */
  readonly text: string;
  /** Index of the message it belongs to, or -1: lets unchanged messages of a long conversation be recognised. */
  readonly message: number;
}

/** Output of a response editor. Bytes may be retained by the receiver. */
export interface ResponseSink {
  write(bytes: Buffer): void;
}

/**
 * Edits a streamed answer. All methods are synchronous. Output is in the order of the input.
 * A frame that cannot be read makes `push` throw `Malformed`; the caller then calls `fail`.
 */
export interface StreamEditor {
  push(chunk: Buffer): void;
  /** Upstream ended. Flushes all lanes, and writes what the protocol needs at the end. Throws Malformed if the stream is torn. */
  end(): void;
  /** A rule or limit ends the answer: as the provider ends a filtered (`content_filter`) or a full (`length`) one. Nothing held is released. */
  cut(why: 'policy' | 'limit', refusal: Refusal): void;
  /** A fault in mid-stream: the provider's error event. Nothing held is released. */
  fail(refusal: Refusal): void;
  /** True after `end`, `cut` or `fail`: nothing more will be written, and only `terminator` is left for the caller to send. */
  readonly done: boolean;
  /**
   * The terminator, which `end` and `cut` do not write by themselves: it goes out once the end of the answer is durable.
   * Empty before that, after `fail`, and when the upstream ended with an error of its own.
   */
  readonly terminator: Buffer;
  /** Tokens that the provider reported, when it did. */
  readonly usage: { readonly input?: number; readonly output?: number };
}

/**
 * Keeps a text with the caller that only this installation can read, bound to the caller and the connection. Both sides are
 * base64 without marks of their own.
 */
export interface Sealer {
  seal(text: string): string;
  /** Undefined for what was not sealed here, or for another caller or connection. */
  open(sealed: string): string | undefined;
}

export interface ShapedRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Protocol {
  /** As in `connections.<name>.protocol`. */
  readonly name: string;
  claim(head: RequestHead): Claim | undefined;
  /** Throws Malformed. */
  decode(claim: Claim, body: Buffer): DecodedRequest;
  /** Edits a whole (not streamed) answer, provider errors included. Throws Malformed when it is not what the protocol sends. */
  editWhole(
    claim: Claim,
    status: number,
    contentType: string | undefined,
    body: Buffer,
    open: OpenLane,
    sealer?: Sealer,
  ): { body: Buffer; usage: StreamEditor['usage'] };
  /** For an answer of content type text/event-stream. */
  editStream(claim: Claim, open: OpenLane, sink: ResponseSink, sealer?: Sealer): StreamEditor;
  /** The body of a decoded request with everything put back that an earlier answer kept with the caller, sealed. */
  restore?(body: Buffer, sealer: Sealer): Buffer;
  /** Before the first byte: what the official client raises as its normal error. */
  refuse(refusal: Refusal): ShapedRefusal;
  /** Keep-alive that clients ignore, for a held streamed call: an SSE comment. */
  keepAlive: Buffer;
  /** A refusal after keep-alives have been sent: an in-stream error with the same code. */
  refuseInStream(refusal: Refusal): Buffer;
  /** Places where the official clients put the credential, in order: lower-case header names. */
  credentialHeaders: readonly string[];
  /** How the held credential is sent upstream. */
  authorize(credential: string): Readonly<Record<string, string>>;
  /** Request headers of the caller that may go upstream besides content-type and accept, lower case. */
  requestHeaders: readonly string[];
  /** Upstream headers that may reach the caller, lower case; a trailing `*` matches a prefix. */
  responseHeaders: readonly string[];
  /** Maps our codes to the provider's own error type strings where it has them. */
  errorType(code: ErrorCode): string;
}
