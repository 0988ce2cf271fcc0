// What all OpenAI answers have in common: names, usage, frames and errors.
import { BadRequest } from '../read.ts';

let count = 0;

/** The head of an answer: id, time, model. */
export function identified(
  prefix: string,
  model: unknown,
): { id: string; created: number; model: string; system_fingerprint: string } {
  if (typeof model !== 'string' || model === '')
    throw new BadRequest(400, 'you must provide a model parameter');
  if (model.startsWith('missing'))
    throw new BadRequest(404, `The model \`${model}\` does not exist or you do not have access to it.`);
  count += 1;
  return {
    id: `${prefix}-leaky${count}`,
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: 'fp_leaky',
  };
}

export function usageOf(input: number, output: number, reasoning: number): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

export const frame = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`;

/** https://platform.openai.com/docs/guides/error-codes */
const ERROR_CODES: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['requests', 'rate_limit_exceeded'],
};

export function errorBody(status: number, message: string): unknown {
  const [type, code] = ERROR_CODES[status] ?? ['server_error', null];
  return { error: { message, type, param: null, code } };
}
