// Reading whole answers: what counts as one, and where they report what they used. Knows no protocol's fields.
import { scan } from '../json/scan.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { StreamEditor } from '../protocol.ts';
import { isJson } from './claim.ts';

/** Serves every answer that comes whole: it is read, edited and done with in one call. */
let scratch = new T.Tape(256);
/** Integers of rows beyond which the scratch tape is not kept. */
const KEPT = 1 << 16;

/** Undefined for an empty error, which has nothing to inspect. Throws Malformed for anything but JSON. The tape is good until the next answer. */
export function scanAnswer(
  status: number,
  contentType: string | undefined,
  body: Buffer,
): T.Tape | undefined {
  if (status >= 400 && body.length === 0) return undefined;
  if (!isJson(contentType)) throw new Malformed('the answer is not JSON');
  if (scratch.rows.length > KEPT) scratch = new T.Tape(256);
  scan(scratch, body, 0, body.length, { strict: false });
  return scratch;
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
