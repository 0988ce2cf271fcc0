// What a person would have read of a delivered answer: the text of a stream's events, piece by piece; other bodies as they are.
// It must not print, nor decide what is shown.

interface Delta {
  readonly content?: string | null;
  readonly reasoning_content?: string | null;
  readonly refusal?: string | null;
  readonly text?: string;
  readonly thinking?: string;
  readonly partial_json?: string;
  readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
}

/** An event of a streamed answer, of either provider. */
interface Frame {
  readonly choices?: readonly { readonly delta?: Delta; readonly text?: string }[];
  readonly delta?: Delta;
}

function textOf({ choices = [], delta }: Frame): string {
  const said = choices.map((choice) => `${choice.text ?? ''}${choice.delta ? saidBy(choice.delta) : ''}`);
  return said.join('') + (delta === undefined ? '' : saidBy(delta));
}

function saidBy(delta: Delta): string {
  const { reasoning_content, content, refusal, text, thinking, partial_json, tool_calls = [] } = delta;
  const called = tool_calls.map((call) => call.function?.arguments);
  return [reasoning_content, thinking, content, text, refusal, partial_json, ...called].join('');
}

/** Takes the pieces of one answer in order. */
export class Spoken {
  readonly streamed: boolean;
  #rest = '';

  constructor(firstPiece: string) {
    this.streamed = /^(?:event|data|id|retry)?:/.test(firstPiece);
  }

  take(piece: string): string {
    if (!this.streamed) return piece;
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop()!;
    return lines.map(lineText).join('');
  }
}

function lineText(line: string): string {
  const json = /^data: ?(\{.*\})\r?$/.exec(line)?.[1];
  if (json === undefined) return '';
  try {
    return textOf(JSON.parse(json) as Frame);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return '';
  }
}
