// The answers of the fake model server, prepared as bytes: a whole one of 1 KB, and events of prose in tokens.
// It must not know sockets.
import { PROSE } from './prose.ts';

/** Prose in pieces of four characters. */
export const FOUR_PIECES = pieces(PROSE, /[\s\S]{4}/g);
/** Prose as tokens: a word with the blank before it, punctuation by itself. */
export const WORD_PIECES = pieces(PROSE, / ?[A-Za-z']+|[^A-Za-z' ]| /g);

export const FOUR = FOUR_PIECES.map((piece) => chunk(event({ content: piece }, null)));
export const WORDS = WORD_PIECES.map((piece) => chunk(event({ content: piece }, null)));
export const ROLE = chunk(event({ role: 'assistant', content: '', refusal: null }, null));
export const STOP = chunk(event({}, 'stop'));
export const DONE = chunk('data: [DONE]\n\n');

function pieces(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

function event(delta: object, finish: string | null): string {
  const body = {
    id: 'chatcmpl-BenchBenchBenchBenchBench',
    object: 'chat.completion.chunk',
    created: 1700000000,
    model: 'gpt-4o-2024-08-06',
    service_tier: 'default',
    system_fingerprint: 'fp_50cad350e4',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  };
  return `data: ${JSON.stringify(body)}\n\n`;
}

function chunk(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

/** Marks the place of a word that changes with every answer, so that no peer can know an answer from an earlier one. */
const MARK = 'qqqqqqqq';
const BODY = JSON.stringify({
  id: 'chatcmpl-BenchBenchBenchBenchBench',
  object: 'chat.completion',
  created: 1700000000,
  model: 'gpt-4o-2024-08-06',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: `${MARK} ${PROSE.slice(0, 640)}`,
        refusal: null,
        annotations: [],
      },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 512, completion_tokens: 160, total_tokens: 672 },
  service_tier: 'default',
  system_fingerprint: 'fp_50cad350e4',
});
const WHOLE = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\nx-request-id: req_bench\r\n\r\n${BODY}`,
);
const MARK_AT = WHOLE.indexOf(MARK);
let serial = 0;

/** A whole answer; the next call may reuse nothing of it. */
export function wholeAnswer(): Buffer {
  const answer = Buffer.from(WHOLE);
  writeWord(answer, MARK_AT, serial++);
  return answer;
}

/** Writes `n` as a word of eight letters. */
export function writeWord(into: Buffer, at: number, n: number): void {
  for (let i = 0; i < 8; i++) {
    into[at + i] = 97 + (n % 26);
    n = Math.floor(n / 26);
  }
}
