// Ignore files as git reads them (gitignore(5)): later lines win, `!` takes back, a slash inside binds to the folder of the
// file, a slash at the end means folders. It must not know the file system.

export interface IgnoreRule {
  readonly matches: RegExp;
  readonly foldersOnly: boolean;
  readonly takesBack: boolean;
}

const LITERAL = /[.+^${}()|\\]/g;

/** `**` is any folders, `*` and `?` stay within a name, `[…]` is a class. */
function expression(pattern: string): string {
  return pattern
    .split(/(\*\*\/|\/\*\*|\*|\?|\[[^\]/]+\])/)
    .map((part, i) => {
      if (i % 2 === 0) return part.replace(LITERAL, '\\$&');
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    })
    .join('');
}

/** Rules of one ignore file; a line that is no pattern is passed over, as git does. */
export function ignoreRules(text: string): IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const takesBack = line.startsWith('!');
    const bare = (takesBack ? line.slice(1) : line).trimEnd();
    if (bare === '' || bare.startsWith('#')) return [];
    const foldersOnly = bare.endsWith('/');
    const pattern = bare.replace(/\/$/, '');
    const bound = pattern.includes('/');
    try {
      const matches = new RegExp(`^${bound ? '' : '(?:.*/)?'}${expression(pattern.replace(/^\//, ''))}$`);
      return [{ matches, foldersOnly, takesBack }];
    } catch (cause) {
      if (cause instanceof SyntaxError) return [];
      throw cause;
    }
  });
}

/** Whether the path, relative to the ignore file's folder and with `/`, is ignored; undefined when no rule speaks of it. */
export function isIgnored(
  rules: readonly IgnoreRule[],
  path: string,
  isFolder: boolean,
): boolean | undefined {
  for (let i = rules.length - 1; i >= 0; i -= 1) {
    const { matches, foldersOnly, takesBack } = rules[i]!;
    if ((isFolder || !foldersOnly) && matches.test(path)) return !takesBack;
  }
  return undefined;
}
