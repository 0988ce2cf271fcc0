// Lanes: the independently growing texts of a request or a response, as protocols see them.
// A protocol asks for an editor for each lane and never learns what is looked for; an editor never learns the protocol.

/** What a lane's text is embedded in, which decides how a replacement must read. */
export type LaneFormat = 'text' | 'json' | 'number';

/** Who speaks in a lane. Rules may be stricter for what a tool returned than for what a person typed. */
export type LaneRole = 'system' | 'user' | 'assistant' | 'tool' | 'meta';

export interface LaneInfo {
  /** Stable, readable and unique in its exchange, e.g. `messages[3].content`, `choices[0].delta.content`. */
  readonly id: string;
  readonly role: LaneRole;
  readonly format: LaneFormat;
  /** All of the text, where it is known at the start: exactly this will be pushed, in one piece. */
  readonly whole?: string;
}

/**
 * Edits one lane as it arrives. The concatenation of everything returned by `push` and `end` is the edited text,
 * and each call returns only what is settled: no later input can change it.
 */
export interface LaneEditor {
  push(chunk: string): string;
  /** The rest, once no more can come. Call once. */
  end(): string;
  /** Code units received and not yet returned, masked ones not counted. 0 means everything is out. */
  readonly held: number;
  /** How many replaced spans began so far; a protocol drops log probabilities of spans that were touched. */
  readonly edits: number;
}

/** Opens an editor for a lane. Throws `StreamCut` out of `push` or `end` when a rule cuts the answer. */
export type OpenLane = (lane: LaneInfo) => LaneEditor;
