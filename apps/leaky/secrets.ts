// What the model gives away: synthetic values of real shapes, put together from parts so that no file of this project looks
// like a leak itself. None of them opens anything.
import { createHash } from 'node:crypto';

/** Letters and digits that look random and are the same in every run. */
function filler(seed: string, length: number, alphabet: string): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1) {
    for (const byte of createHash('sha256').update(`${seed}:${block}`).digest())
      text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = `${WORD}+/`;

function pemBlock(): string {
  const label = ['RSA', 'PRIVATE', 'KEY'].join(' ');
  const lines = Array.from({ length: 12 }, (_, line) => filler(`pem ${line}`, 64, BASE64));
  return [
    `-----BEGIN ${label}-----`,
    `MII${lines[0]!.slice(3)}`,
    ...lines.slice(1),
    `-----END ${label}-----`,
  ].join('\n');
}

export const SECRETS = {
  awsAccessKeyId: `AKIA${filler('aws id', 16, UPPER)}`,
  awsSecretAccessKey: filler('aws secret', 40, BASE64),
  openAiKey: `sk-proj-${filler('openai a', 20, WORD)}T3Blbk${'FJ'}${filler('openai b', 20, WORD)}`,
  anthropicKey: `sk-ant-${'api03'}-${filler('anthropic', 93, WORD)}AA`,
  slackToken: `xoxb-${filler('slack a', 12, '123456789')}-${filler('slack b', 12, '123456789')}-${filler('slack c', 24, WORD)}`,
  stripeKey: `sk_${'live'}_${filler('stripe', 24, WORD)}`,
  databaseUrl: `postgres://${'billing'}:${filler('database', 18, WORD)}@db.internal.example:5432/billing`,
  redisUrl: `redis://:${filler('redis', 18, WORD)}@cache.internal.example:6379/0`,
  privateKey: pemBlock(),
} as const;

/** A person who does not exist, with numbers reserved for tests where there are such. */
export const CUSTOMER = {
  name: 'Ada Example',
  email: ['ada.example', 'customer-mail.com'].join('@'),
  phone: ['+1', '415', '555', '0132'].join(' '),
  card: ['4111', '1111', '1111', '1111'].join(' '),
  iban: ['DE89', '3704', '0044', '0532', '0130', '00'].join(' '),
  ssn: ['536', '90', '4399'].join('-'),
  ip: ['203', '0', '113', '77'].join('.'),
} as const;
