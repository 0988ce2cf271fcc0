// What inspection costs: throughput of the engine with all built-in detectors and views, text held back on a stream, and
// the time for a prompt. In CPU time, beside a bare loop over the same text in the same run.
// `node scripts/run.mjs bench/engine.ts [--json FILE]`
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CustomRule, compileEngine, type Engine, type EngineSpec } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import type { Direction } from '@sluice/types';
import { seeded, TEXTS } from './texts.ts';

const { values: flags } = parseArgs({ options: { json: { type: 'string' } } });

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
  const texts = TEXTS.map(({ name, make }) => {
    const text = make(UNITS);
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
      chunks: rate(
        part.length,
        leastMs(() => streamed(engine, part)),
      ),
    };
  });
  const prose = TEXTS[0]!.make(UNITS);
  const held: number[] = [];
  streamed(engine, prose.slice(0, UNITS / 4), held);
  const prompts = Array.from({ length: 50 }, (_, i) => prose.slice(i * PROMPT, (i + 1) * PROMPT));
  const promptMs = leastMs(() => {
    for (const prompt of prompts) engine.transform(prompt, OPTIONS);
  });
  const { engine: crowded } = compiled({ direction, detectors: builtin, custom: manyRules(direction, 1000) });
  const { states, bytes, flushes } = engine.stats();
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
  };
}

const results = (['prompt', 'response'] as const).map(measure);
for (const { direction, compileMs, texts, heldPerChunk, promptMicros, with1000Rules, automata } of results) {
  console.log(
    `${direction}: compiled in ${compileMs} ms; ${automata.states} states, ${(automata.bytes / 1e6).toFixed(1)} MB, dropped ${automata.flushes} times`,
  );
  console.table(Object.fromEntries(texts.map(({ name, ...row }) => [name, row])));
  console.log(
    `held back per chunk of ${CHUNK} on prose: median ${heldPerChunk.median}, p99 ${heldPerChunk.p99}, most ${heldPerChunk.most} units`,
  );
  console.log(
    `a prompt of ${PROMPT} units: ${promptMicros} µs; prose with 1,000 users' patterns: ${with1000Rules} MB/s\n`,
  );
}
if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify(results, null, 2));
if (sink === 1) console.log('');
