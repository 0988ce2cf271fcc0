// A question and an answer as every protocol of the model server can read and say them.

export interface Tool {
  readonly name: string;
  readonly schema: unknown;
}

export interface Ask {
  /** System and developer messages. */
  readonly system: string;
  /** Text of the last user message. */
  readonly prompt: string;
  /** What tools have returned, when the conversation ends with that. */
  readonly toolResults: readonly string[];
  readonly tools: readonly Tool[];
  /** `auto`: the model decides; `required`: any; or the name of a tool. */
  readonly toolChoice: 'none' | 'auto' | 'required' | { readonly name: string };
  /** JSON schema that the answer must satisfy; true for any JSON object. */
  readonly schema: unknown;
  /** The caller asked for reasoning to be shown. */
  readonly think: boolean;
  /** Request headers as received, for the leak that shows them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface ToolCall {
  readonly name: string;
  /** As said on the wire; JSON unless a test wants it otherwise. */
  readonly arguments: string;
}

export interface Answer {
  readonly text: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  /** A source that the answer says it quotes. */
  readonly citation?: { readonly url: string; readonly title: string };
  readonly tools?: readonly ToolCall[];
  /** The answer is a provider's error instead. */
  readonly error?: { readonly status: number; readonly message: string };
  /** How the answer is spoiled on its way: a name in faults/. */
  readonly fault?: string;
  /** Milliseconds between two tokens, for this answer. */
  readonly tokenMs?: number;
}

/** An answer in a protocol's own form. */
export type Reply =
  | { readonly kind: 'whole'; readonly status: number; readonly body: unknown }
  /** Server-sent events, each a whole frame, sent one by one. */
  | { readonly kind: 'stream'; readonly frames: readonly string[] };
