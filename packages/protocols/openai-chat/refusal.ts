// Refusals as OpenAI's API words its errors, so that the official client raises its normal ones.
// https://platform.openai.com/docs/guides/error-codes
import { ERRORS, type ErrorCode, type Refusal } from '@sluice/types';
import { writeEvent } from '../framing/sse.ts';
import type { ShapedRefusal } from '../protocol.ts';
import { refusalHeaders, refusalMessage } from '../shared/refusal.ts';

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

export function errorType(code: ErrorCode): string {
  const { status } = ERRORS[code];
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
}

export function errorBody(refusal: Refusal): string {
  return JSON.stringify({
    error: {
      message: refusalMessage(refusal),
      type: errorType(refusal.code),
      param: null,
      code: refusal.code,
      session: refusal.session,
      ...(refusal.approval === undefined ? {} : { approval: refusal.approval }),
    },
  });
}

export function refuse(refusal: Refusal): ShapedRefusal {
  return {
    status: ERRORS[refusal.code].status,
    headers: refusalHeaders(refusal),
    body: Buffer.from(errorBody(refusal)),
  };
}

export function refuseInStream(refusal: Refusal): Buffer {
  return writeEvent(undefined, errorBody(refusal));
}
