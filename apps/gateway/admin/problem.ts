// Errors of the admin API: RFC 9457 problem details.

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(status: number, code: string, detail: string) {
    super(code);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.detail = detail;
  }

  toJSON(): object {
    return {
      type: `urn:sluice:problem:${this.code}`,
      title: this.code,
      status: this.status,
      code: this.code,
      detail: this.detail,
    };
  }
}
