// Yelp's detect-secrets, when the machine has it (`pip install detect-secrets`): a command that tells lines, not places.
// Every text goes into a file of its own; a line with a finding counts as found from its beginning to its end.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Span } from '../labelled.ts';
import type { Peer } from './peer.ts';

interface Report {
  readonly results: Readonly<Record<string, readonly { readonly line_number: number }[]>>;
}

function lineSpan(text: string, number: number): Span {
  const lines = text.split('\n');
  const start = lines.slice(0, number - 1).join('\n').length;
  return { start, end: start + (lines[number - 1]?.length ?? 0) + 1 };
}

function isInstalled(): boolean {
  try {
    execFileSync('detect-secrets', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ENOENT') return false;
    throw cause;
  }
}

export const detectSecrets: Peer = {
  name: 'detect-secrets, all plugins',
  async find(texts) {
    if (!isInstalled()) return undefined;
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-eval-'));
    try {
      texts.forEach((text, i) => {
        writeFileSync(path.join(folder, `${i}.txt`), text);
      });
      const out = execFileSync('detect-secrets', ['scan', '--all-files', '--no-verify', '.'], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const { results } = JSON.parse(out) as Report;
      return texts.map((text, i) =>
        (results[`${i}.txt`] ?? []).map((row) => lineSpan(text, row.line_number)),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
