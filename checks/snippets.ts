// The pages of the documentation as their tests see them: code blocks, links, headings, commands in the text. It must not run
// anything.
//
// A block is run unless the line before it is a comment `not run: <reason>`; a configuration that has a warning on purpose says
// `warns: <code>` there; a page whose shell blocks make their own
// configuration says `snippets: begin in an empty folder` in a comment.
import path from 'node:path';
import { readTree } from './tree.ts';

export interface Snippet {
  /** As after the fence: `sh`, `yaml`, `js`; empty for plain ones. */
  readonly language: string;
  readonly text: string;
  /** Of the first line within, from 1. */
  readonly line: number;
  /** Why it is not run; undefined when it is. */
  readonly notRun: string | undefined;
  /** Code of the warning that a configuration is there to have. */
  readonly warns: string | undefined;
}

export interface Link {
  /** As written, without the anchor; empty for the page itself. */
  readonly to: string;
  readonly anchor: string | undefined;
  readonly line: number;
}

export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly snippets: readonly Snippet[];
  /** To other files and headings of the project; not to the web. */
  readonly links: readonly Link[];
  /** As anchors name them. */
  readonly headings: readonly string[];
  /** Command lines in running text: what stands behind `sluice` in `code`. */
  readonly commands: readonly string[];
  readonly emptyFolder: boolean;
}

/** Every Markdown page of the project below `root`. */
export function pagesOf(root: string): Page[] {
  return readTree(root)
    .filter((file) => file.path.endsWith('.md'))
    .map((file) => pageOf(file.path, file.text));
}

export function pageOf(at: string, text: string): Page {
  const snippets: Snippet[] = [];
  const prose: string[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(`{3,})(\w*)\s*$/.exec(lines[i]!);
    if (fence === null) {
      prose.push(lines[i]!);
      continue;
    }
    const end = lines.findIndex((line, at) => at > i && line.startsWith(fence[1]!));
    if (end === -1) throw new Error(`${at}:${i + 1} begins a block that does not end`);
    const before = lines[i - 1] ?? '';
    snippets.push({
      language: fence[2]!,
      text: lines.slice(i + 1, end).join('\n'),
      line: i + 2,
      notRun: /^<!-- not run: (\S.*) -->$/.exec(before)?.[1],
      warns: /^<!-- warns: (\w+) -->$/.exec(before)?.[1],
    });
    prose.push(...lines.slice(i, end + 1).map(() => ''));
    i = end;
  }
  return {
    path: at,
    snippets,
    links: prose.flatMap((line, i) => linksOf(line, i + 1)),
    headings: prose.flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []).map(slug),
    commands: prose.flatMap((line) =>
      [...line.matchAll(/`(?:npx )?sluice ([^`]+)`/g)].map((found) => found[1]!),
    ),
    emptyFolder: prose.includes('<!-- snippets: begin in an empty folder -->'),
  };
}

function linksOf(line: string, number: number): Link[] {
  const text = line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((found) => found[1]!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [to, anchor] = target.split('#') as [string, string | undefined];
      return { to, anchor, line: number };
    });
}

/** As GitHub makes anchors of headings. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** Path of a link's target from the root of the project. */
export function targetOf(page: Page, link: Link): string {
  return link.to === '' ? page.path : path.posix.join(path.posix.dirname(page.path), link.to);
}

export interface Statement {
  readonly text: string;
  /** What it is to exit with: 0, unless the line ends in `# exits with <n>`. */
  readonly code: number;
}

/** The command lines of a shell block, one by one; blank lines and comments are none. */
export function statementsOf(text: string): Statement[] {
  return text
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => ({
      text: line.replace(/\s+# .*$/, ''),
      code: Number(/# exits with (\d+)$/.exec(line)?.[1] ?? 0),
    }));
}

/** Words of a command line as a shell splits them: quotes are undone, nothing else is. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/['"]/g, ''));
}

/** The `sluice` command lines in a shell block, without what stands around them. */
export function commandsIn(text: string): string[] {
  return statementsOf(text).flatMap((statement) =>
    [...statement.text.matchAll(/\bnpx sluice ((?:'[^']*'|"[^"]*"|[^|;&<>'"]|<[a-z]+>)*)/g)].map((found) =>
      found[1]!.trim(),
    ),
  );
}

/** What a block of JavaScript says that it prints: comments right below a line that prints. */
export function printedBy(text: string): string {
  const said: string[] = [];
  let prints = false;
  for (const line of text.split('\n')) {
    if (prints && line.startsWith('// ')) said.push(line.slice(3));
    else prints = /console\.log\(|stdout\.write\(/.test(line);
  }
  return said.join('\n');
}
