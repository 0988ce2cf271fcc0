// A report as docs/benchmarks.md. It must not know how figures were measured.
import { aimMet, type Section, type Table } from '../measure/section.ts';
import { digitsOf, number, spread } from './number.ts';
import type { Report } from './report.ts';

export function page(report: Report): string {
  const { machine } = report;
  const peers = report.peers.map(
    (peer) =>
      `- **${peer.name}**: ${peer.about}${peer.absent === undefined ? '' : ` — not measured: ${peer.absent.split('\n')[0]}`}`,
  );
  return [
    '# Benchmarks',
    'This page comes from a run of `npm run bench -- --write`; do not edit it by hand. Read ratios, not times: every peer ' +
      'saw the same load in the same run, in turns, and the machine is an ordinary one.',
    `${report.day}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}. ` +
      (machine.pinned
        ? 'Each proxy ran on one core, the load generator and the fake model server on the other. '
        : 'Nothing was pinned to a core. ') +
      `One append of 4 KB with fsync took ${report.disk.fsync.toFixed(3)} ms, one SQLite commit ${report.disk.commit.toFixed(3)} ms ` +
      `(medians). The hypervisor took ${(machine.stolen * 100).toFixed(0)} % of a core.`,
    'Each figure is the median over the quieter half of the rounds, CPU the least over them, since what disturbs a process can ' +
      'only add to it; the range is in brackets.',
    peers.join('\n'),
    ...report.sections.map(section),
    ...report.parts.map(
      (part) => `## ${part.name}\n\n${part.failed ?? `\`\`\`\n${part.text.trim()}\n\`\`\``}`,
    ),
    '## Running it',
    '`npm run bench` takes under six minutes, `npm run bench -- --quick` under one. Names pick measurements ' +
      '(`npm run bench -- relay memory`), `--json FILE` writes the figures, `--write` renders this page. ' +
      '`node scripts/run.mjs bench/profile.ts` shows where the gateway spends its time.',
    '',
  ].join('\n\n');
}

function section(of: Section): string {
  return [
    `## ${of.title}`,
    of.about,
    ...of.tables.map(table),
    ...(of.aims.length === 0 ? [] : [aims(of)]),
  ].join('\n\n');
}

function table(of: Table): string {
  const head = [of.title, ...of.columns.map((column) => column.title)];
  const rows = of.rows.map((row) => [
    row.peer,
    ...of.columns.map((column) => spread(row.figures[column.key], column.digits)),
  ]);
  return grid(head, rows);
}

function aims(of: Section): string {
  const rows = of.aims.map((aim) => {
    const met = aimMet(aim);
    return [
      aim.text,
      `${number(aim.value, digitsOf(aim.value))} ${aim.unit}`,
      `${aim.sense} ${number(aim.bound, digitsOf(aim.bound))} ${aim.unit}`,
      met === undefined ? 'not measured' : met ? 'reached' : 'not reached',
    ];
  });
  return grid(['Target', 'This run', 'Aimed at', ''], rows);
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
