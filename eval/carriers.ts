// Texts in which people and programs put values: a setting's name and a value in, a text out. Values arrive marked, and
// every carrier writes them as its syntax would. It must not know kinds or detectors.
import type { Draw } from './draw.ts';

export interface Carrier {
  readonly name: string;
  /** False when the name of the setting does not stand beside the value. */
  readonly named: boolean;
  /** True when a value of several lines cannot stand in it. */
  readonly oneLine?: true;
  readonly write: (name: string, value: string, draw: Draw) => string;
}

const camel = (name: string): string =>
  name.toLowerCase().replace(/[ _-](\w)/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string): string => name.toLowerCase().replaceAll(' ', '_');
const upper = (name: string): string => name.toUpperCase().replaceAll(' ', '_');
const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ');
const quoted = (value: string): string => JSON.stringify(value);
const stamp = (draw: Draw): string =>
  `2024-0${1 + draw.below(9)}-1${draw.below(10)}T0${draw.below(10)}:1${draw.below(10)}:42Z`;

// biome-ignore format: a table is read by its rows
export const carriers: readonly Carrier[] = [
  { name: 'end of a sentence', named: true, write: (n, v) => `Our new ${words(n)} is ${v}. Please keep it.` },
  { name: 'prose without a name', named: false, write: (_, v) => `I pasted ${v} into the form, and then it hung.` },
  { name: 'question', named: true, write: (n, v) => `Why does the ${words(n)} ${v} not work?` },
  { name: 'chat', named: true, write: (n, v, d) => `[${stamp(d)}] mara: what is the ${words(n)}?\n[${stamp(d)}] jo: ${v}` },
  { name: 'e-mail', named: true, write: (n, v) => `Subject: access\n\nHi Jo,\n\nhere it is:\n${words(n)}: ${v}\n\nRegards\nMara` },
  { name: 'JavaScript', named: true, write: (n, v) => `const ${camel(n)} = ${quoted(v)};\nstart(${camel(n)});` },
  { name: 'TypeScript', named: true, write: (n, v) => `export const config = {\n  ${camel(n)}: ${quoted(v)} as string,\n};` },
  { name: 'Python', named: true, write: (n, v) => `${upper(n)} = ${quoted(v)}\nclient = Client(${upper(n)})` },
  { name: 'Go', named: true, write: (n, v) => `func main() {\n\t${camel(n)} := ${quoted(v)}\n\trun(${camel(n)})\n}` },
  { name: 'Java', named: true, write: (n, v) => `private static final String ${upper(n)} = ${quoted(v)};` },
  { name: 'C#', named: true, write: (n, v) => `var ${camel(n)} = ${quoted(v)};` },
  { name: 'Ruby', named: true, write: (n, v) => `config.${snake(n)} = ${quoted(v)}` },
  { name: 'PHP', named: true, write: (n, v) => `<?php\n$${snake(n)} = ${quoted(v)};` },
  { name: 'Rust', named: true, write: (n, v) => `const ${upper(n)}: &str = ${quoted(v)};` },
  { name: 'Kotlin', named: true, write: (n, v) => `val ${camel(n)} = ${quoted(v)}` },
  { name: 'shell', named: true, write: (n, v) => `export ${upper(n)}=${quoted(v)}\n./run.sh` },
  { name: 'JSON', named: true, write: (n, v) => JSON.stringify({ id: 7, [snake(n)]: v, active: true }, null, 2) },
  { name: 'JSON in JSON', named: true, write: (n, v) => JSON.stringify({ arguments: JSON.stringify({ [snake(n)]: v }) }) },
  { name: 'YAML', named: true, oneLine: true, write: (n, v) => `service:\n  ${snake(n)}: ${v}\n  replicas: 2\n` },
  { name: 'env file', named: true, oneLine: true, write: (n, v) => `PORT=8080\n${upper(n)}=${v}\nDEBUG=0\n` },
  { name: 'TOML', named: true, write: (n, v) => `[service]\n${snake(n)} = ${quoted(v)}\n` },
  { name: 'log line', named: true, oneLine: true, write: (n, v, d) => `${stamp(d)} INFO  request ${snake(n)}=${v} status=200 ms=${d.below(900)}` },
  { name: 'Markdown table', named: true, oneLine: true, write: (n, v) => `| setting | value |\n|---|---|\n| ${words(n)} | ${v} |\n| region | eu |\n` },
  { name: 'Markdown list', named: true, write: (n, v) => `Settings:\n\n- **${words(n)}**: \`${v}\`\n- region: eu\n` },
  { name: 'code block', named: true, write: (n, v) => `Run this:\n\n\`\`\`sh\nmytool --${snake(n).replaceAll('_', '-')} ${v}\n\`\`\`\n` },
  { name: 'HTTP request', named: true, oneLine: true, write: (n, v) => `POST /v1/jobs HTTP/1.1\r\nHost: api.acme.com\r\nX-${words(n).replaceAll(' ', '-')}: ${v}\r\n\r\n{}` },
  { name: 'XML', named: true, write: (n, v) => `<config><${snake(n)}>${v}</${snake(n)}></config>` },
  { name: 'CSV', named: false, oneLine: true, write: (_, v, d) => `id,name,value\n${d.below(900)},main,${v}\n` },
];
