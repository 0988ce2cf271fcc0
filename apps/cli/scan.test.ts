// `sluice scan`: the engine alone, as programs use it, over lines of JSON and over files.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Folder, newFolder } from './testing/sluice.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const MAIL = ['ada', 'mail.example'].join('@');

let folder: Folder;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => folder.remove());

/** As written: what JSON.stringify would not write is here too. */
const LINES = [
  `{"id":"plain","text":"nothing here"}`,
  `{"id":{"nested":[1,null]},"text":"a \\ud83d\\ude00 key ${AWS} end"}\r`,
  '',
  `{"text":"no id, \\udc00 a lone half, and ${MAIL}"}`,
  `{"id":4,"text":"a line \u2028 separator as it is, \\u0000, and ${MAIL} \\ud83d","more":true}`,
  `{"id":5,"text":""}`,
].join('\n');

describe('scan --jsonl', () => {
  it('answers line by line, in order, with offsets in the text and the masked text', async () => {
    const { code, out, err } = await folder.sluice(['scan', '--jsonl'], { input: LINES });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const texts = LINES.split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).text as string);
    expect(rows.map((row) => row.id)).toEqual(['plain', { nested: [1, null] }, null, 4, 5]);
    expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => ['id', 'findings', 'output']));
    const found = rows.map(({ findings }, i) =>
      findings.map((one: { start: number; end: number; kind: string }) => [
        one.kind,
        texts[i]!.slice(one.start, one.end),
      ]),
    );
    expect(found[1]).toContainEqual(['secret.aws-access-key-id', AWS]);
    expect(found[2]).toEqual([['pii.email', MAIL]]);
    expect(found[3]).toEqual([['pii.email', MAIL]]);
    expect(rows[0]).toEqual({ id: 'plain', findings: [], output: 'nothing here' });
    expect(rows[1].output).toBe('a \u{1f600} key [REDACTED:secret.aws-access-key-id] end');
    expect(Object.keys(rows[1].findings[0])).toEqual(['kind', 'detector', 'start', 'end']);
    expect(rows[2].output.startsWith('no id, \udc00 a lone half, and ****')).toBe(true);
  });

  it('says the same when the text is fed in pieces', async () => {
    const outs = await Promise.all(
      [[], ['--chunk', '1'], ['--chunk', '7']].map(
        async (args) => (await folder.sluice(['scan', '--jsonl', ...args], { input: LINES })).out,
      ),
    );
    expect(new Set(outs).size).toBe(1);
  });

  it('reads what is larger than any buffer on its way', async () => {
    const rows = 4000;
    const filler = 'the keeper walks the bank '.repeat(40);
    const input = Array.from({ length: rows }, (_, id) => JSON.stringify({ id, text: filler })).join('\n');
    const { code, out } = await folder.sluice(['scan', '--jsonl'], { input });
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([...Array(rows).keys()]);
  });

  it('keeps what came before a line that is none, and says which it was', async () => {
    const input = '{"id":1,"text":"good"}\n{"id":2,"text":3}\n';
    const { code, out, err } = await folder.sluice(['scan', '--jsonl'], { input });
    expect(code).toBe(2);
    expect(out).toBe('{"id":1,"findings":[],"output":"good"}\n');
    expect(err).toContain('Line 2');
  });

  it('takes direction and policy from what it is given, and no secret of the configuration', async () => {
    folder.write(
      'sluice.yaml',
      `connections:
  gpt: { protocol: openai, upstream: https://api.openai.com, credential: env:NEVER_SET }
access: [{}]
policies:
  odd:
    prompt: [{ name: launch, words: [launch], do: mask }]
    response: [{ name: moon, words: [moon], do: mask, as: remove }]
`,
    );
    const scan = async (direction: string) => {
      const args = [
        'scan',
        '--jsonl',
        '--config',
        'sluice.yaml',
        '--policy',
        'odd',
        '--direction',
        direction,
      ];
      return JSON.parse((await folder.sluice(args, { input: '{"id":1,"text":"launch to the moon"}' })).out);
    };
    expect(await scan('prompt')).toMatchObject({
      findings: [{ kind: 'custom.launch', start: 0, end: 6 }],
      output: '[REDACTED:custom.launch] to the moon',
    });
    expect(await scan('response')).toMatchObject({
      findings: [{ kind: 'custom.moon', start: 14, end: 18 }],
      output: 'launch to the ',
    });
  });
});

