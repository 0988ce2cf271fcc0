// Refusals as Anthropic's API words its errors, so that the official client raises its normal ones.
// https://docs.anthropic.com/en/api/errors
import { ERRORS, type ErrorCode, type Refusal } from '@sluice/types';
import { writeEvent } from '../framing/sse.ts';
import type { ShapedRefusal } from '../protocol.ts';
import { refusalHeaders, refusalMessage } from '../shared/refusal.ts';

/** Anthropic's own status for overload. */
const OVERLOADED = 529;

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

function statusOf(code: ErrorCode): number {
  return code === 'overloaded' ? OVERLOADED : ERRORS[code].status;
}

export function errorType(code: ErrorCode): string {
  const status = statusOf(code);
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
}

/** `details.error_code` is where the official client reads a code. */
export function errorBody(refusal: Refusal): string {
  return JSON.stringify({
    type: 'error',
    error: {
      type: errorType(refusal.code),
      message: refusalMessage(refusal),
      code: refusal.code,
      details: {
        error_code: refusal.code,
        ...(refusal.approval === undefined ? {} : { approval: refusal.approval }),
      },
    },
    request_id: refusal.session,
  });
}

export function refuse(refusal: Refusal): ShapedRefusal {
  return {
    status: statusOf(refusal.code),
    headers: { ...refusalHeaders(refusal), 'request-id': refusal.session },
    body: Buffer.from(errorBody(refusal)),
  };
}

export function refuseInStream(refusal: Refusal): Buffer {
  return writeEvent('error', errorBody(refusal));
}
