// Anthropic's API as a row of the protocol table: messages, count_tokens, models. https://docs.anthropic.com/en/api
import type { Protocol } from '../protocol.ts';
import { scanAnswer, usageOf } from '../shared/answer.ts';
import { claimBy, type Route } from '../shared/claim.ts';
import { JsonRequest, PathRequest } from '../shared/request.ts';
import { errorType, refuse, refuseInStream } from './refusal.ts';
import { requests } from './request.ts';
import { AnthropicStream } from './stream.ts';
import { restoreThinking } from './thinking.ts';
import { editAnswer } from './whole.ts';

/** The official client marks calls of its beta interface. */
const BETA = { beta: /^true$/ };
const CURSOR = /^[A-Za-z0-9._:@-]{1,128}$/;

const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/messages', operation: 'chat', query: BETA },
  { method: 'POST', path: '/v1/messages/count_tokens', operation: 'count_tokens', query: BETA },
  {
    method: 'GET',
    path: '/v1/models',
    operation: 'models',
    query: { ...BETA, limit: /^\d{1,4}$/, before_id: CURSOR, after_id: CURSOR },
  },
  { method: 'GET', path: '/v1/models', operation: 'models', model: true, query: BETA },
];

export const anthropic: Protocol = {
  name: 'anthropic',
  claim: (head) => claimBy(ROUTES, head),
  decode(claim, body) {
    if (!claim.body) return new PathRequest(claim, body);
    return new JsonRequest(body, requests);
  },
  editWhole(_claim, status, contentType, body, open, sealer) {
    const tape = scanAnswer(status, contentType, body);
    if (tape === undefined) return { body, usage: {} };
    const usage = usageOf(tape, tape.member(0, 'usage'), 'input_tokens', 'output_tokens');
    return { body: editAnswer(tape, body, open, sealer), usage };
  },
  editStream: (_claim, open, sink, sealer) => new AnthropicStream(open, sink, sealer),
  restore: restoreThinking,
  refuse,
  refuseInStream,
  keepAlive: Buffer.from(': keep-alive\n\n'),
  errorType,
  credentialHeaders: ['x-api-key', 'authorization'],
  authorize: (credential) => ({ 'x-api-key': credential }),
  requestHeaders: ['anthropic-version', 'anthropic-beta'],
  responseHeaders: ['content-type', 'retry-after', 'x-should-retry', 'request-id', 'anthropic-ratelimit-*'],
};
