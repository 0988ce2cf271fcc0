// The one closed union of error codes. What each means to a caller; nothing else in the project lists them.

export interface ErrorRow {
  /** HTTP status before the first byte. */
  readonly status: number;
  /** gRPC status code (https://grpc.io/docs/guides/status-codes/). */
  readonly grpc: number;
  /** False: no retry of the same request can help, and `x-should-retry: false` says so. */
  readonly retry: boolean;
  /** What the caller reads. Never completed with a value from the request or the answer. */
  readonly message: string;
}

// biome-ignore format: a table is read by its rows
export const ERRORS = {
  unauthenticated: { status: 401, grpc: 16, retry: false, message: 'The credential is missing, unknown, expired or revoked.' },
  forbidden: { status: 403, grpc: 7, retry: false, message: 'No access rule allows this call.' },
  connection_stopped: { status: 403, grpc: 7, retry: false, message: 'An administrator has stopped this connection.' },
  prompt_blocked: { status: 403, grpc: 7, retry: false, message: 'The policy does not let this request through.' },
  response_blocked: { status: 403, grpc: 7, retry: false, message: 'The policy does not let this answer through.' },
  approval_pending: { status: 409, grpc: 10, retry: true, message: 'This request waits for an approval. Send the same request again to attach to it.' },
  approval_denied: { status: 403, grpc: 7, retry: false, message: 'An approver has denied this request.' },
  approval_expired: { status: 403, grpc: 7, retry: false, message: 'Nobody decided on this request in time.' },
  unknown_connection: { status: 404, grpc: 5, retry: false, message: 'There is no connection of that name.' },
  unsupported_operation: { status: 404, grpc: 12, retry: false, message: 'This operation is not one that the gateway can inspect, so it does not pass.' },
  malformed_request: { status: 400, grpc: 3, retry: false, message: 'The request could not be read without doubt.' },
  request_too_large: { status: 413, grpc: 8, retry: false, message: 'The request is larger than the policy allows.' },
  limit_exceeded: { status: 429, grpc: 8, retry: true, message: 'A limit of the policy is reached.' },
  overloaded: { status: 503, grpc: 14, retry: true, message: 'The gateway has no capacity to spare.' },
  upstream_error: { status: 502, grpc: 14, retry: true, message: 'The model server could not be reached or did not answer properly.' },
  upstream_timeout: { status: 504, grpc: 4, retry: true, message: 'The model server did not answer in time.' },
  record_unavailable: { status: 503, grpc: 14, retry: true, message: 'The record cannot be written, so nothing is forwarded.' },
  policy_unavailable: { status: 503, grpc: 14, retry: true, message: 'The policy cannot be evaluated, so nothing is forwarded.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal on its way to the caller. `detail` is written by this project alone and holds no value of the exchange. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly session: string;
  readonly detail?: string;
  /** Seconds for `retry-after`. */
  readonly retryAfter?: number;
  /** Of `approval_*`: the approval's id and the page that shows it. */
  readonly approval?: { readonly id: string; readonly url: string };
}
