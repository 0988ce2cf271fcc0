// Counts what goes into the lanes of an answer, for limits on tokens where the provider reports none until the end.
import type { LaneEditor } from '@sluice/types';

export interface TextCount {
  /** UTF-16 code units. */
  units: number;
}

/** Code units that a token has on average in English prose and code; an estimate, as the providers themselves give it. */
const UNITS_PER_TOKEN = 4;

export function estimatedTokens(count: TextCount): number {
  return Math.ceil(count.units / UNITS_PER_TOKEN);
}

export class CountedLane implements LaneEditor {
  readonly #editor: LaneEditor;
  readonly #count: TextCount;

  constructor(editor: LaneEditor, count: TextCount) {
    this.#editor = editor;
    this.#count = count;
  }

  push(chunk: string): string {
    this.#count.units += chunk.length;
    return this.#editor.push(chunk);
  }

  end(): string {
    return this.#editor.end();
  }

  get held(): number {
    return this.#editor.held;
  }

  get edits(): number {
    return this.#editor.edits;
  }
}
