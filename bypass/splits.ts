// Ways to split a value over the texts of an exchange, and whether they are seen through. This list only grows. A row that is
// not caught yet says so, and its test fails on the day that it is caught.

export interface SplitRow {
  readonly name: string;
  /** The texts, in the order in which they stand, each with the name of its place. */
  readonly split: (value: string) => readonly (readonly [place: string, text: string])[];
  readonly caught: boolean;
}

const thirds = (value: string): [string, string, string] => {
  const third = Math.ceil(value.length / 3);
  return [value.slice(0, third), value.slice(third, 2 * third), value.slice(2 * third)];
};
const halves = (value: string): [string, string] => {
  const half = Math.ceil(value.length / 2);
  return [value.slice(0, half), value.slice(half)];
};
const content = (...list: readonly string[]): [string, string][] => list.map((text) => ['content', text]);

export const SPLITS: readonly SplitRow[] = [
  { name: 'two halves', split: (v) => content(...halves(v)), caught: true },
  {
    name: 'two halves in sentences',
    split: (v) => content(`It begins with ${halves(v)[0]}`, `${halves(v)[1]} is the end of it.`),
    caught: true,
  },
  { name: 'three thirds', split: (v) => content(...thirds(v)), caught: true },
  { name: 'a text for every character', split: (v) => content(...v), caught: true },
  { name: 'the halves the other way round', split: (v) => content(...halves(v).reverse()), caught: true },
  {
    name: 'lines and spaces around the halves',
    split: (v) => content(`${halves(v)[0]} \n`, `\n${halves(v)[1]}`),
    caught: true,
  },
  { name: 'an empty text between', split: (v) => content(halves(v)[0], '', halves(v)[1]), caught: true },
  {
    name: 'short texts before and behind',
    split: (v) => content('Yes', ...halves(v), 'Done'),
    caught: true,
  },
  {
    name: 'other texts between those of a name',
    split: (v) => [
      ['arguments', halves(v)[0]],
      ['id', 'call_2'],
      ['name', 'put'],
      ['arguments', halves(v)[1]],
    ],
    caught: true,
  },
  {
    name: 'base64 in two halves',
    split: (v) => content(...halves(Buffer.from(v).toString('base64'))),
    caught: true,
  },
  {
    name: 'words behind the first half',
    split: (v) => content(`${halves(v)[0]} is the first half`, halves(v)[1]),
    caught: false,
  },
  {
    name: 'a full text between the halves',
    split: (v) =>
      content('Hello, you there', halves(v)[0], 'and now for something else', halves(v)[1], 'Bye, you'),
    caught: false,
  },
  {
    name: 'a full stop behind the first half',
    split: (v) => content(`${halves(v)[0]}.`, halves(v)[1]),
    caught: false,
  },
  {
    name: 'thirds in another order',
    split: (v) => content(thirds(v)[1], thirds(v)[0], thirds(v)[2]),
    caught: false,
  },
];
