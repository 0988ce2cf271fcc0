// Reads request bodies as far as the model server needs them. It is lenient: being strict is the gateway's part.
import { isRecord } from './json-schema.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The request cannot be answered; becomes a provider's error with this status. */
export class BadRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function readBody(bytes: Buffer): Body {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    if (isRecord(body)) return body;
  } catch (error) {
    throw new BadRequest(400, `We could not parse the JSON body of your request: ${String(error)}`);
  }
  throw new BadRequest(400, 'The body of your request is not a JSON object.');
}

export function listOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function stringsOf(value: unknown): string[] {
  return [value].flat().filter((item): item is string => typeof item === 'string');
}

/** The text of a message's content: a string, or parts of which the text ones are joined. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) =>
      typeof part.text === 'string' ? part.text : part.type === 'tool_result' ? textOf(part.content) : '',
    )
    .join('');
}

export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
