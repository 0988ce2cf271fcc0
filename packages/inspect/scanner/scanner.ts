// Findings of one lane as it arrives: candidates of all readings, told once each, in order, as soon as nothing that
// begins earlier can still come. It must not know what is done with them.
import { alike, type Candidate, inOrder } from './candidate.ts';
import type { Plan } from './plan.ts';
import { Reading } from './reading.ts';

export class Scanner {
  private readonly found: Candidate[] = [];
  private readonly raw: Reading;
  private received = 0;
  private ended = false;

  constructor(plan: Plan) {
    this.raw = new Reading({ plan, found: this.found });
  }

  push(text: string): void {
    if (text === '') return;
    this.raw.push({ text, base: this.received, offsets: undefined });
    this.received += text.length;
  }

  end(): void {
    this.raw.end();
    this.ended = true;
  }

  /** Lane offset from which something may still be found: everything that begins before it is known. */
  get hold(): number {
    return this.ended ? this.received : Math.min(this.raw.hold, this.received);
  }

  /** Whether anything is known that has not been taken. */
  get hasFound(): boolean {
    return this.found.length > 0;
  }

  /** Takes the candidates that begin before `limit`, which is at most `hold`: in order, and each span of a detector once. */
  take(limit: number): Candidate[] {
    if (this.found.length === 0) return [];
    const known = this.found.filter((candidate) => candidate.start < limit).sort(inOrder);
    const later = this.found.filter((candidate) => candidate.start >= limit);
    this.found.length = 0;
    this.found.push(...later);
    return known.filter((candidate, index) => {
      const before = known[index - 1];
      return !before || candidate.opener !== undefined || !alike(candidate, before);
    });
  }
}
