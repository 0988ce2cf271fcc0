// `npm run eval`: the engine over labelled sets, its peers beside it. Exits with 1 when a figure misses its bar.
// `npm run eval -- [--json FILE] [--seed N] [--short] [--missed GROUP]`
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { builtin } from '@sluice/inspect/detectors/index';
import { evaluate } from './evaluate.ts';
import { isFound } from './measure.ts';
import { measurePeers } from './peers/index.ts';
import { report } from './report.ts';
import { LONG, SHORT } from './sizes.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    seed: { type: 'string', default: String(LONG.seed) },
    short: { type: 'boolean', default: false },
    missed: { type: 'string' },
  },
});

const result = evaluate(builtin, { ...(flags.short ? SHORT : LONG), seed: Number(flags.seed) });
if (flags.missed === undefined) {
  const peers = await measurePeers(result.sets.values, result.sets.harmless);
  console.log(report(result, peers));
  if (flags.json !== undefined) {
    const { figures, kinds } = result;
    const lists = {
      carriers: [...result.carriers],
      disguises: [...result.disguises],
      ...Object.fromEntries(Object.entries(result.groups).map(([name, rates]) => [name, [...rates]])),
    };
    writeFileSync(flags.json, `${JSON.stringify({ figures, kinds, ...lists, peers }, null, 2)}\n`);
  }
} else showMissed(flags.missed);
if (result.figures.some(({ missed }) => missed)) process.exitCode = 1;

/** Texts of a kind, carrier, disguise or group that came out wrong. They are made here: nobody's values are shown. */
function showMissed(group: string): void {
  for (const name of Object.keys(result.sets) as (keyof typeof result.sets)[]) {
    result.sets[name].forEach((label, i) => {
      if (![label.what, label.carrier, label.disguise, name].includes(group)) return;
      const found = result.readings[name][i]!;
      const harmless = name === 'harmless' || name === 'harmlessPrompts' || name === 'lookAlikes';
      const branch =
        name === 'harmlessPrompts' || name === 'attacks' ? 'injection' : name === 'harmless' ? '' : 'exfil';
      const right =
        label.spans.length > 0
          ? isFound(label, found)
          : found.some(({ kind }) => kind.startsWith(branch)) !== harmless;
      if (!right) console.log(`${JSON.stringify(label.text)}  ${found.map(({ kind }) => kind).join(' ')}`);
    });
  }
}
