// How fast the automata read: MB/s (a code unit counts as a byte) on prose, code and dense text, whole and in pieces;
// what a thousand more patterns cost; and whether hostile patterns and texts take time in proportion to their length.
// Run: node bench/automata.ts [--json]
import { compile, type GroupSpec, type Program } from '@sluice/automata';

const one = (...patterns: string[]): GroupSpec => ({ patterns });

/** Shapes of credentials and personal data as detectors have them; a hundred patterns in sixty groups. */
export const GROUPS: readonly GroupSpec[] = [
  one('\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b'),
  one('\\bgh[pousr]_[A-Za-z0-9]{36}\\b', '\\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\\b'),
  one('\\bglpat-[A-Za-z0-9_-]{20,27}\\b'),
  one('\\bxox[abeoprs]-[A-Za-z0-9-]{10,250}\\b', '\\bxapp-\\d-[A-Z0-9]{9,12}-\\d+-[a-f0-9]{64}\\b'),
  one('\\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\\b', '\\bsk-proj-[A-Za-z0-9_-]{40,200}\\b'),
  one('\\bsk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{80,120}\\b'),
  one('\\bAIza[A-Za-z0-9_-]{35}\\b'),
  one('\\b[sr]k_(?:live|test)_[A-Za-z0-9]{24,99}\\b', '\\bwhsec_[A-Za-z0-9]{32}\\b'),
  one('\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}\\b'),
  one('\\bAC[a-f0-9]{32}\\b', '\\bSK[a-f0-9]{32}\\b'),
  one('\\bnpm_[A-Za-z0-9]{36}\\b'),
  one('\\bpypi-AgEI[A-Za-z0-9_-]{50,200}\\b'),
  one('\\brubygems_[a-f0-9]{48}\\b'),
  one('\\bdop_v1_[a-f0-9]{64}\\b', '\\bdoo_v1_[a-f0-9]{64}\\b'),
  one('\\bhf_[A-Za-z]{34}\\b'),
  one('\\br8_[A-Za-z0-9]{37}\\b'),
  one('\\bgsk_[A-Za-z0-9]{52}\\b'),
  one('\\bpplx-[A-Za-z0-9]{48}\\b'),
  one('\\bhvs\\.[A-Za-z0-9_-]{24,110}\\b', '\\bhvb\\.[A-Za-z0-9_-]{100,200}\\b'),
  one('\\beyJ[A-Za-z0-9_-]{10,512}\\.eyJ[A-Za-z0-9_-]{10,1000}\\.[A-Za-z0-9_-]{10,512}\\b'),
  one('-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----'),
  one(
    '\\b(?:postgres(?:ql)?|mysql|mongodb(?:\\+srv)?|redis|amqps?)://[^\\s:@/]{1,64}:[^\\s@/]{1,128}@[^\\s"\']{1,200}',
  ),
  one('https://hooks\\.slack\\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}'),
  one('https://discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,80}'),
  one('\\b\\d{8,10}:AA[A-Za-z0-9_-]{33}\\b'),
  one('\\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\\b'),
  one('\\bsq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}\\b', '\\bEAAA[A-Za-z0-9_-]{60}\\b'),
  one('\\blin_api_[A-Za-z0-9]{40}\\b', '\\bsecret_[A-Za-z0-9]{43}\\b', '\\bntn_[A-Za-z0-9]{46}\\b'),
  one('\\bpat[A-Za-z0-9]{14}\\.[a-f0-9]{64}\\b'),
  one('\\bkey-[a-f0-9]{32}\\b', '\\b[a-f0-9]{32}-us\\d{1,2}\\b'),
  one('\\bATATT3[A-Za-z0-9_=-]{100,250}\\b'),
  one('\\bdapi[a-f0-9]{32}\\b'),
  one('\\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\\b'),
  one('\\bdp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9]{40,44}\\b'),
  one('\\bfo1_[A-Za-z0-9_-]{43}\\b', '\\bFlyV1 fm[12]_[A-Za-z0-9+/=,_-]{100,700}'),
  one('\\bsntrys_[A-Za-z0-9+/=_-]{60,400}\\b'),
  one('\\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}\\b', '\\bglc_[A-Za-z0-9+/=]{32,400}'),
  one('\\bNRAK-[A-Z0-9]{27}\\b'),
  one('\\bphc_[A-Za-z0-9]{43}\\b'),
  one('\\bAGE-SECRET-KEY-1[0-9A-Z]{58}\\b'),
  one('\\btskey-[a-z]+-[A-Za-z0-9]{10,20}-[A-Za-z0-9]{20,40}\\b'),
  one('\\bsbp_[a-f0-9]{40}\\b', '\\bsb_secret_[A-Za-z0-9_-]{31}\\b'),
  one('\\b[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70}\\b'),
  one('\\bSharedAccessSignature=[A-Za-z0-9%]{20,200}', '\\bAccountKey=[A-Za-z0-9+/]{86}=='),
  {
    patterns: [
      '\\b(?:password|passwd|pwd|secret|api[_-]?key|token)\\b["\' ]{0,3}[:=]["\' ]{0,3}[^\\s"\',;]{6,128}',
    ],
    ignoreCase: true,
  },
  { patterns: ['\\bauthorization: (?:bearer|basic) [A-Za-z0-9._~+/=-]{16,512}'], ignoreCase: true },
  one('\\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\\.){1,8}[A-Za-z]{2,24}\\b'),
  one('\\b\\d(?:[ -]?\\d){12,18}\\b'),
  one('\\b\\d{3}-\\d{2}-\\d{4}\\b'),
  one('\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b'),
  one(
    '\\+\\d{1,3}[ .-]?(?:\\(\\d{1,4}\\)[ .-]?)?\\d{1,4}(?:[ .-]?\\d{2,4}){1,4}\\b',
    '\\b\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}\\b',
  ),
  one('\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b'),
  one(
    '\\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\\b',
    '\\b(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}\\b',
  ),
  one('!\\[[^\\]\\n]{0,200}\\]\\(https?://[^\\s)]{1,500}\\)'),
  one('[\\u200b-\\u200f\\u2060-\\u2064\\ufeff\\u{e0000}-\\u{e007f}]{1,256}'),
  { patterns: ['\\b(?:print|show|dump|list|echo)\\b.{0,40}\\benvironment variables?\\b'], ignoreCase: true },
  {
    patterns: ['\\bignore (?:all |any )?(?:the )?(?:previous|prior|above) (?:instructions|prompts?)\\b'],
    ignoreCase: true,
  },
  { patterns: ['\\b(?:system prompt|hidden instructions|initial instructions)\\b'], ignoreCase: true },
  one('\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b'),
  one('\\b[A-Fa-f0-9]{40}\\b', '\\b[A-Fa-f0-9]{64}\\b'),
];

