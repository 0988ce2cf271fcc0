// The evaluation in words. It must not measure.
import type { Evaluation } from './evaluate.ts';
import { type Rate, share } from './measure.ts';
import type { PeerRow } from './peers/index.ts';

const percent = (rate: Rate): string => (rate.of === 0 ? '–' : `${(share(rate) * 100).toFixed(1)} %`);
const cells = (...texts: readonly (string | number)[]): string => `| ${texts.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [cells(...head), `|${head.map(() => '---|').join('')}`, ...rows].join('\n');

const byRate = ([, a]: readonly [string, Rate], [, b]: readonly [string, Rate]): number =>
  share(a) - share(b);

function rates(title: string, column: string, rows: ReadonlyMap<string, Rate>): string {
  const lines = [...rows].sort(byRate).map(([name, rate]) => cells(name, percent(rate), rate.of));
  return `## ${title}\n\n${table([column, 'share', 'texts'], lines)}\n`;
}

export function report(result: Evaluation, peers: readonly PeerRow[]): string {
  const bars = result.figures.map(({ name, rate, bar, missed }) =>
    cells(
      name,
      percent(rate),
      rate.of,
      bar === undefined
        ? ''
        : bar.least === undefined
          ? `≤ ${(bar.most ?? 0) * 100} %`
          : `≥ ${bar.least * 100} %`,
      bar === undefined ? '' : missed ? '**missed**' : 'reached',
    ),
  );
  const kinds = result.kinds.map(({ kind, recall, precision, f1, confusions }) =>
    cells(
      kind,
      percent(recall),
      percent(precision),
      f1.toFixed(3),
      Object.entries(confusions)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ),
  );
  const others = peers.map(({ name, figures }) =>
    cells(
      name,
      figures ? percent(figures.recall) : 'not installed',
      figures ? percent(figures.falseAlarms) : '',
    ),
  );
  const own = result.figures.find(({ name }) => name === 'secrets, independent values')!;
  const alarms = result.figures.find(({ name }) => name === 'harmless texts with a false secret')!;
  return [
    `## Against the bars\n\n${table(['figure', 'share', 'texts', 'bar', ''], bars)}\n`,
    `## Independent values, by kind\n\n${table(['kind', 'recall', 'precision', 'F1', 'found as another kind'], kinds)}\n`,
    rates("Detectors' own examples that a carrier hid", 'kind', result.examples),
    rates('Recall by carrier', 'carrier', result.carriers),
    rates('Recall by disguise', 'disguise', result.disguises),
    rates('Attacks in prompts found', 'group', result.groups.attacks),
    rates('Harmless prompts flagged', 'group', result.groups.harmlessPrompts),
    rates('Leaking answers found', 'group', result.groups.leaks),
    rates('Harmless answers flagged', 'group', result.groups.lookAlikes),
    rates('Harmless texts flagged', 'sort', result.harmless),
    `## Peers, on the same secrets and harmless texts\n\n${table(['scanner', 'recall', 'false alarms'], [cells('Sluice', percent(own.rate), percent(alarms.rate)), ...others])}\n`,
  ].join('\n');
}
