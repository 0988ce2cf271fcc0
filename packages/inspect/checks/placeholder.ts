// Values that stand for a secret without being one: what documentation, templates and code write in its place.

/** Words that a writer puts where a secret goes. Rare enough in drawn characters: four letters in 40 once in 25,000. */
const STAND_IN =
  /your|example|placeholder|change[-_ ]?(?:me|it|this)|replace|insert|dummy|redacted|removed|masked|hidden|foobar|lorem|todo|fixme|-here|_here|goes.?here|enter.?(?:a|the|your)|my[-_]?(?:secret|token|key|api|password)|some[-_]?(?:secret|token|key|password)|(?:test|fake|sample|demo|mock|invalid|wrong|bad|empty)[-_]?(?:secret|token|key|pass|value|api)/i;

/** Runs that nobody draws: xxxx, ****, ...., ____, and dots of an ellipsis. */
const RUN = /x{5,}|X{5,}|\*{3,}|\.{3,}|…|•{3,}|_{5,}|-{5,}|#{4,}|\?{5,}|0{8,}|(.)\1{7,}/;

/** Template and code syntax: the value comes from elsewhere. */
const TEMPLATE =
  /^[<[({]|[>\])}]$|\$\{|\{\{|^\$|^%[\w({]|%s|%d|\{\d*\}|#\{|<%|^@\w|^\w+\(|process\.env|os\.environ|getenv|import\.meta|secrets\.|vault:|env:|arn:aws|ref\+|!ref|\|\|/i;

/** True when the value is a stand-in: a documentation word, a run of one character, or template syntax. */
export function isPlaceholder(value: string): boolean {
  return STAND_IN.test(value) || RUN.test(value) || (TEMPLATE.test(value) && !isScrambled(value));
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** True for brackets that close others than they opened: signs drawn by chance, as no template and no code has them. */
export function isScrambled(value: string): boolean {
  if (value.length < 16 || /[\s"']/.test(value)) return false;
  const open: string[] = [];
  for (const unit of value) {
    if ('([{'.includes(unit)) open.push(unit);
    else if (unit in CLOSES && open.length > 0 && open.pop() !== CLOSES[unit]) return true;
  }
  return false;
}

/** True when a token of a distinctive format has a stand-in for its body. Template syntax cannot occur there. */
export function isDummyBody(body: string): boolean {
  return STAND_IN.test(body) || /x{6,}|X{6,}|\*{3,}|\.{3,}|(.)\1{14,}/.test(body);
}

const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '9876543210',
  'qwertyuiop',
  'zyxwvutsrqponmlkjihgfedcba',
  '0123456789abcdef0123456789abcdef',
];

/** True when most of the value is a walk along the alphabet, the digits or the keyboard. */
export function isSequence(value: string): boolean {
  const text = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (text.length < 4) return true;
  let walked = 0;
  for (let i = 0; i + 4 <= text.length; i += 1) {
    const window = text.slice(i, i + 4);
    if (SEQUENCES.some((sequence) => sequence.includes(window))) walked += 1;
  }
  return walked * 2 > text.length - 3;
}
