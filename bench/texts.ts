// Texts of a kind, made the same on every run: prose, code, JSON, escapes, base64, other scripts, and prose full of findings.
// Nothing in them is a live credential.

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WORDS =
  `the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you
  were all her she there would their we him been has when who will more no if out so said what up its about than into them
  can only other new some could time these two may then do first any my now such like our over man me even most made after
  also did many before must through years where much your way well down should because each just those people how too little
  state good very make world still own see men work long get here between both life being under never day same another know
  while last might us great old year off come since against go came right used take three water through government history
  question machine learning answer careful result however therefore although quickly evening language something everything
  understanding particularly, internationally, nevertheless; development: responsibilities environment temperature`.split(
    /\s+/,
  );

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

function prose(units: number, words: readonly string[] = WORDS): string {
  const random = seeded(1);
  const parts: string[] = [];
  let length = 0;
  let fresh = true;
  while (length < units) {
    const word = pick(random, words);
    const end = random();
    const part =
      (fresh ? word[0]!.toUpperCase() + word.slice(1) : word) +
      (end < 0.07 ? '. ' : end < 0.13 ? ', ' : end < 0.14 ? '.\n\n' : ' ');
    fresh = end < 0.07 || (end >= 0.13 && end < 0.14);
    parts.push(part);
    length += part.length;
  }
  return parts.join('').slice(0, units);
}

function code(units: number): string {
  const random = seeded(2);
  const name = (): string =>
    pick(random, WORDS).replace(/\W/g, '') + pick(random, ['', 'Id', 'Map', 'Of', '_list', 'Count']);
  const lines: (() => string)[] = [
    () => `  const ${name()} = await ${name()}.${name()}(${name()}, ${Math.floor(random() * 999)});`,
    () => `  if (${name()}.length > ${Math.floor(random() * 9)} && !${name()}) return ${name()}[i]!;`,
    () => `  for (let i = 0; i < ${name()}; i += 1) ${name()}.push({ ${name()}, key: '${name()}' });`,
    () => `export function ${name()}(${name()}: string, ${name()}: number): Map<string, ${name()}> {`,
    () => `  // ${prose(40 + Math.floor(random() * 40))}`,
    () => '}\n',
  ];
  let text = '';
  while (text.length < units) text += `${pick(random, lines)()}\n`;
  return text.slice(0, units);
}

function json(units: number): string {
  const random = seeded(3);
  let text = '[';
  while (text.length < units) {
    const row = {
      id: Math.floor(random() * 1e6),
      name: pick(random, WORDS),
      active: random() < 0.5,
      score: Math.round(random() * 1000) / 1000,
      tags: [pick(random, WORDS), pick(random, WORDS)],
      note: prose(60),
    };
    text += `${JSON.stringify(row)},\n`;
  }
  return text.slice(0, units);
}

function dense(units: number): string {
  const random = seeded(4);
  const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(random() * 10)).join('');
  const letters = (n: number): string =>
    Array.from({ length: n }, () => pick(random, [...'ABCDEFGHJKLMNPQRSTUVWXYZ'])).join('');
  const values: (() => string)[] = [
    () =>
      `${pick(random, WORDS).replace(/\W/g, '')}.${pick(random, WORDS).replace(/\W/g, '')}@mail${digits(2)}.com`,
    () => `AK${'IA'}${letters(10)}${digits(3)}QRS`,
    () => `10.${digits(2)}.4.${digits(2)}`,
    () => `+49 30 ${digits(7)}`,
  ];
  const filler = prose(units);
  let text = '';
  for (let at = 0; text.length < units; at += 80)
    text += `${filler.slice(at, at + 80)} ${pick(random, values)()} `;
  return text.slice(0, units);
}

const escaped = (units: number): string => JSON.stringify(json(units)).slice(0, units);

function base64(units: number): string {
  const random = seeded(5);
  return Buffer.from(Uint8Array.from({ length: units }, () => Math.floor(random() * 256)))
    .toString('base64')
    .slice(0, units);
}

export interface Sort {
  readonly name: string;
  /** Code units of it. */
  readonly make: (units: number) => string;
}

export const TEXTS: readonly Sort[] = [
  { name: 'prose', make: prose },
  { name: 'code', make: code },
  { name: 'JSON', make: json },
  { name: 'JSON in a string', make: escaped },
  {
    name: 'typographic prose',
    make: (units) => prose(units, [...WORDS, 'it’s', '“so”', 'naïve', 'café', '—', 'über']),
  },
  {
    name: 'Cyrillic prose',
    make: (units) =>
      prose(
        units,
        'это не так просто как кажется и мы будем думать о том что делать дальше вместе'.split(' '),
      ),
  },
  { name: 'base64 of noise', make: base64 },
  { name: 'one finding in 100', make: dense },
];
