// Self time by file and function out of a V8 CPU profile. It must not know what was profiled.

/** The parts of V8's `.cpuprofile` that are read here. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface FileTime {
  readonly file: string;
  /** Share of the time that was not idle. */
  readonly share: number;
  readonly functions: readonly { readonly name: string; readonly share: number }[];
}

const IDLE = new Set(['(idle)', '(program)']);

/** Files by self time, longest first; idle time is left out, and what is not JavaScript keeps V8's name for it. */
export function functionsByFile(profile: Profile, root: string): FileTime[] {
  const spent = new Map<number, number>();
  for (const [i, id] of profile.samples.entries()) {
    spent.set(id, (spent.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0));
  }
  const files = new Map<string, Map<string, number>>();
  let busy = 0;
  for (const node of profile.nodes) {
    const { functionName, url, lineNumber } = node.callFrame;
    const time = spent.get(node.id) ?? 0;
    if (time === 0 || IDLE.has(functionName)) continue;
    busy += time;
    const file = url === '' ? 'native' : url.replace(/^file:\/\//, '').replace(root, '');
    const functions = files.get(file) ?? new Map<string, number>();
    const name = url === '' ? functionName : `${functionName || '(anonymous)'}:${lineNumber + 1}`;
    functions.set(name, (functions.get(name) ?? 0) + time);
    files.set(file, functions);
  }
  return [...files]
    .map(([file, functions]) => ({
      file,
      share: [...functions.values()].reduce((sum, time) => sum + time, 0) / busy,
      functions: [...functions]
        .map(([name, time]) => ({ name, share: time / busy }))
        .toSorted((a, b) => b.share - a.share),
    }))
    .toSorted((a, b) => b.share - a.share);
}

const FUNCTIONS_SHOWN = 5;

export function render(files: readonly FileTime[], shown: number): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;
  return files
    .slice(0, shown)
    .map(({ file, share, functions }) => {
      const top = functions.slice(0, FUNCTIONS_SHOWN).filter((entry) => entry.share >= 0.002);
      return [
        `${percent(share)}  ${file}`,
        ...top.map((entry) => `${percent(entry.share)}      ${entry.name}`),
      ].join('\n');
    })
    .join('\n');
}
