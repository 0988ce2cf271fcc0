// The one error of decoders and editors. It must never quote what it could not read.

/** Thrown by decoders; `detail` is safe to show and never quotes the input. */
export class Malformed extends Error {
  readonly detail: string;

  constructor(detail: string) {
    super(detail);
    this.name = 'Malformed';
    this.detail = detail;
  }
}
