// OpenAI's chat completions, completions, embeddings and models, the first dialect of its protocol.
// https://platform.openai.com/docs/api-reference
import type { Claim, DecodedRequest, Protocol } from '../protocol.ts';
import { scanAnswer, usageOf } from '../shared/answer.ts';
import { claimBy, type Route } from '../shared/claim.ts';
import { JsonRequest, PathRequest } from '../shared/request.ts';
import { errorType, refuse, refuseInStream } from './refusal.ts';
import { requests } from './request.ts';
import { OpenAiStream } from './stream.ts';
import { editAnswer } from './whole.ts';

const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', operation: 'chat' },
  { method: 'POST', path: '/v1/completions', operation: 'complete' },
  { method: 'POST', path: '/v1/embeddings', operation: 'embed' },
  { method: 'GET', path: '/v1/models', operation: 'models' },
  { method: 'GET', path: '/v1/models', operation: 'models', model: true },
];

export const openaiChat: Protocol = {
  name: 'openai',
  claim: (head) => claimBy(ROUTES, head),
  decode(claim: Claim, body: Buffer): DecodedRequest {
    if (!claim.body) return new PathRequest(claim, body);
    return new JsonRequest(body, requests);
  },
  editWhole(_claim, status, contentType, body, open) {
    const tape = scanAnswer(status, contentType, body);
    if (tape === undefined) return { body, usage: {} };
    const usage = usageOf(tape, tape.member(0, 'usage'), 'prompt_tokens', 'completion_tokens');
    return { body: editAnswer(tape, body, open), usage };
  },
  editStream: (claim, open, sink) =>
    new OpenAiStream(claim.operation === 'complete' ? 'complete' : 'chat', open, sink),
  refuse,
  refuseInStream,
  keepAlive: Buffer.from(': keep-alive\n\n'),
  errorType,
  credentialHeaders: ['authorization', 'api-key', 'x-api-key'],
  authorize: (credential) => ({ authorization: `Bearer ${credential}` }),
  // `openai-organization` and `openai-project` scope an account, and the account is the gateway's, so they do not go upstream.
  requestHeaders: ['openai-beta'],
  responseHeaders: [
    ...['content-type', 'retry-after', 'retry-after-ms', 'x-should-retry', 'x-request-id', 'x-ratelimit-*'],
    ...['openai-processing-ms', 'openai-version'],
  ],
};
