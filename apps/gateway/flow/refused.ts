// The one way out of the flow before an answer: a code from the closed table, with a detail that is safe to show.
import type { ErrorCode, Refusal } from '@sluice/types';

export class Refused extends Error {
  readonly code: ErrorCode;
  /** Written by this project (or, for a denial, by the approver); never a value of the exchange. */
  readonly detail: string | undefined;
  readonly retryAfter: number | undefined;
  readonly approval: Refusal['approval'];

  constructor(
    code: ErrorCode,
    detail?: string,
    more: { retryAfter?: number; approval?: Refusal['approval'] } = {},
  ) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.detail = detail;
    this.retryAfter = more.retryAfter;
    this.approval = more.approval;
  }

  toRefusal(session: string): Refusal {
    return {
      code: this.code,
      session,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
      ...(this.approval === undefined ? {} : { approval: this.approval }),
    };
  }
}

/** Thrown when the caller has hung up: nothing is left to say to anybody. */
export class CallerLeft extends Error {
  constructor() {
    super('caller left');
    this.name = 'CallerLeft';
  }
}
