// A lane editor for tests, independent of the engine: masks one literal, holding back exactly what may still become it.
import type { LaneEditor, LaneInfo, OpenLane } from '@sluice/types';

export const MASK = '[MASKED]';

export interface Opened {
  readonly info: LaneInfo;
  /** All that the lane was given. */
  text: string;
  ended: boolean;
}

/** `seen` collects the lanes in the order of their opening. */
export function masking(literal: string, seen: Opened[] = []): OpenLane {
  return (info) => {
    const entry: Opened = { info, text: '', ended: false };
    seen.push(entry);
    return new Masking(literal, entry);
  };
}

class Masking implements LaneEditor {
  readonly #literal: string;
  readonly #entry: Opened;
  #held = '';
  edits = 0;

  constructor(literal: string, entry: Opened) {
    this.#literal = literal;
    this.#entry = entry;
  }

  get held(): number {
    return this.#held.length;
  }

  push(chunk: string): string {
    this.#entry.text += chunk;
    const parts = (this.#held + chunk).split(this.#literal);
    this.edits += parts.length - 1;
    const last = parts.pop()!;
    let keep = Math.min(this.#literal.length - 1, last.length);
    while (!this.#literal.startsWith(last.slice(last.length - keep))) keep--;
    this.#held = last.slice(last.length - keep);
    return [...parts, last.slice(0, last.length - keep)].join(MASK);
  }

  end(): string {
    this.#entry.ended = true;
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}
