// Keeps what goes into a text of a whole answer, so that it can be read together with the others once all are known.
import type { LaneEditor, LaneFormat, LaneInfo } from '@sluice/types';
import { groupOf } from './given.ts';

export class NotedLane implements LaneEditor {
  readonly format: LaneFormat;
  readonly group: string;
  text = '';
  readonly #editor: LaneEditor;

  constructor(editor: LaneEditor, { id, format }: LaneInfo) {
    this.#editor = editor;
    this.format = format;
    this.group = groupOf(id);
  }

  push(chunk: string): string {
    this.text += chunk;
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
