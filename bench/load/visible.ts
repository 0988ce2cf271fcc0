// When the text of a stream became visible, character by character.
// It must not know sockets or peers.

const CONTENT = /"content":"((?:[^"\\]|\\.)*)"/g;

export class VisibleText {
  /** Characters visible after each arrival. */
  private readonly arrivals: { readonly at: number; readonly chars: number }[] = [];
  private rest = '';
  private chars = 0;

  push(bytes: Buffer, now: number): void {
    const text = this.rest + bytes.toString('latin1', 0, bytes.length);
    const end = text.lastIndexOf('\n\n') + 2;
    if (end < 2) {
      this.rest = text;
      return;
    }
    this.rest = text.slice(end);
    const before = this.chars;
    for (const match of text.slice(0, end).matchAll(CONTENT)) {
      const content = match[1] as string;
      this.chars += content.includes('\\') ? (JSON.parse(`"${content}"`) as string).length : content.length;
    }
    if (this.chars > before) this.arrivals.push({ at: now, chars: this.chars });
  }

  get total(): number {
    return this.chars;
  }

  /** Arrival of each piece: the moment at which all of its characters were visible. Missing ones are left out. */
  seen(pieces: readonly number[]): number[] {
    const times: number[] = [];
    let sum = 0;
    let i = 0;
    for (const piece of pieces) {
      sum += piece;
      while (i < this.arrivals.length && (this.arrivals[i]?.chars ?? 0) < sum) i++;
      const arrival = this.arrivals[i];
      if (arrival === undefined) break;
      times.push(arrival.at);
    }
    return times;
  }

  /** Characters visible at a moment. */
  visibleAt(at: number): number {
    let chars = 0;
    for (const arrival of this.arrivals) {
      if (arrival.at > at) break;
      chars = arrival.chars;
    }
    return chars;
  }
}
