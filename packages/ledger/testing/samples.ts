// Exchanges for tests: small, whole, and unlike each other where it matters.
import type { LaneFinding } from '@sluice/types';
import type { Approval, ExchangeEnd, ExchangeStart, StoredKey } from '../ledger.ts';

export const NOON = Date.UTC(2026, 0, 1, 12);

export const finding = (kind: string, hash = ''): LaneFinding => ({
  kind,
  detector: kind,
  lane: 'messages[0].content',
  start: 3,
  end: 9,
  confidence: 0.9,
  view: 'raw',
  late: false,
  hash,
});

export const sampleStart = (id: string, changes: Partial<ExchangeStart> = {}): ExchangeStart => ({
  id,
  at: NOON,
  principal: {
    subject: 'key:ci',
    display: 'ci',
    groups: ['engineering'],
    method: 'key',
    person: 'local:admin',
  },
  connection: 'gpt',
  protocol: 'openai',
  operation: 'chat',
  model: 'gpt-4o',
  method: 'POST',
  path: '/v1/chat/completions',
  stream: false,
  policy: { name: 'standard', hash: 'ab'.repeat(32) },
  record: 'full',
  verdict: { kind: 'allow', reasons: [] },
  findings: [],
  ...changes,
});

export const sampleEnd = (changes: Partial<ExchangeEnd> = {}): ExchangeEnd => ({
  at: NOON + 100,
  outcome: 'answered',
  status: 200,
  findings: [],
  requestBytes: 10,
  responseBytes: 20,
  ...changes,
});

export const sampleKey = (id: string, changes: Partial<StoredKey> = {}): StoredKey => ({
  id,
  name: `key ${id}`,
  hash: `hash of ${id}`,
  owner: 'ada',
  groups: ['engineering'],
  createdAt: NOON,
  ...changes,
});

export type ApprovalDraft = Omit<Approval, 'status' | 'votes' | 'attempts'>;

export const sampleApproval = (id: string, changes: Partial<ApprovalDraft> = {}): ApprovalDraft => ({
  id,
  digest: `digest of ${id}`,
  exchange: `ses_${id}`,
  principal: 'oidc:ada',
  person: 'ada',
  connection: 'gpt',
  operation: 'chat',
  model: 'gpt-4o',
  policy: 'standard',
  rules: ['env-dump'],
  findings: { 'custom.env-dump': 1 },
  groups: ['security-leads'],
  minimum: 1,
  createdAt: NOON,
  expiresAt: NOON + 60_000,
  ...changes,
});
