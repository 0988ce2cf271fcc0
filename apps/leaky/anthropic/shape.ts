// What all Anthropic answers have in common: names, frames and errors.
import { BadRequest } from '../read.ts';

let count = 0;

export function identified(model: unknown): { id: string; model: string } {
  if (typeof model !== 'string' || model === '') throw new BadRequest(400, 'model: Field required');
  if (model.startsWith('missing')) throw new BadRequest(404, `model: ${model}`);
  count += 1;
  return { id: `msg_leaky${count}`, model };
}

export const frame = (event: string, data: object): string =>
  `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`;

/** https://docs.anthropic.com/en/api/errors */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

export function errorBody(status: number, message: string): unknown {
  return {
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? 'api_error', message },
    request_id: `req_leaky${count}`,
  };
}
