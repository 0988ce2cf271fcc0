// Bytes that several tables may take together. When they are used up, all of them are dropped.

export interface Member {
  readonly bytes: number;
  drop(): void;
}

export class Budget {
  readonly limit: number;
  readonly members: Member[] = [];
  used = 0;
  flushes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether that many bytes more would be too many. */
  lacks(bytes: number): boolean {
    return this.used + bytes > this.limit;
  }

  flush(): void {
    this.flushes++;
    this.used = 0;
    for (const member of this.members) member.drop();
  }
}
