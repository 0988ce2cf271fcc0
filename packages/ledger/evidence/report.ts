// What an auditor asks of a set of entries, counted from their headers: as data, and as a page that needs nothing external.
import type { ActHeader, BeginHeader, EndHeader, Header } from '../entry.ts';
import { CONTROLS, type Control } from './controls.tables.ts';

type Counts = Readonly<Record<string, number>>;

export interface EvidenceReport {
  readonly access: readonly { readonly who: string; readonly calls: number; readonly verdicts: Counts }[];
  /** Kind → times found, prompts and answers together. */
  readonly findings: Counts;
  readonly approvals: readonly {
    readonly at: string;
    readonly what: string;
    readonly exchange: string;
    readonly details: string;
  }[];
  readonly policies: readonly { readonly at: string; readonly act: string; readonly on: string }[];
  readonly retention: readonly { readonly at: string; readonly act: string; readonly on: string }[];
  readonly record: { readonly entries: number; readonly exchanges: number; readonly interrupted: number };
  readonly controls: readonly Control[];
}

const iso = (at: number): string => new Date(at).toISOString();
const APPROVAL_STEPS = new Set(['hold', 'approved', 'denied', 'expired']);

export function reportOf(headers: readonly Header[]): EvidenceReport {
  const begins = headers.filter((header): header is BeginHeader => header.kind === 'begin');
  const ends = headers.filter((header): header is EndHeader => header.kind === 'end');
  const acts = headers.filter((header): header is ActHeader => header.kind === 'act');
  const findings: Record<string, number> = {};
  for (const { findings: counts } of [...begins, ...ends])
    for (const [kind, n] of Object.entries(counts)) findings[kind] = (findings[kind] ?? 0) + n;
  const people = new Map<string, { calls: number; verdicts: Record<string, number> }>();
  for (const { principal, verdict } of begins) {
    const who = principal?.subject ?? 'unknown';
    const row = people.get(who) ?? { calls: 0, verdicts: {} };
    row.calls++;
    row.verdicts[verdict.kind] = (row.verdicts[verdict.kind] ?? 0) + 1;
    people.set(who, row);
  }
  const actsOf = (names: RegExp) =>
    acts.filter(({ act }) => names.test(act)).map(({ at, act, on }) => ({ at: iso(at), act, on }));
  return {
    access: [...people].map(([who, row]) => ({ who, ...row })),
    findings,
    approvals: headers.flatMap((header) =>
      header.kind === 'step' && APPROVAL_STEPS.has(header.step)
        ? [
            {
              at: iso(header.at),
              what: header.step,
              exchange: header.exchange,
              details: JSON.stringify(header.details),
            },
          ]
        : [],
    ),
    policies: actsOf(/^(policy|config)\./),
    retention: actsOf(/^(retention|erase|hold)\b/),
    record: {
      entries: headers.length,
      exchanges: begins.length,
      interrupted: ends.filter(({ outcome }) => outcome === 'interrupted').length,
    },
    controls: CONTROLS,
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (value: unknown): string =>
  String(typeof value === 'object' ? JSON.stringify(value) : value).replaceAll(
    /[&<>"']/g,
    (c) => ESCAPES[c]!,
  );

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return '<p>None.</p>';
  const line = (cells: readonly unknown[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

/** No script, no style from elsewhere, no link: it reads the same in twenty years. */
export function reportPage(report: EvidenceReport, about: Readonly<Record<string, unknown>>): string {
  const part = (name: Control['part'], title: string, body: string) => {
    const speaks = report.controls.filter((control) => control.part === name);
    return `<h2>${title}</h2>${body}<p class="controls">${speaks.map(({ framework, control }) => safe(`${framework} ${control}`)).join(' · ')}</p>`;
  };
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Evidence</title>
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
.controls{color:#555;font-size:.85rem}</style>
<h1>Evidence</h1>${table(['', ''], Object.entries(about))}
${part('record', 'The record', table(['entries', 'sessions', 'interrupted'], [Object.values(report.record)]))}
${part(
  'access',
  'Who called',
  table(
    ['who', 'calls', 'verdicts'],
    report.access.map(({ who, calls, verdicts }) => [who, calls, verdicts]),
  ),
)}
${part('findings', 'What was found', table(['kind', 'times'], Object.entries(report.findings)))}
${part(
  'approvals',
  'Approvals',
  table(
    ['at', 'what', 'session', 'details'],
    report.approvals.map((row) => Object.values(row)),
  ),
)}
${part(
  'policies',
  'Policies and configuration',
  table(
    ['at', 'act', 'on'],
    report.policies.map((row) => Object.values(row)),
  ),
)}
${part(
  'retention',
  'Retention',
  table(
    ['at', 'act', 'on'],
    report.retention.map((row) => Object.values(row)),
  ),
)}
<h2>Sources of the control numbers</h2>${table(['framework', 'source'], [...new Map(report.controls.map(({ framework, source }) => [framework, source]))])}
</html>
`;
}
