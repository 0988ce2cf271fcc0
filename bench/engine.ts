// What inspection costs: throughput of the engine with all built-in detectors and views, of the raw and folded readings
// alone, text held back on a stream, the time for a prompt, and the memory of the automata. In CPU time, beside a bare loop
// over the same text in the same run. With `--profile`, where the time goes on one sort of text.
// `node scripts/run.mjs bench/engine.ts [--json FILE] [--profile TEXT [--chunks] [--direction prompt | response]]`
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CustomRule, compileEngine, type Engine, type EngineSpec } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { type Path, RAW } from '@sluice/inspect/scanner/path';
import { type Plan, planOf } from '@sluice/inspect/scanner/plan';
import { Reading } from '@sluice/inspect/scanner/reading';
import type { Direction } from '@sluice/types';
import { profileOf } from './report/inspect.ts';
import { functionsByFile, functionsByTotal, render, renderTotals } from './report/profile.ts';
import { seeded, TEXTS } from './texts.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    profile: { type: 'string' },
    chunks: { type: 'boolean', default: false },
    direction: { type: 'string', default: 'prompt' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const PROFILE_MS = 3_000;
const SHOWN = 25;

const UNITS = 128 * 1024;
const CHUNK = 4;
const PROMPT = 2048;
const ROUNDS = 12;
/** A slow case is measured fewer times. */
const PATIENCE_MS = 500;
const OPTIONS = {
  treat: () => ({ action: 'mask', as: 'label', rule: 'bench' }) as const,
  keyed: { hash: () => '', token: () => '' },
};

/** Least CPU milliseconds of several rounds: other work on the machine only ever adds. */
function leastMs(run: () => void): number {
  run();
  let least = Number.POSITIVE_INFINITY;
  const began = performance.now();
  for (let i = 0; i < ROUNDS && (i === 0 || performance.now() - began < PATIENCE_MS); i += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Millions of code units a second. */
const rate = (units: number, ms: number): number => Math.round((units / ms / 1000) * 10) / 10;

/** In one piece, as a text that was read from somewhere is. */
const flat = (text: string): string => Buffer.from(text).toString();

let sink = 0;
function loop(text: string): void {
  for (let i = 0; i < text.length; i += 1) sink = (sink + text.charCodeAt(i)) | 0;
}

function streamed(engine: Engine, text: string, held?: number[]): void {
  const lane = engine.lane({ ...OPTIONS, onFinding: () => undefined });
  for (let i = 0; i < text.length; i += CHUNK) {
    lane.push(text.slice(i, i + CHUNK));
    held?.push(lane.held);
  }
  lane.end();
}

/** The lane itself with no view over it but `folded`. */
const folded = RAW.sparse.filter(({ view }) => view.name === 'folded');
const RAW_AND_FOLDED: Path = { ...RAW, sparse: folded, signs: folded[0]!.sign, extracts: [] };

function scanned(plan: Plan, text: string): void {
  const reading = new Reading({ plan, found: [] }, RAW_AND_FOLDED);
  reading.push({ text, base: 0, offsets: undefined });
  reading.end();
}

const quantile = (numbers: readonly number[], q: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * q)]!;

/** As many users' rules as a large installation may have. */
function manyRules(direction: Direction, count: number): CustomRule[] {
  const random = seeded(7);
  const letters = (n: number): string =>
    Array.from({ length: n }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  return Array.from({ length: count }, (_, i) => ({
    name: `rule-${i}`,
    direction,
    patterns: [`\\b${letters(4)}-${letters(3)}-\\d{4,8}\\b`],
  }));
}

function compiled(spec: EngineSpec): { readonly engine: Engine; readonly ms: number } {
  const before = process.cpuUsage();
  const engine = compileEngine(spec);
  const { user, system } = process.cpuUsage(before);
  return { engine, ms: Math.round((user + system) / 1000) };
}

function measure(direction: Direction) {
  const { engine, ms } = compiled({ direction, detectors: builtin });
  const plan = planOf({ direction, detectors: builtin });
  const texts = TEXTS.map(({ name, make }) => {
    const text = flat(make(UNITS));
    const part = text.slice(0, UNITS / 4);
    const { findings } = engine.transform(text, OPTIONS);
    return {
      name,
      findings: findings.length,
      loop: rate(
        text.length,
        leastMs(() => loop(text)),
      ),
      whole: rate(
        text.length,
        leastMs(() => engine.transform(text, OPTIONS)),
      ),
      rawAndFolded: rate(
        text.length,
        leastMs(() => scanned(plan, text)),
      ),
      chunks: rate(
        part.length,
        leastMs(() => streamed(engine, part)),
      ),
    };
  });
  const prose = flat(TEXTS[0]!.make(UNITS));
  const held: number[] = [];
  streamed(engine, prose.slice(0, UNITS / 4), held);
  const prompts = Array.from({ length: 50 }, (_, i) => prose.slice(i * PROMPT, (i + 1) * PROMPT));
  const promptMs = leastMs(() => {
    for (const prompt of prompts) engine.transform(prompt, OPTIONS);
  });
  const { states, bytes, flushes } = engine.stats();
  const { engine: crowded } = compiled({ direction, detectors: builtin, custom: manyRules(direction, 1000) });
  return {
    direction,
    compileMs: ms,
    texts,
    heldPerChunk: { median: quantile(held, 0.5), p99: quantile(held, 0.99), most: Math.max(...held) },
    promptMicros: Math.round((promptMs * 1000) / prompts.length),
    with1000Rules: rate(
      prose.length,
      leastMs(() => crowded.transform(prose, OPTIONS)),
    ),
    automata: { states, bytes, flushes },
    automataWith1000Rules: crowded.stats(),
  };
}

async function profile(name: string): Promise<void> {
  const sort = TEXTS.find((one) => one.name === name);
  if (!sort) throw new Error(`there are ${TEXTS.map((one) => one.name).join(', ')}`);
  const direction: Direction = flags.direction === 'response' ? 'response' : 'prompt';
  const engine = compileEngine({ direction, detectors: builtin });
  const text = flat(sort.make(UNITS));
  const work = flags.chunks ? () => streamed(engine, text) : () => void engine.transform(text, OPTIONS);
  const measured = await profileOf(work, PROFILE_MS);
  console.log(render(functionsByFile(measured, root, 0), SHOWN));
  console.log(renderTotals(functionsByTotal(measured, root, 0), 2 * SHOWN));
}

function report(): void {
  const results = (['prompt', 'response'] as const).map(measure);
  for (const {
    direction,
    compileMs,
    texts,
    heldPerChunk,
    promptMicros,
    with1000Rules,
    automata,
    automataWith1000Rules,
  } of results) {
    console.log(
      `${direction}: compiled in ${compileMs} ms; ${automata.states} states, ${(automata.bytes / 1e6).toFixed(1)} MB, dropped ${automata.flushes} times`,
    );
    console.table(Object.fromEntries(texts.map(({ name, ...row }) => [name, row])));
    console.log(
      `held back per chunk of ${CHUNK} on prose: median ${heldPerChunk.median}, p99 ${heldPerChunk.p99}, most ${heldPerChunk.most} units`,
    );
    console.log(
      `a prompt of ${PROMPT} units: ${promptMicros} µs; prose with 1,000 users' patterns: ${with1000Rules} MB/s, ${(automataWith1000Rules.bytes / 1e6).toFixed(1)} MB of automata\n`,
    );
  }
  if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify(results, null, 2));
  if (sink === 1) console.log('');
}

if (flags.profile === undefined) report();
else await profile(flags.profile);
