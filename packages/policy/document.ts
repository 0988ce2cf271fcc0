// The policy document and the access rules, as people write them: the one source of the types, of the checks that look at
// one value alone, and of the JSON Schema. What needs more than one value is in ./check.ts.
import { z } from 'zod';
import { count, duration, hostPattern, hours, instant, name, percent, size, text } from './scalars.ts';

const ACTIONS = ['allow', 'flag', 'mask', 'tokenize', 'strip', 'approve', 'block'] as const;
const STYLES = ['label', 'last4', 'hash', 'partial', 'token', 'remove'] as const;

/** Protocol-neutral names of what a call can do, as far as this build can inspect it. */
export const OPERATIONS = ['chat', 'complete', 'embed', 'models', 'count_tokens'] as const;

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `is not one of ${values.join(', ')}` });

const oneOrMore = (item: z.ZodType<string>, error: string) =>
  z
    .union(
      [
        item.transform((value) => [value]),
        z.array(item).min(1, { error: 'is empty, so it could never match' }),
      ],
      { error },
    )
    .transform((value): readonly string[] => value);

const kind = z
  .string()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9._-]+)*$/, { error: 'is not a kind such as secret, pii.email or exfil' });

export const Exception = z
  .union(
    [
      hostPattern(),
      z.strictObject({
        pattern: text().optional().meta({ description: 'The whole value has to match it (RE2-style).' }),
        hash: z
          .string()
          .regex(/^[A-Za-z0-9_:+/=-]{8,128}$/, { error: 'is not a keyed hash as findings show it' })
          .optional()
          .meta({ description: 'Keyed hash of the value, as its finding shows it.' }),
        person: text().optional().meta({ description: 'The person (or subject) for whom it holds.' }),
        author: text().optional().meta({ description: 'Who settled it.' }),
        reason: text().optional().meta({ description: 'Why it is harmless.' }),
        expires: instant().optional().meta({ description: 'When it ends: a day or an instant.' }),
      }),
    ],
    { error: 'is neither a host name nor an exception with pattern, hash or person' },
  )
  .meta({
    id: 'exception',
    description:
      'A host that exfiltration rules let through, or an exception with author, reason and expiry.',
  });

export const Rule = z
  .strictObject({
    name: name()
      .optional()
      .meta({ description: 'Required with `match` or `words`: findings are then of kind `custom.<name>`.' }),
    find: oneOrMore(kind, 'is not a kind or a list of kinds')
      .optional()
      .meta({ description: 'Kinds or branches of kinds: `secret`, `pii.email`.' }),
    match: oneOrMore(text(), 'is not a pattern or a list of patterns')
      .optional()
      .meta({ description: 'Your own patterns, RE2-style: no backreferences, no lookaround.' }),
    words: z
      .array(text())
      .min(1, { error: 'is empty, so it could never match' })
      .optional()
      .meta({ description: 'Your own words, matched whole and without regard to case.' }),
    do: oneOf(ACTIONS).meta({
      description: 'What is done. Of several rules that match, the strictest wins.',
    }),
    as: oneOf(STYLES)
      .optional()
      .meta({ description: 'How a masked value reads. Default `label`: `[REDACTED:<kind>]`.' }),
    confidence: z
      .number({ error: 'is not a number' })
      .gt(0, { error: 'is not between 0 and 1' })
      .max(1, { error: 'is not between 0 and 1' })
      .optional()
      .meta({ description: 'Findings below it are not matched by this rule.' }),
    allow: z
      .array(Exception)
      .min(1, { error: 'is empty, so it could never act' })
      .optional()
      .meta({ description: 'Exceptions: what they match is let through, whatever other rules say.' }),
  })
  .meta({ id: 'rule', description: 'One rule: what it finds and what is then done.' });

const Window = z
  .strictObject({
    requests: count().optional().meta({ description: 'Requests of one principal on one connection.' }),
    response_bytes: size()
      .optional()
      .meta({ description: 'Bytes of answers to one principal on one connection.' }),
  })
  .meta({ id: 'window' });

