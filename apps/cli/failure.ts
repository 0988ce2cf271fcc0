// A failure that a command has explained: a message for the person and the exit code.

export const EXIT = { finding: 1, usage: 2, unreachable: 3 } as const;

export class Failure extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof EXIT, message: string) {
    super(message);
    this.name = 'Failure';
    this.exitCode = EXIT[kind];
  }
}