const WORDS =
  'the of and to in a is that it was for on are with as they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father'.split(
    ' ',
  );

function random(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)]!;

export function prose(units: number, next = random(1)): string {
  let text = '';
  while (text.length < units) {
    const words = Array.from({ length: 5 + Math.floor(next() * 15) }, () => pick(WORDS, next));
    words[0] = words[0]![0]!.toUpperCase() + words[0]!.slice(1);
    text += `${words.join(next() < 0.1 ? ', ' : ' ')}${next() < 0.15 ? '.\n\n' : '. '}`;
  }
  return text.slice(0, units);
}

export function code(units: number, next = random(2)): string {
  const name = (): string => pick(WORDS, next) + pick(['', 'Id', '_count', 'List', 'At'], next);
  let text = '';
  while (text.length < units) {
    text += pick(
      [
        `  const ${name()} = await ${name()}.${name()}(${name()}, ${Math.floor(next() * 1000)});\n`,
        `  if (${name()} !== null && ${name()}.length > ${Math.floor(next() * 10)}) return ${name()};\n`,
        `export function ${name()}(${name()}: string, ${name()}: number[]): void {\n`,
        `  // ${pick(WORDS, next)} ${pick(WORDS, next)} ${pick(WORDS, next)}\n`,
        `  { "${name()}": "${name()}", "${name()}": ${next().toFixed(6)}, "x": [1, 2, 3] },\n`,
        '}\n\n',
      ],
      next,
    );
  }
  return text.slice(0, units);
}

