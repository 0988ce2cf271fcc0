// A stand-in for the automaton while it is being built: buffers the whole text and asks RegExp. Holds everything until
// the end, and is leftmost-first within one pattern.
import type { Accept, Cursor, GroupSpec, OnLimit, Program } from './api.ts';
import { PatternError } from './syntax/error.ts';

const toRegExp = (pattern: string, ignoreCase: boolean): RegExp => {
  let source = pattern;
  let flags = ignoreCase ? 'gi' : 'g';
  for (let lead; (lead = /^\(\?([ims]+)\)/.exec(source)); source = source.slice(lead[0].length))
    flags += lead[1];
  try {
    return new RegExp(source.replaceAll('\\A', '^').replaceAll('\\z', '$'), [...new Set(flags)].join(''));
  } catch (error) {
    throw new PatternError('syntax', pattern, 0, String(error));
  }
};

class InterimCursor implements Cursor {
  readonly groups: readonly (readonly RegExp[])[];
  accept: Accept;
  position = 0;
  open = 0;
  text = '';
  constructor(groups: readonly (readonly RegExp[])[], accept: Accept) {
    this.groups = groups;
    this.accept = accept;
  }
  push(chunk: string): void {
    this.text += chunk;
    this.position = this.text.length;
    if (this.text === '') this.open = this.position;
  }
  end(): void {
    this.groups.forEach((patterns, group) => {
      for (let resume = 0; ; ) {
        let best: [number, number, number] | undefined;
        patterns.forEach((re, index) => {
          re.lastIndex = resume;
          const m = re.exec(this.text);
          if (!m) return;
          const end = m.index + m[0].length;
          if (!best || m.index < best[0] || (m.index === best[0] && end > best[1]))
            best = [m.index, end, index];
        });
        if (!best) break;
        resume = this.accept(group, best[2], best[0], best[1]) ? best[1] : best[0] + 1;
      }
    });
    this.open = this.position;
  }
  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }
  clone(accept?: Accept): Cursor {
    const copy = new InterimCursor(this.groups, accept ?? this.accept);
    copy.text = this.text;
    copy.position = this.position;
    copy.open = this.open;
    return copy;
  }
  restsLike(): boolean {
    return false;
  }
}

export function compile(groups: readonly GroupSpec[]): Program {
  const compiled = groups.map((g) => g.patterns.map((p) => toRegExp(p, g.ignoreCase ?? false)));
  const cursor = (accept: Accept, _onLimit?: OnLimit): Cursor => new InterimCursor(compiled, accept);
  return {
    groups: groups.length,
    cursor,
    scan(text, accept) {
      const c = cursor(accept);
      c.push(text);
      c.end();
    },
    stats: () => ({ states: 0, bytes: 0, flushes: 0 }),
  };
}
