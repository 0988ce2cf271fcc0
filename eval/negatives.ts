// Harmless texts: those that look like values and are none, and ordinary prose and code. Fresh at each draw.
import { createHash } from 'node:crypto';
import { type Draw, UNITS } from './draw.ts';

export interface Harmless {
  readonly name: string;
  readonly make: (draw: Draw) => string;
}

const { hex, digits, base64, word, small, large } = UNITS;

const WORDS =
  'the harbour wakes before the town does and whoever carries bread to the boats knows which of them will be late because the lamps along the quay burn longer when the weather turns cold and nobody on deck cares to speak until the kettle sings a clerk counts barrels twice writes the number down and forgets it again by noon'.split(
    ' ',
  );
const THINGS =
  'invoice user session cache queue worker order ticket device report account region bucket cluster'.split(
    ' ',
  );

const prose = (d: Draw, sentences: number): string =>
  Array.from({ length: sentences }, () => {
    const line = Array.from({ length: 6 + d.below(14) }, () => d.pick(WORDS)).join(' ');
    return `${line[0]!.toUpperCase()}${line.slice(1)}.`;
  }).join(' ');

const uuid = (d: Draw): string => [8, 4, 4, 4, 12].map((n) => d.text(hex, n)).join('-');
const version = (d: Draw): string => `${d.below(20)}.${d.below(40)}.${d.below(99)}`;
const name = (d: Draw): string =>
  `${d.pick(THINGS)}${d.pick(['Id', 'List', 'Map', 'Key', 'Token', 'Config', 'Of'])}`;
const date = (d: Draw): string => `20${10 + d.below(15)}-0${1 + d.below(9)}-${10 + d.below(18)}`;

// biome-ignore format: a table is read by its rows
export const negatives: readonly Harmless[] = [
  { name: 'prose', make: (d) => prose(d, 2 + d.below(5)) },
  { name: 'UUIDs', make: (d) => `{"id":"${uuid(d)}","traceId":"${d.text(hex, 32)}","parent":"${uuid(d)}"}` },
  { name: 'hashes', make: (d) => `${d.text(hex, 32)}  a.tar\n${d.text(hex, 64)}  b.zip\nsha1: ${d.text(hex, 40)}` },
  { name: 'git', make: (d) => `commit ${d.text(hex, 40)}\nAuthor: A Person\nDate: ${date(d)}\n\n    ${prose(d, 1)}\n\ndiff --git a/x b/x\nindex ${d.text(hex, 7)}..${d.text(hex, 7)} 100644` },
  { name: 'base64 image', make: (d) => `<img src="data:image/png;base64,iVBORw0KGgo${d.text(base64, 300 + d.below(400))}=">` },
  { name: 'minified code', make: (d) => `!function(e,t){"use strict";var n=${d.below(9999)},r=e.${name(d)};function i(e){return e&&t.${name(d)}(${d.below(99)},"${d.text(small, 6)}")}r.${d.text(small, 1)}=i,o(n)}(this,"${d.text(hex, 20)}");` },
  { name: 'placeholders', make: (d) => d.pick(['API_KEY=your-api-key-here', 'password: "<your password>"', `token = "$\{TOKEN}"`, 'export SECRET_KEY=changeme', '"api_key": "xxxxxxxxxxxxxxxxxxxxxxxx"', 'AUTH_TOKEN={{ auth_token }}', 'password=********', 'client_secret: REPLACE_ME', 'apiKey: process.env.API_KEY', 'Authorization: Bearer <token>', 'postgres://user:password@localhost:5432/db', 'email: user@example.com', 'phone: 555-0100', 'ssn: 000-00-0000', 'ip: 127.0.0.1', 'card: XXXX XXXX XXXX 4242']) },
  { name: 'documentation', make: (d) => `## ${name(d)}\n\nSet \`${d.pick(THINGS).toUpperCase()}_TOKEN\` to the token of your ${d.pick(THINGS)}. The key is created under *Settings*; keep the password safe.\n\n| option | default |\n|---|---|\n| secret | none |\n| timeout | ${d.below(9000)} |` },
  { name: 'versions', make: (d) => Array.from({ length: 4 }, () => `${d.pick(THINGS)}@${version(d)}-rc.${d.below(9)}+${d.text(hex, 7)}`).join('\n') },
  { name: 'order numbers', make: (d) => `Order ${d.text(digits, 9)} of ${date(d)}: ${d.below(900)} pieces, SKU ${d.text(large, 3)}-${d.text(digits, 6)}, ${d.below(9000)}.${10 + d.below(89)} EUR. Tracking 1Z${d.text(large + digits, 16)}, invoice INV-${d.text(digits, 6)}.` },
  { name: 'lockfile', make: (d) => `"node_modules/${d.pick(THINGS)}": {\n  "version": "${version(d)}",\n  "integrity": "sha512-${createHash('sha512').update(d.text(word, 12)).digest('base64')}",\n  "engines": { "node": ">=${d.below(20)}" }\n}` },
  { name: 'code', make: (d) => `export async function ${name(d)}(${name(d)}: string, password: string): Promise<void> {\n  const token = await ${name(d)}.${name(d)}(password);\n  if (token.length < ${d.below(90)}) throw new Error('bad token');\n  cache.set(${name(d)}, token, { ttl: ${d.below(90000)} });\n}` },
  { name: 'Python', make: (d) => `def ${d.pick(THINGS)}_key(self, secret: bytes) -> str:\n    """${prose(d, 1)}"""\n    return hmac.new(secret, self.${d.pick(THINGS)}.encode(), "sha256").hexdigest()[:${d.below(64)}]` },
  { name: 'SQL', make: (d) => `SELECT id, ${d.pick(THINGS)}_id, created_at FROM ${d.pick(THINGS)}s WHERE token IS NOT NULL AND id > ${d.text(digits, 7)} ORDER BY 1 LIMIT ${d.below(500)};` },
  { name: 'Dockerfile', make: (d) => `FROM node:${version(d)}@sha256:${d.text(hex, 64)}\nARG TOKEN\nENV ${d.pick(THINGS).toUpperCase()}_HOME=/srv/app\nRUN --mount=type=secret,id=npm npm ci\nEXPOSE ${1000 + d.below(9000)}` },
  { name: 'log', make: (d) => `${date(d)}T1${d.below(10)}:0${d.below(10)}:2${d.below(10)}.${d.text(digits, 3)}Z INFO ${name(d)} took ${d.below(9000)} ms, trace=${d.text(hex, 32)} span=${d.text(hex, 16)} bytes=${d.text(digits, 7)}` },
  { name: 'numbers', make: (d) => Array.from({ length: 6 }, () => d.pick([d.text(digits, 16), `${d.below(999)}.${d.text(digits, 4)}`, d.text(digits, 10), `${d.text(digits, 3)},${d.text(digits, 3)}`])).join('\t') },
  { name: 'coordinates and colours', make: (d) => `fill: #${d.text(hex, 6)}; d="M${d.below(99)}.${d.text(digits, 2)} ${d.below(99)}.${d.text(digits, 3)}c0-${d.below(9)}.${d.text(digits, 4)} 1.${d.text(digits, 2)}-4z"; center: [${d.below(89)}.${d.text(digits, 6)}, ${d.below(179)}.${d.text(digits, 6)}]` },
  { name: 'CSS classes', make: (d) => `<div class="${Array.from({ length: 6 }, () => `${d.text(small, 3)}-${d.text(word, 6)}__${d.pick(THINGS)}`).join(' ')}" data-v-${d.text(hex, 8)}></div>` },
];
