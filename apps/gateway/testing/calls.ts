// The calls that end-to-end tests make, in few words, and the text that a client would show of an answer. Test code only.
import type { Harness } from './harness.ts';

export type Dialect = 'openai' | 'anthropic';
export const DIALECTS = ['openai', 'anthropic'] as const;

export interface CallOptions {
  readonly dialect?: Dialect;
  readonly stream?: boolean;
  /** Default: the harness's own key. */
  readonly key?: string;
  /** Default: one user message. */
  readonly messages?: readonly object[];
  /** Further members of the body, over the usual ones. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Appended to the URL. */
  readonly query?: string;
  /** Default: what the harness registers for the dialect. */
  readonly connection?: string;
}

const PATHS = { openai: '/v1/chat/completions', anthropic: '/v1/messages' } as const;
const NAMES = { openai: 'gpt', anthropic: 'claude' } as const;

/** Path on the data port, connection included. */
export function chatPath(dialect: Dialect, connection: string = NAMES[dialect]): string {
  return `/${connection}${PATHS[dialect]}`;
}

export function chatBody(content: string, options: CallOptions = {}): string {
  return JSON.stringify({
    model: 'leaky-1',
    max_tokens: 4000,
    ...(options.stream === undefined ? {} : { stream: options.stream }),
    messages: options.messages ?? [{ role: 'user', content }],
    ...options.body,
  });
}

/** A chat of one user message. */
export function chat(
  harness: Pick<Harness, 'gateway' | 'key'>,
  content: string,
  options: CallOptions = {},
): Promise<Response> {
  const { dialect = 'openai', key = harness.key, query = '' } = options;
  return fetch(`${harness.gateway.dataUrl}${chatPath(dialect, options.connection)}${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(dialect === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {}),
      ...options.headers,
    },
    body: chatBody(content, options),
    signal: AbortSignal.timeout(45_000),
  });
}

/** All of a body; a connection that breaks ends it with a mark. */
export async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of response.body ?? [])
      text += decoder.decode(piece as Uint8Array, { stream: true });
  } catch {
    // What came before the break is what the test is about.
    return `${text}\n<broken>`;
  }
  return text;
}

/** The `data` of each event of a stream that is JSON. */
export function eventsOf(stream: string): unknown[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice(6)) as unknown);
}

interface Shapes {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null };
    readonly message?: { readonly content?: string | null };
    readonly finish_reason?: string | null;
  }[];
  readonly content?: readonly { readonly text?: string }[];
  readonly delta?: { readonly text?: string; readonly stop_reason?: string | null };
  readonly stop_reason?: string | null;
}

const fragments = (body: string): Shapes[] =>
  (body.startsWith('{') ? [JSON.parse(body)] : eventsOf(body)) as Shapes[];

/** What a client shows of an answer, streamed or whole, of either protocol. */
export function saidIn(body: string): string {
  return fragments(body)
    .map(
      ({ choices, content, delta }) =>
        (choices ?? []).map((choice) => choice.delta?.content ?? choice.message?.content ?? '').join('') +
        (content ?? []).map((block) => block.text ?? '').join('') +
        (delta?.text ?? ''),
    )
    .join('');
}

/** Why an answer ended, as the protocol says it. */
export function endOf(body: string): string | undefined {
  return fragments(body)
    .map(
      ({ choices, delta, stop_reason: whole }) =>
        choices?.find((choice) => typeof choice.finish_reason === 'string')?.finish_reason ??
        delta?.stop_reason ??
        whole,
    )
    .findLast((reason): reason is string => typeof reason === 'string');
}

/** The code of an error in either protocol's shape, in a body or at the end of a stream. */
export function codeOf(body: string): string | undefined {
  const found = (fragments(body) as { readonly error?: { readonly code?: string } }[]).findLast(
    ({ error }) => error !== undefined,
  );
  return found?.error?.code;
}

/** The last exchange on record, newest first. */
export async function sessions(harness: Pick<Harness, 'admin'>, count = 1) {
  return (await harness.admin('GET', `/sessions?limit=${count}`)).body.sessions;
}

/** The record of the call that a response belongs to, once it has ended. */
export async function ended(harness: Pick<Harness, 'admin'>, response: Response) {
  const id = response.headers.get('x-sluice-session');
  for (let look = 0; look < 400; look++) {
    const { body } = await harness.admin('GET', `/sessions/${id}`);
    if (body.summary?.state === 'ended') return body;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the exchange did not end');
}
