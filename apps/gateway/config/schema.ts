// The JSON Schema for editors, made from the same source that the file is checked with.
import { z } from 'zod';
import { File } from './document.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema draft 7, which editors know best. */
export function jsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(File, { io: 'input', target: 'draft-07', unrepresentable: 'any' });
  return tidy(schema) as JsonSchema;
}

/** Text of docs/sluice.schema.json. */
export function schemaText(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}

/** Without the bounds that every whole number of JavaScript has. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== Number.MAX_SAFE_INTEGER && item !== Number.MIN_SAFE_INTEGER)
      .map(([key, item]) => [key, tidy(item)]),
  );
}