/** One value in about a hundred units. */
export function dense(units: number, next = random(3)): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const run = (count: number): string =>
    Array.from({ length: count }, () => pick([...letters], next)).join('');
  let text = '';
  while (text.length < units) {
    const value = pick(
      [
        () => `ghp${'_'}${run(36)}`,
        () => `${pick(WORDS, next)}.${pick(WORDS, next)}@${pick(WORDS, next)}.com`,
        () => '123-45-6789',
        () => '4111 1111 1111 1111',
        () => '192.168.17.4',
        () => `+49 170 ${Math.floor(1e6 + next() * 9e6)}`,
        () => `token=${run(24)}`,
      ],
      next,
    );
    text += `${prose(70 + Math.floor(next() * 20), next)} ${value()} `;
  }
  return text.slice(0, units);
}

/** Processor seconds of the fastest of some runs, so that others on the machine count for less. */
function fastest(work: () => void, runs = 5): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best / 1e6;
}

let found = 0;
const accept = (): boolean => {
  found++;
  return true;
};

export const whole = (program: Program, text: string): number =>
  text.length / 1e6 / fastest(() => program.scan(text, accept));

export function inPieces(program: Program, text: string, size: number): number {
  const pieces: string[] = [];
  for (let i = 0; i < text.length; i += size) pieces.push(text.slice(i, i + size));
  const seconds = fastest(() => {
    const cursor = program.cursor(accept);
    for (const piece of pieces) cursor.push(piece);
    cursor.end();
  });
  return text.length / 1e6 / seconds;
}

/** The bare loop over a text, for comparison. */
export function bare(text: string): number {
  let sum = 0;
  const seconds = fastest(() => {
    for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0;
  });
  return sum === 1 ? 0 : text.length / 1e6 / seconds;
}

export const HOSTILE: readonly (readonly [pattern: string, text: (n: number) => string])[] = [
  ['(a+)+$', (n) => `${'a'.repeat(n)}b`],
  ['(a|a)*b', (n) => 'a'.repeat(n)],
  ['(a*)*b', (n) => 'a'.repeat(n)],
  ['(?:a{1,30}){1,30}b', (n) => 'a'.repeat(n)],
  ['.*.*=.*', (n) => 'x'.repeat(n)],
  ['(x+x+)+y', (n) => 'x'.repeat(n)],
  ['(?:a|b)*a(?:a|b){16}c', (n) => prose(n).replace(/[^a]/g, 'b')],
  ['x*y', (n) => 'x'.repeat(n)],
  ['[a-z]+[0-9]', (n) => prose(n)],
];

export function hostile(): readonly {
  readonly pattern: string;
  readonly once: number;
  readonly twice: number;
}[] {
  const size = 100_000;
  return HOSTILE.map(([pattern, make]) => {
    const program = compile([{ patterns: [pattern] }]);
    const [text, double] = [make(size), make(2 * size)];
    program.scan(double, accept);
    const [once, twice] = [text, double].map((t) => fastest(() => program.scan(t, accept), 3));
    return { pattern, once: size / 1e6 / once!, twice: (2 * size) / 1e6 / twice! };
  });
}

export function userPatterns(count: number): GroupSpec[] {
  const next = random(9);
  return Array.from({ length: count }, (_, i) => {
    const word = `${pick(WORDS, next)}${pick(WORDS, next)}`;
    return one(
      pick(
        [`\\b${word}\\b`, `\\b${word}-\\d{4,8}\\b`, `\\bPRJ${i}-[A-Z0-9]{6}\\b`, `${word} ${word}s?`],
        next,
      ),
    );
  });
}

function main(): void {
  const started = performance.now();
  const program = compile(GROUPS);
  const compiled = performance.now() - started;
  const more = compile([...GROUPS, ...userPatterns(1000)]);
  const texts = { prose: prose(4e6), code: code(4e6), dense: dense(1e6) };
  const figures = {
    bare: bare(texts.prose),
    compileMs: compiled,
    prose: whole(program, texts.prose),
    code: whole(program, texts.code),
    dense: whole(program, texts.dense),
    prosePieces4: inPieces(program, texts.prose.slice(0, 1e6), 4),
    prosePieces16: inPieces(program, texts.prose.slice(0, 1e6), 16),
    densePieces4: inPieces(program, texts.dense, 4),
    thousandMore: whole(more, texts.prose),
    thousandMoreStats: more.stats(),
    stats: program.stats(),
    hostile: hostile(),
    found,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  else console.log(figures);
}

if (import.meta.main) main();
