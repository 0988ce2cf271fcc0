// What a fault is given, and what faults have in common. It must not know protocols: it sees frames or bytes.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Reply } from '../answer.ts';
import { STREAM_TYPE, sendPaced } from '../deliver.ts';
import { SECRETS } from '../secrets.ts';

export interface Spoiled {
  readonly response: ServerResponse;
  /** What would have been sent. */
  readonly reply: Reply;
  readonly tokenMs: number;
  /** An error in the provider's own shape. */
  readonly errorBody: (status: number, message: string) => unknown;
}

export type Fault = (spoiled: Spoiled) => Promise<void>;

/** Frames that arrive before a stream goes wrong. */
export const GOOD_FRAMES = 4;

/** What a server says that prints its mistakes to its callers. */
export const TRACE = `panic: cannot connect to ${SECRETS.databaseUrl} with AWS_ACCESS_KEY_ID=${SECRETS.awsAccessKeyId}`;

/** The frames of a stream, or a whole answer as the only one. */
export const framesOf = (reply: Reply): readonly string[] =>
  reply.kind === 'stream' ? reply.frames : [JSON.stringify(reply.body)];

export const typeOf = (reply: Reply): string => (reply.kind === 'stream' ? STREAM_TYPE : 'application/json');

/** The socket itself, for what node:http would not say. */
export const socketOf = ({ response }: Spoiled): Socket => response.socket!;

/** Sends the head and the first frames, or the first characters of a whole answer. */
export async function begin({ response, reply, tokenMs }: Spoiled): Promise<void> {
  response.writeHead(200, { 'content-type': typeOf(reply) });
  const frames = framesOf(reply);
  const first = reply.kind === 'stream' ? frames.slice(0, GOOD_FRAMES) : [frames[0]!.slice(0, 20)];
  await sendPaced(response, first, tokenMs);
}