describe('scan', () => {
  it('tells file, line and column of what it finds, never the value', async () => {
    folder.write('a.txt', `nothing\n\n  key ${AWS}\nand ${MAIL}\n`);
    folder.write('b.txt', 'nothing at all\n');
    const { code, out } = await folder.sluice(['scan', 'a.txt', 'b.txt']);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.txt:3:7 {2}secret\.aws-access-key-id {2}\(20 characters/m);
    expect(out).toMatch(/^a\.txt:4:5 {2}pii\.email/m);
    expect(out).not.toContain('b.txt');
    expect(out).not.toContain(AWS);
  });

  it('shows the line around a finding, with everything found in it masked', async () => {
    folder.write('c.txt', `first ${MAIL} and ${AWS} last\u001b[2J\n`);
    const { out } = await folder.sluice(['scan', 'c.txt']);
    expect(out).toContain('    first •••• and •••• last');
    for (const hidden of [AWS, MAIL, '\u001b']) expect(out).not.toContain(hidden);
  });

  it('reads folders, leaves out what ignore files name, and passes over what is no text', async () => {
    folder.write('tree/.gitignore', 'out/\n*.log\n!kept.log\n/only-here.txt\n');
    for (const name of ['a.txt', 'out/a.txt', 'x.log', 'kept.log', 'only-here.txt', 'sub/only-here.txt'])
      folder.write(`tree/${name}`, `mail ${MAIL}\n`);
    folder.write('tree/.sluiceignore', 'ignored/**\n');
    folder.write('tree/ignored/deep/a.txt', `mail ${MAIL}\n`);
    folder.write('tree/picture.bin', `\0 ${MAIL}`);
    const { out } = await folder.sluice(['scan', 'tree']);
    const files = [...out.matchAll(/^(\S+):1:6 {2}pii\.email/gm)].map((match) => match[1]);
    expect(files).toEqual(['tree/a.txt', 'tree/kept.log', 'tree/sub/only-here.txt']);
  });

  it('looks at what a diff adds, and tells the line of the new file', async () => {
    const diff = [
      'diff --git a/a.txt b/a.txt',
      '--- a/a.txt',
      '+++ b/a.txt',
      '@@ -3,3 +3,4 @@ heading',
      ' kept',
      `-old ${MAIL}`,
      '+new line',
      `+key ${AWS}`,
      ' kept as well',
      '',
    ].join('\n');
    const { code, out } = await folder.sluice(['scan', '--diff'], { input: diff });
    expect(code).toBe(1);
    expect(out.match(/^\S+ {2}\S+/gm)).toEqual(['a.txt:5:5  secret.aws-access-key-id']);
  });

  it('writes SARIF that names rule, file and region, never the value', async () => {
    folder.write('dir/s p.txt', `one\nkey ${AWS}\n`);
    const { code, out } = await folder.sluice(['scan', '--sarif', 'dir']);
    expect(code).toBe(1);
    expect(out).not.toContain(AWS);
    const log = JSON.parse(out);
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].tool.driver.rules[0].id).toBe('secret.aws-access-key-id');
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: 'secret.aws-access-key-id',
        ruleIndex: 0,
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'dir/s%20p.txt' },
              region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 25 },
            },
          },
        ],
      },
    ]);
  });

  it.each<[number, string, string[], string]>([
    [0, 'what holds nothing', ['scan'], 'nothing at all'],
    [1, 'what holds something', ['scan', '--json'], MAIL],
    [2, 'a file that is not there', ['scan', 'nowhere.txt'], ''],
  ])('exits with %d for %s', async (code, _, args, input) => {
    expect((await folder.sluice(args, { input })).code).toBe(code);
  });
});