export const Limits = z.strictObject({
  request_bytes: size().optional().meta({ description: 'Largest request body, content codings undone.' }),
  response_bytes: size()
    .optional()
    .meta({ description: 'Longest answer; a longer one ends as a full one does.' }),
  response_tokens: count().optional().meta({ description: 'Most tokens of an answer.' }),
  duration: duration().optional().meta({ description: 'Longest time an answer may take.' }),
  per_minute: Window.optional().meta({ description: 'Per principal and connection, in a minute.' }),
  per_hour: Window.optional().meta({ description: 'Per principal and connection, in an hour.' }),
});

export const Approval = z.strictObject({
  groups: z
    .array(text())
    .min(1, { error: 'is empty, so nobody could approve' })
    .optional()
    .meta({ description: 'Groups whose members may decide. Default: those of the role `approver`.' }),
  minimum: count().optional().meta({ description: 'How many people have to approve.' }),
  hold: duration().optional().meta({ description: 'How long a call waits before it is told to come back.' }),
  expires: duration().optional().meta({ description: 'How long an approval stays open.' }),
  pending_per_principal: count()
    .optional()
    .meta({ description: 'Most requests of one principal that may wait at a time.' }),
});

export const Egress = z.strictObject({
  urls: z
    .array(hostPattern())
    .optional()
    .meta({ description: 'Hosts that the provider may be made to fetch from.' }),
  tools: z.array(text()).optional().meta({
    description:
      'Server-side tools (web search, code execution, remote MCP servers) by name; `*` is a wildcard.',
  }),
  files: z
    .boolean({ error: 'is not true or false' })
    .optional()
    .meta({ description: 'Whether file ids of the provider may be named.' }),
  stored: z
    .boolean({ error: 'is not true or false' })
    .optional()
    .meta({ description: 'Whether stored responses and conversations of the provider may be named.' }),
});

export const Mode = z
  .union([oneOf(['enforce', 'observe']), z.strictObject({ observe: percent() })], {
    error: 'is neither enforce, observe, nor { observe: 25% }',
  })
  .meta({
    description:
      '`observe`: everything is found and recorded, nothing changed or stopped. `{ observe: 25% }` for that share of the callers.',
  });

export const Policy = z
  .strictObject({
    extends: name().optional().meta({
      description:
        'A policy whose rules and settings are taken over. `built-in` is the one that comes with Sluice.',
    }),
    prompt: z.array(Rule).optional().meta({ description: 'Rules for what is sent to the model.' }),
    response: z.array(Rule).optional().meta({ description: 'Rules for what the model answers.' }),
    egress: Egress.optional().meta({
      description: 'What a request may make the provider fetch, run or open. What is not listed is refused.',
    }),
    limits: Limits.optional().meta({ description: 'Bounds on size and time.' }),
    approval: Approval.optional().meta({
      description: 'Who decides on requests held by `approve`, and in what time.',
    }),
    record: oneOf(['full', 'redacted', 'metadata'])
      .optional()
      .meta({ description: 'What is sealed: everything, what was forwarded and delivered, or neither.' }),
    mode: Mode.optional(),
    release: oneOf(['stream', 'whole'])
      .optional()
      .meta({ description: '`whole` holds an answer to its end before any of it is sent.' }),
    shape: z.unknown().optional().meta({ description: 'Traffic shaping. Not available in this build.' }),
  })
  .meta({
    id: 'policy',
    description: 'A policy: rules for prompt and response, limits, approval, recording.',
  });

const names = () => z.array(text()).optional();

export const AccessRule = z
  .strictObject({
    groups: names().meta({ description: 'Groups of the principal. Left out: any. Empty: none.' }),
    connections: names().meta({ description: 'Connections; `*` is a wildcard. Left out: any. Empty: none.' }),
    operations: z
      .array(oneOf(OPERATIONS))
      .optional()
      .meta({ description: 'Operations. Left out: any. Empty: none.' }),
    models: names().meta({ description: 'Models; `*` is a wildcard. Left out: any. Empty: none.' }),
    hours: hours().optional(),
    policy: name().optional().meta({ description: 'The policy that applies. Default: `standard`.' }),
  })
  .meta({
    id: 'access-rule',
    description: 'Who may do what; the first rule that matches decides, and what no rule matches is refused.',
  });

export type PolicyDocument = z.output<typeof Policy>;
export type RuleDocument = z.output<typeof Rule>;
export type ExceptionDocument = z.output<typeof Exception>;
export type AccessRule = z.output<typeof AccessRule>;
