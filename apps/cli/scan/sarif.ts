// Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts show beside the code.
import { builtin } from '@sluice/inspect/detectors/index';
import { placesOf, type Spot } from './place.ts';

export interface Scanned {
  readonly file: string;
  readonly text: string;
  readonly firstLine: number;
  readonly spots: readonly Spot[];
}

/** Attacks are read by people first; what has leaked is an error. */
const LEVELS: Readonly<Record<string, string>> = {
  secret: 'error',
  pii: 'warning',
  exfil: 'error',
  injection: 'warning',
};
const branchOf = (kind: string): string => kind.split('.')[0]!;

/** As a relative reference of RFC 3986. */
const uriOf = (file: string): string =>
  file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');

export function sarifOf(scanned: readonly Scanned[]): object {
  const kinds = [...new Set(scanned.flatMap(({ spots }) => spots.map(({ kind }) => kind)))].sort();
  const rules = kinds.map((id) => ({
    id,
    shortDescription: {
      text: builtin.find(({ kind }) => kind === id)?.about ?? `Found by a rule of the policy: ${id}`,
    },
  }));
  const results = scanned.flatMap(({ file, text, firstLine, spots }) => {
    const placeAt = placesOf(text, firstLine);
    return spots.map(({ kind, detector, start, end }) => {
      const [from, to] = [placeAt(start), placeAt(end)];
      const region = {
        startLine: from.line,
        startColumn: from.column,
        endLine: to.line,
        endColumn: to.column,
      };
      return {
        ruleId: kind,
        ruleIndex: kinds.indexOf(kind),
        level: LEVELS[branchOf(kind)] ?? 'warning',
        message: { text: `${kind}: ${end - start} characters, found by ${detector}.` },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
      };
    });
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'sluice', rules } }, columnKind: 'utf16CodeUnits', results }],
  };
}
