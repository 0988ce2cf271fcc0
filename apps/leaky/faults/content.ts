// Faults of what is said: everything arrives, the end of the answer included, and one piece in the middle is wrong.
import { sendPaced } from '../deliver.ts';
import { SECRETS } from '../secrets.ts';
import { type Fault, framesOf, GOOD_FRAMES, type Spoiled, TRACE, typeOf } from './spoiled.ts';

type Piece = string | Uint8Array;

/** Sends all frames but for the middle one, in whose place stands what `spoil` makes of it. */
const inMiddle =
  (spoil: (frame: string, spoiled: Spoiled) => readonly Piece[]): Fault =>
  async (spoiled) => {
    const { response, reply, tokenMs } = spoiled;
    const frames = framesOf(reply);
    const middle = Math.max(0, Math.min(GOOD_FRAMES, frames.length - 2));
    response.writeHead(200, { 'content-type': typeOf(reply) });
    const pieces = [
      ...frames.slice(0, middle),
      ...spoil(frames[middle]!, spoiled),
      ...frames.slice(middle + 1),
    ];
    await sendPaced(response, pieces, tokenMs);
    response.end();
  };

/** Edits the JSON within a frame, or a whole answer. */
const inJson = (edit: (json: string) => readonly Piece[]): Fault =>
  inMiddle((frame) => {
    const start = frame.indexOf('{');
    const end = frame.lastIndexOf('}') + 1;
    return [
      Buffer.concat([frame.slice(0, start), ...edit(frame.slice(start, end)), frame.slice(end)].map(bytes)),
    ];
  });

const bytes = (piece: Piece): Uint8Array => (typeof piece === 'string' ? Buffer.from(piece) : piece);

export const CONTENT_FAULTS = {
  /** JSON that ends half-way. */
  'broken-sse': inJson((json) => [json.slice(0, json.length / 2)]),
  /** A string with two bytes that are no character. */
  'invalid-utf8': inJson((json) => {
    const at = json.indexOf(':"') + 2;
    return [json.slice(0, at), Uint8Array.of(0xc3, 0x28), json.slice(at)];
  }),
  /** The first key comes again at the end, with a secret for a value: parsers differ in which they believe. */
  'duplicate-keys': inJson((json) => {
    const [key] = Object.keys(JSON.parse(json));
    return [json.slice(0, -1), `,${JSON.stringify(key)}:${JSON.stringify(SECRETS.awsAccessKeyId)}}`];
  }),
  /** An event that no protocol has. */
  'unknown-event': inMiddle((frame) => [
    `event: surprise\ndata: {"type":"surprise","note":${JSON.stringify(SECRETS.awsAccessKeyId)}}\n\n`,
    frame,
  ]),
  /** A field that no protocol has, in an event that they have. */
  'unknown-field': inJson((json) => [json.slice(0, -1), `,"debug":{"note":${JSON.stringify(TRACE)}}}`]),
  /** Text that is in no field of an event. */
  'unframed-text': inMiddle((frame) => [`${SECRETS.awsAccessKeyId}\n\n`, frame]),
  /** A secret in a comment, which clients never see but which arrives all the same. */
  comment: inMiddle((frame) => [`: ${TRACE}\n\n`, frame]),
  'byte-order-mark': inMiddle((frame) => ['\ufeff', frame]),
  /** The provider fails in the middle, and says too much about it. */
  'error-event': inMiddle((_frame, { errorBody }) => {
    const error = errorBody(500, TRACE);
    const named = 'type' in Object(error) ? 'event: error\n' : '';
    return [`${named}data: ${JSON.stringify(error)}\n\n`];
  }),
  /** Something after the end. */
  'trailing-data': async ({ response, reply, tokenMs }) => {
    response.writeHead(200, { 'content-type': typeOf(reply) });
    await sendPaced(response, [...framesOf(reply), `data: ${JSON.stringify({ note: TRACE })}\n\n`], tokenMs);
    response.end();
  },
} as const satisfies Readonly<Record<string, Fault>>;
