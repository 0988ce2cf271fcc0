// Reading whole answers: what counts as one, and where they report what they used. Knows no protocol's fields.
import { scan } from '../json/scan.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { StreamEditor } from '../protocol.ts';
import { isJson } from './claim.ts';

/** Undefined for an empty error, which has nothing to inspect. Throws Malformed for anything but JSON. */
export function scanAnswer(
  status: number,
  contentType: string | undefined,
  body: Buffer,
): T.Tape | undefined {
  if (status >= 400 && body.length === 0) return undefined;
  if (!isJson(contentType)) throw new Malformed('the answer is not JSON');
  const tape = new T.Tape(64 + (body.length >> 5));
  scan(tape, body, 0, body.length, { strict: false });
  return tape;
}

/** Token counts out of a `usage` object; `before` fills in what it does not say. */
export function usageOf(
  tape: T.Tape,
  usage: number,
  input: string,
  output: string,
  before: StreamEditor['usage'] = {},
): StreamEditor['usage'] {
  const read = (name: string): number | undefined => {
    const node = tape.member(usage, name);
    return node >= 0 && tape.kind(node) === T.NUMBER ? Number(tape.text(node)) : undefined;
  };
  const inputTokens = read(input) ?? before.input;
  const outputTokens = read(output) ?? before.output;
  return {
    ...(inputTokens === undefined ? {} : { input: inputTokens }),
    ...(outputTokens === undefined ? {} : { output: outputTokens }),
  };
}
