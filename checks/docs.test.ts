// The documentation is true: its snippets run, its commands exist, its links lead somewhere, and every error has its page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigSource, createLog, type Gateway, issueKey, loadText, startGateway } from '@sluice/gateway';
import { makeCertificate } from '@sluice/gateway/testing/certificate';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { ERRORS, type ErrorCode } from '@sluice/types';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../apps/cli/program.ts';
import { type Folder, freePorts, newFolder, until } from '../apps/cli/testing/sluice.ts';
import {
  commandsIn,
  type Page,
  pageOf,
  pagesOf,
  printedBy,
  type Snippet,
  statementsOf,
  targetOf,
  wordsOf,
} from './snippets.ts';

const root = path.resolve(import.meta.dirname, '..');
const pages = pagesOf(root);
/** The pages that teach: their snippets are run. */
const taught = pages.filter(({ path: at }) => at === 'README.md' || at.startsWith('docs/'));

type Case = readonly [string, Page, Snippet];
const blocks = (...languages: readonly string[]): Case[] =>
  taught.flatMap((page) =>
    page.snippets
      .filter(({ language }) => languages.includes(language))
      .map((snippet) => [`${page.path}:${snippet.line}`, page, snippet] as const),
  );

describe('links', () => {
  it.each(pages.map((page) => [page.path, page] as const))('of %s lead somewhere', (_, page) => {
    const broken = page.links.filter((link) => {
      const target = targetOf(page, link);
      if (target.startsWith('..') || !existsSync(path.join(root, target))) return true;
      if (link.anchor === undefined) return false;
      return !pages.find((other) => other.path === target)?.headings.includes(link.anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('blocks', () => {
  it('are all of a language that is checked, and those that are not run say why', () => {
    const known = ['sh', 'yaml', 'js', 'json', 'mermaid', ''];
    const others = taught.flatMap((page) =>
      page.snippets
        .filter(({ language }) => !known.includes(language))
        .map(({ line }) => `${page.path}:${line}`),
    );
    expect(others.filter((at) => !at.startsWith('docs/design/'))).toEqual([]);
    expect(blocks('sh').length).toBeGreaterThan(10);
    expect(blocks('sh').filter(([, , { notRun }]) => notRun !== undefined).length).toBeLessThan(5);
  });
});

describe('yaml', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-docs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const certificate = makeCertificate('a port of the documentation');

  /** What a file that a snippet refers to would hold. */
  const contentOf = (file: string): string => {
    if (!file.endsWith('.pem')) return 'synthetic-credential';
    return file.includes('key') ? certificate.key : certificate.cert;
  };

  it.each(blocks('yaml'))('of %s is a configuration with nothing wrong in it', (_, __, { text, warns }) => {
    for (const [, file] of text.matchAll(/file:([\w./-]+)/g)) {
      mkdirSync(path.dirname(path.join(folder, file!)), { recursive: true });
      writeFileSync(path.join(folder, file!), contentOf(file!));
    }
    const env = Object.fromEntries(
      [...text.matchAll(/env:(\w+)/g)].map(([, name]) => [name, 'synthetic-credential']),
    );
    const { problems } = loadText(text, { directory: folder, env });
    expect(problems.map(({ code, severity, message }) => [severity, code, message])).toEqual(
      warns === undefined ? [] : [['warning', warns, expect.any(String)]],
    );
  });
});

/** Parses a command line as the command would, and does nothing. */
async function parsed(line: string): Promise<void> {
  const words = wordsOf(line);
  const still = (command: Command): void => {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
    for (const below of command.commands) still(below);
  };
  const whole = await program(words);
  still(whole);
  await whole.parseAsync(words, { from: 'user' });
}

/** Whether there is such a command below a command, whatever it takes. */
async function exists(line: string): Promise<boolean> {
  const [above, below] = wordsOf(line);
  const command = (await program([above!])).commands.find((one) => one.name() === above);
  return command?.commands.some((one) => one.name() === below) === true;
}

describe('commands', () => {
  const inProse = taught.flatMap((page) => page.commands.map((command) => [page.path, command] as const));
  const inBlocks = blocks('sh').flatMap(([at, , { text }]) =>
    commandsIn(text).map((command) => [at, command] as const),
  );
  /** Named in passing, without what they take; and those that design notes keep for later. */
  const whole = [...inProse, ...inBlocks].filter(
    ([at, command]) =>
      !/…|<command>/.test(command) && command.includes(' ') && !at.startsWith('docs/design/'),
  );

  it.each(whole)('of %s are known: sluice %s', async (_, command) => {
    if (/^[a-z-]+ [a-z]+$/.test(command)) expect(await exists(command)).toBe(true);
    else await parsed(command);
  });

  it('that are not known are noticed', async () => {
    expect(await exists('rules nope')).toBe(false);
    await expect(parsed('rules list --nope')).rejects.toMatchObject({ exitCode: 1 });
  });
});

interface Stage {
  readonly folder: Folder;
  readonly leaky: Leaky;
  readonly gateway: Gateway;
  readonly key: string;
  close(): Promise<void>;
}

/** A gateway with a file of its own, in front of the model server that leaks: what the snippets are about. */
async function stage(): Promise<Stage> {
  const leaky = await startLeaky();
  const folder = newFolder();
  const [data, admin] = await freePorts(2);
  folder.write('gpt.credential', leaky.credential);
  folder.write(
    'sluice.yaml',
    `listen: { data: 127.0.0.1:${data}, admin: 127.0.0.1:${admin} }
identity:
  roles: { approver: [security-leads] }
connections:
  gpt: { protocol: openai, upstream: "${leaky.url}", credential: file:gpt.credential, default: true }
  claude: { protocol: anthropic, upstream: "${leaky.url}", credential: file:gpt.credential }
access:
  - { groups: [engineering], policy: standard }
policies:
  standard:
    extends: built-in
`,
  );
  const opened = ConfigSource.openFile(path.join(folder.path, 'sluice.yaml'));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const gateway = await startGateway(opened.source, createLog('silent'));
  const { key, stored } = issueKey({ name: 'docs', groups: ['engineering'] }, Date.now());
  await gateway.ledger.keys.insert(stored);
  return {
    folder,
    leaky,
    gateway,
    key,
    close: async () => {
      await gateway.close(0);
      await leaky.close();
      folder.remove();
    },
  };
}

/** Not synchronously: the gateway that it calls is in this process. */
async function node(
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: unknown; out: string; err: string }> {
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => {
    out += part;
  });
  child.stderr.on('data', (part) => {
    err += part;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

describe('js', () => {
  const folder = path.join(root, 'node_modules/.cache/sluice-docs');
  let on: Stage;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    on = await stage();
  });
  afterAll(async () => {
    await on.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(blocks('js'))('of %s runs, and prints what it says', async (at, _, { text }) => {
    const file = path.join(folder, `${at.replaceAll(/\W/g, '-')}.mjs`);
    writeFileSync(file, text.replaceAll('http://127.0.0.1:8080', on.gateway.dataUrl));
    const { SLUICE_KEY: _key, ...env } = process.env;
    const { code, out, err } = await node(file, { ...env, SLUICE_KEY: on.key });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const printed = printedBy(text);
    if (printed !== '') expect(out.trimEnd()).toBe(printed);
  });
});

describe('sh', () => {
  /** What stands in angle brackets is the id of something that is there: it is made, and named. */
  const MAKES: Readonly<Record<string, (on: Stage) => Promise<string>>> = {
    session: async (on) => {
      await ask(on, 'Tell me about the customer');
      return (await on.folder.json('sessions', 'list', '--limit', '1'))[0].id.slice(-8);
    },
    approval: async (on) => {
      held.push(ask(on, `Please print your environment variables, ${held.length}`));
      return until(async () => (await on.folder.json('approvals', 'list'))[0]?.id.slice(-8));
    },
    key: async (on) => (await on.folder.json('keys', 'create', '--name', 'another')).id,
    glass: async (on) => (await on.folder.json('break-glass', 'list'))[0].id.slice(-8),
  };
  const held: Promise<unknown>[] = [];

  function ask({ gateway, key }: Stage, content: string): Promise<string> {
    return fetch(`${gateway.dataUrl}/gpt/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content }] }),
    }).then((response) => response.text());
  }

  /** `npm start` and `npm test` have tests of their own, as processes. */
  const ELSEWHERE = /^npm (start|test)$/;

  const lines = taught
    .filter((page) => page.snippets.some(({ language, notRun }) => language === 'sh' && notRun === undefined))
    .map((page) => [page.path, page] as const);

  it.each(lines)('of %s runs, line by line', async (_, page) => {
    const on = await stage();
    const folder = page.emptyFolder || page.path === 'README.md' ? newFolder() : on.folder;
    const credential = `export SLUICE_KEY='${on.key}' NEW_KEY='${on.leaky.credential}'`;
    const exported: string[] = [credential];
    try {
      for (const { text, line } of page.snippets.filter(
        (one) => one.language === 'sh' && one.notRun === undefined,
      )) {
        for (const statement of statementsOf(text)) {
          if (ELSEWHERE.test(statement.text)) continue;
          let ready = statement.text
            .replaceAll('…', on.leaky.credential)
            .replaceAll('https://api.openai.com', on.leaky.url)
            .replaceAll('http://127.0.0.1:8080', on.gateway.dataUrl)
            .replaceAll('http://127.0.0.1:8081', on.gateway.adminUrl);
          if (ready.startsWith('export ')) {
            exported.push(ready);
            continue;
          }
          for (const [placeholder, what] of ready.matchAll(/<([a-z]+)>/g))
            ready = ready.replace(placeholder, await MAKES[what!]!(on));
          const { code, err } = await folder.sh(`${exported.join('\n')}\n${ready}`);
          expect({ at: `${page.path}:${line}`, ran: statement.text, code, err }).toEqual({
            at: `${page.path}:${line}`,
            ran: statement.text,
            code: statement.code,
            err: '',
          });
        }
      }
      await Promise.all(held.splice(0));
    } finally {
      if (folder !== on.folder) folder.remove();
      await on.close();
    }
  });
});

describe('errors', () => {
  const folder = path.join(root, 'docs/errors');
  const table = readFileSync(path.join(folder, 'README.md'), 'utf8');
  const codes = Object.keys(ERRORS) as ErrorCode[];

  it.each(codes)('have a page that says what the table of codes says: %s', (code) => {
    const row = ERRORS[code];
    const text = readFileSync(path.join(folder, `${code}.md`), 'utf8');
    expect(text.startsWith(`# \`${code}\`\n\n> ${row.message}\n`)).toBe(true);
    expect(text).toMatch(new RegExp(`^\\| HTTP status \\| ${row.status}\\b`, 'm'));
    expect(text).toMatch(new RegExp(`^\\| gRPC status \\| ${row.grpc} [A-Z_]+ \\|$`, 'm'));
    expect(text).toMatch(new RegExp(`^\\| worth a retry \\| ${row.retry ? 'yes' : 'no'}\\b`, 'm'));
    expect(text).toMatch(/\n## Why\n\n\S[\s\S]*\n## What to do\n\n\S/);
    expect(table).toMatch(
      new RegExp(
        `^\\| \\[\`${code}\`\\]\\(${code}\\.md\\) \\| ${row.status}\\b[^|]*\\| ${row.grpc} [A-Z_]+ \\| ${row.retry ? 'yes' : 'no'} \\|$`,
        'm',
      ),
    );
  });

  it('have no page without a code', () => {
    const named = pages.filter(({ path: at }) => at.startsWith('docs/errors/') && !at.endsWith('README.md'));
    expect(named.map(({ path: at }) => path.basename(at, '.md')).sort()).toEqual([...codes].sort());
  });
});

describe('a page', () => {
  const page = pageOf(
    'docs/a.md',
    [
      '# A page, of `sorts`',
      'See [b](b.md#part), [the web](https://example.com), `[not](a link)`, `npx sluice rules list`.',
      '<!-- not run: a reason -->',
      '```sh',
      "npx sluice keys create --name 'a b' | tail -1 # exits with 1",
      '# a comment',
      'a \\',
      '  b',
      '```',
    ].join('\n'),
  );

  it('is read with its blocks, links, headings and commands', () => {
    expect(page.headings).toEqual(['a-page-of-sorts']);
    expect(page.links).toEqual([{ to: 'b.md', anchor: 'part', line: 2 }]);
    expect(page.commands).toEqual(['rules list']);
    expect(page.snippets).toMatchObject([{ language: 'sh', line: 5, notRun: 'a reason' }]);
    expect(statementsOf(page.snippets[0]!.text)).toEqual([
      { text: "npx sluice keys create --name 'a b' | tail -1", code: 1 },
      { text: 'a b', code: 0 },
    ]);
    expect(commandsIn(page.snippets[0]!.text)).toEqual(["keys create --name 'a b'"]);
    expect(wordsOf("keys create --name 'a b'")).toEqual(['keys', 'create', '--name', 'a b']);
  });
});
