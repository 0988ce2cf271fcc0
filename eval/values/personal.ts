// Personal data as standards describe it, valid by its check digits and drawn fresh. Nobody's.
import { type Draw, UNITS } from '../draw.ts';
import type { Maker } from './value.ts';

const { digits, small, hex } = UNITS;

/** ISO/IEC 7812-1: the digit that makes the sum, with every second one doubled from the right, a multiple of ten. */
function withLuhn(body: string): string {
  let sum = 0;
  [...body].reverse().forEach((digit, i) => {
    const n = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += n > 9 ? n - 9 : n;
  });
  return body + String((10 - (sum % 10)) % 10);
}

function card(draw: Draw): string {
  const [head, length] = draw.pick([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
    ['3528', 16],
  ] as const);
  const number = withLuhn(head + draw.text(digits, length - head.length - 1));
  const gap = draw.pick(['', ' ', '-']);
  return number.length === 15
    ? [number.slice(0, 4), number.slice(4, 10), number.slice(10)].join(gap)
    : (number.match(/.{4}/g) ?? []).join(gap);
}

/** ISO 13616: letters count from 10 on, the country and two zeros stand last, 98 minus the rest is the check. */
function iban(draw: Draw): string {
  const [country, make] = draw.pick([
    ['DE', () => draw.text(digits, 18)],
    ['FR', () => draw.text(digits, 23)],
    ['ES', () => draw.text(digits, 20)],
    ['NL', () => draw.text(UNITS.large, 4) + draw.text(digits, 10)],
    ['GB', () => draw.text(UNITS.large, 4) + draw.text(digits, 14)],
    ['PL', () => draw.text(digits, 24)],
    ['CH', () => draw.text(digits, 17)],
    ['NO', () => draw.text(digits, 11)],
  ] as const);
  const body = make();
  const number = [...`${body}${country}00`].map((unit) => Number.parseInt(unit, 36).toString()).join('');
  const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
  const whole = `${country}${check}${body}`;
  return draw.next() < 0.5 ? whole : (whole.match(/.{1,4}/g) ?? []).join(' ');
}

/** Never issued: 000, 666, 900 and above, group 00, serial 0000 (https://www.ssa.gov/employer/randomization.html). */
function ssn(draw: Draw): string {
  let area = 1 + draw.below(898);
  if (area === 666) area = 667;
  return `${String(area).padStart(3, '0')}-${String(1 + draw.below(99)).padStart(2, '0')}-${String(1 + draw.below(9999)).padStart(4, '0')}`;
}

const NAMES = 'anna luis mehmet chloe ivan priya sven amara tom yuki carla omar nina pavel ruth'.split(' ');
const FAMILIES = 'meyer garcia yilmaz dubois petrov sharma larsen okafor baker tanaka rossi haddad'.split(
  ' ',
);

const email = (d: Draw): string =>
  `${d.pick(NAMES)}${d.pick(['.', '_', '', '-'])}${d.pick(FAMILIES)}${d.pick(['', String(d.below(90))])}@${d.pick([`${d.text(small, 6)}.com`, 'gmail.com', `mail.${d.text(small, 5)}.co.uk`, `${d.text(small, 7)}.de`, `${d.text(small, 4)}.io`])}`;

/** National numbering plans, in the ways that people write them. */
function phone(d: Draw): string {
  const n = (length: number): string => d.text('23456789', length);
  return d.pick([
    () => `+1 ${d.pick(['212', '415', '617', '312'])}-${n(3)}-${n(4)}`,
    () => `(${d.pick(['212', '415', '617', '312'])}) ${n(3)}-${n(4)}`,
    () => `+49 30 ${n(8)}`,
    () => `+49 151 ${n(8)}`,
    () => `+44 20 7${n(3)} ${n(4)}`,
    () => `+44 7${d.pick(['700', '911', '400'])} ${n(6)}`,
    () => `+33 6 ${n(2)} ${n(2)} ${n(2)} ${n(2)}`,
    () => `+34 6${n(2)} ${n(3)} ${n(3)}`,
    () => `+91 98${n(3)} ${n(5)}`,
    () => `+81 90-${n(4)}-${n(4)}`,
    () => `+55 11 9${n(4)}-${n(4)}`,
  ])();
}

const ip4 = (d: Draw): string =>
  `${d.pick([51, 62, 78, 84, 91, 109, 146, 185, 193, 212])}.${d.below(255)}.${d.below(255)}.${1 + d.below(253)}`;
const ip6 = (d: Draw): string =>
  `2a0${d.below(9)}:${Array.from({ length: 7 }, () => `${1 + d.below(9)}${d.text(hex, 3)}`).join(':')}`;

// biome-ignore format: a table is read by its rows
export const personal: readonly Maker[] = [
  { kind: 'pii.email', name: 'email', make: email },
  { kind: 'pii.phone', name: 'phone', make: phone },
  { kind: 'pii.card', name: 'card number', make: card },
  { kind: 'pii.iban', name: 'iban', make: iban },
  { kind: 'pii.us-ssn', name: 'ssn', make: ssn },
  { kind: 'pii.ip', name: 'client ip', make: (d) => d.next() < 0.7 ? ip4(d) : ip6(d) },
];
