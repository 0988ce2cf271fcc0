// Self time by file and function out of a V8 CPU profile. It must not know what was profiled.

/** The parts of V8's `.cpuprofile` that are read here. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
  /** Microseconds of the monotonic clock. */
  readonly startTime: number;
}

export interface FunctionTime {
  readonly name: string;
  readonly file: string;
  /** Shares of the time that was not idle: in it and in what it called, and in it alone. */
  readonly total: number;
  readonly self: number;
}

export interface FileTime {
  readonly file: string;
  /** Share of the time that was not idle. */
  readonly share: number;
  readonly functions: readonly { readonly name: string; readonly share: number }[];
}

/** Microseconds spent in each node itself, from `since` (microseconds of the monotonic clock) on; idle time left out. */
function selfTimes(profile: Profile, since: number): Map<number, number> {
  const idle = profile.nodes.find((node) => node.callFrame.functionName === '(idle)')?.id;
  const spent = new Map<number, number>();
  let now = profile.startTime;
  for (const [i, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[i] ?? 0;
    now += delta;
    if (now >= since && id !== idle) spent.set(id, (spent.get(id) ?? 0) + delta);
  }
  return spent;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** What is not JavaScript keeps V8's name for it. */
function place(
  node: Profile['nodes'][number],
  root: string,
): { readonly file: string; readonly name: string } {
  const { functionName, url, lineNumber } = node.callFrame;
  if (url === '') return { file: 'native', name: functionName };
  const file = url.replace(/^file:\/\//, '').replace(root, '');
  return { file, name: `${functionName || '(anonymous)'}:${lineNumber + 1}` };
}

/** Files by self time, longest first. */
export function functionsByFile(profile: Profile, root: string, since: number): FileTime[] {
  const spent = selfTimes(profile, since);
  const busy = sum(spent.values());
  const files = new Map<string, Map<string, number>>();
  for (const node of profile.nodes) {
    const time = spent.get(node.id) ?? 0;
    if (time === 0) continue;
    const { file, name } = place(node, root);
    const functions = files.get(file) ?? new Map<string, number>();
    functions.set(name, (functions.get(name) ?? 0) + time);
    files.set(file, functions);
  }
  return [...files]
    .map(([file, functions]) => ({
      file,
      share: sum(functions.values()) / busy,
      functions: [...functions]
        .map(([name, time]) => ({ name, share: time / busy }))
        .toSorted((a, b) => b.share - a.share),
    }))
    .toSorted((a, b) => b.share - a.share);
}

/** Functions of the project by the time in them and in all that they call, longest first; recursion counts once. */
export function functionsByTotal(profile: Profile, root: string, since: number): FunctionTime[] {
  const spent = selfTimes(profile, since);
  const busy = sum(spent.values());
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const found = new Map<string, { name: string; file: string; total: number; self: number }>();
  const walk = (id: number, open: ReadonlySet<string>): number => {
    const node = nodes.get(id);
    if (node === undefined) return 0;
    const { file, name } = place(node, root);
    const key = `${file} ${name}`;
    const own = spent.get(id) ?? 0;
    const inside = open.has(key) ? open : new Set([...open, key]);
    const total = own + sum((node.children ?? []).map((child) => walk(child, inside)));
    const entry = found.get(key) ?? { name, file, total: 0, self: 0 };
    found.set(key, entry);
    entry.self += own / busy;
    if (!open.has(key)) entry.total += total / busy;
    return total;
  };
  const first = profile.nodes[0];
  if (first !== undefined) walk(first.id, new Set());
  return [...found.values()]
    .filter((entry) => /^(apps|packages)\//.test(entry.file))
    .toSorted((a, b) => b.total - a.total);
}

const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;

export function renderTotals(functions: readonly FunctionTime[], shown: number): string {
  const rows = functions
    .slice(0, shown)
    .map((entry) => `${percent(entry.total)}  ${percent(entry.self)}  ${entry.file} ${entry.name}`);
  return ['with callees  alone', ...rows].join('\n');
}

const FUNCTIONS_SHOWN = 5;

export function render(files: readonly FileTime[], shown: number): string {
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
