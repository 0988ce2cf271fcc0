// OpenAI's Responses API as a dialect of its protocol: creating a response, and counting what one would take in.
// https://platform.openai.com/docs/api-reference/responses
import { openaiChat } from '../openai-chat/protocol.ts';
import type { Protocol } from '../protocol.ts';
import { scanAnswer, usageOf } from '../shared/answer.ts';
import { claimBy, type Route } from '../shared/claim.ts';
import { JsonRequest } from '../shared/request.ts';
import { requests } from './request.ts';
import { ResponsesStream } from './stream.ts';
import { editAnswer } from './whole.ts';

const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/responses', operation: 'chat' },
  { method: 'POST', path: '/v1/responses/input_tokens', operation: 'count_tokens' },
];

export const openaiResponses: Protocol = {
  ...openaiChat,
  claim: (head) => claimBy(ROUTES, head),
  decode: (_claim, body) => new JsonRequest(body, requests),
  editWhole(_claim, status, contentType, body, open) {
    const tape = scanAnswer(status, contentType, body);
    if (tape === undefined) return { body, usage: {} };
    const usage = usageOf(tape, tape.member(0, 'usage'), 'input_tokens', 'output_tokens');
    return { body: editAnswer(tape, body, open), usage };
  },
  editStream: (_claim, open, sink) => new ResponsesStream(open, sink),
};
