// What must be reached, as a table: the run fails where a figure is below its bar. Which figures there are is the
// evaluation's to say. A bar is a promise of the project; a floor stands for one that is not kept yet, and only rises.

export interface Bar {
  readonly name: string;
  /** At least, for what is to be found; at most, for false alarms. A share from 0 to 1. */
  readonly least?: number;
  readonly most?: number;
}

// biome-ignore format: a table is read by its rows
export const BARS: readonly Bar[] = [
  { name: 'secrets, independent values', least: 0.9 },
  { name: "secrets, detectors' own examples", least: 0.99 },
  { name: 'harmless texts with a false secret', most: 0.005 },
  { name: "personal data, detectors' own examples", least: 0.99 },
  { name: 'harmless texts with false personal data', most: 0.03 },
  { name: 'pii.card', least: 0.99 },
  { name: 'pii.email', least: 0.99 },
  { name: 'pii.iban', least: 0.985 },
  { name: 'pii.us-ssn', least: 0.96 },
  { name: 'pii.ip', least: 0.95 },
  { name: 'pii.phone', least: 0.9 },
  { name: 'disguises: encodings, invisible characters, spacing, escapes', least: 0.99 },
  { name: 'disguises: look-alikes, rot13, reversed, concatenated, nested', least: 0.9 },
  { name: 'answers that leak', least: 0.9 },
  { name: 'harmless answers taken for leaks', most: 0.05 },
  { name: 'attacks in prompts', least: 0.9 },
  { name: 'harmless prompts taken for attacks', most: 0.1 },
];

/** Disguises of the harder class; all others are of the first. */
export const HARD_DISGUISE =
  /homoglyph|look-?alike|mathematical|circled|another script|rot13|backwards|revers|concat|\+|three times|of base64|of JSON|of homoglyphs|of UTF|in JSON|escaped|nested|twice|split/i;

export function misses(bar: Bar, figure: number): boolean {
  return (bar.least !== undefined && figure < bar.least) || (bar.most !== undefined && figure > bar.most);
}
