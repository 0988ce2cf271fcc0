// The catalogue of what is built in, as a page. It reads rows and knows none of them.
import type { Detector } from '../detector.ts';
import { builtin } from './index.ts';

const BRANCHES: Readonly<Record<string, string>> = {
  secret: 'Credentials',
  pii: 'Personal data',
  injection: 'Prompt attacks',
  exfil: 'Ways out of an answer',
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

interface Line {
  readonly kind: string;
  readonly id: string;
  readonly text: string;
}

/** A line for each kind that the detector knows. */
function linesOf({ id, kind, kinds, about, misses, source, direction }: Detector): Line[] {
  const documented = source === undefined ? '' : ` ([source](${source}))`;
  const missed = misses === undefined ? '' : ` Misses: ${cell(misses)}`;
  const line = (of: string, what: string, where: string): Line => ({
    kind: of,
    id,
    text: `| \`${of}\` | \`${id}\` | ${cell(what)}${where}${missed} | ${direction ?? 'both'} |`,
  });
  if (kinds === undefined) return [line(kind, about, documented)];
  return Object.entries(kinds).map(([of, what]) => line(of, what, of === kind ? documented : ''));
}

/** The page docs/detectors.md, in Markdown. */
export function catalogue(): string {
  const sections = Object.entries(BRANCHES).map(([branch, title]) => {
    const rows = builtin
      .flatMap(linesOf)
      .filter(({ kind }) => kind.startsWith(`${branch}.`))
      .sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1));
    return [
      `## ${title}: \`${branch}\``,
      '',
      '| kind | detector | what it finds, how it verifies, what it misses | direction |',
      '|---|---|---|---|',
      ...rows.map(({ text }) => text),
      '',
    ].join('\n');
  });
  return [
    '# Detectors',
    '',
    'Generated from the rows in `packages/inspect/detectors/`; `npm test` fails when this page is older than they are.',
    '',
    `${builtin.length} detectors are built in. A policy names a kind (\`secret.github-token\`) or a whole branch (\`secret\`). Every`,
    'finding has a confidence: a checksum that fails lowers it and lets nothing through where the format is distinctive.',
    'Values that documentation writes in place of a secret (`your-api-key`, `xxxx`, `<TOKEN>`) are not found.',
    '',
    ...sections,
  ].join('\n');
}
