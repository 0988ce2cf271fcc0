// References to secrets: parsed here, read here, and never shown, since a mistaken one may hold the secret itself.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigCode } from './problem.ts';
import { Secret } from './secret.ts';

export const SCHEMES = ['env', 'file', 'vault', 'aws-sm', 'k8s'] as const;

export interface Reference {
  readonly scheme: (typeof SCHEMES)[number];
  /** What stands after the colon. */
  readonly name: string;
}

export interface Wrong {
  readonly code: ConfigCode;
  /** Continues a sentence that begins with the path; quotes nothing. */
  readonly message: string;
  readonly hint?: string;
}

/** Most bytes of a secret's file. */
const MAX_BYTES = 64 * 1024;

export function parseReference(text: string): Reference | Wrong {
  if (text.includes('${')) {
    return {
      code: 'not_interpolated',
      message: 'has a placeholder in it, and placeholders are not filled in: secrets are references',
      hint: 'Write `env:NAME`.',
    };
  }
  const colon = text.indexOf(':');
  const scheme = SCHEMES.find((known) => known === text.slice(0, Math.max(colon, 0)));
  if (scheme === undefined) {
    return {
      code: 'literal_secret',
      message: 'is not a reference: secrets are references and do not stand in this file',
      hint: 'Write `env:NAME` or `file:PATH`. If the secret was shared with this file, replace it.',
    };
  }
  const name = text.slice(colon + 1);
  if (scheme !== 'env' && scheme !== 'file') {
    return {
      code: 'unavailable',
      message: `is a \`${scheme}:\` reference, which is not available in this build`,
      hint: 'Use `env:NAME` or `file:PATH`.',
    };
  }
  if (scheme === 'env' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return { code: 'bad_reference', message: 'does not name an environment variable after `env:`' };
  if (scheme === 'file' && (name === '' || name.includes('\0')))
    return { code: 'bad_reference', message: 'does not name a file after `file:`' };
  return { scheme, name };
}

export function isWrong(reference: Reference | Wrong): reference is Wrong {
  return 'code' in reference;
}

/** Absolute path of a `file:` reference; a relative one starts at the configuration file. */
export function pathOf(reference: Reference, directory: string): string {
  return path.resolve(directory, reference.name);
}

export interface ReadContext {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A secret of one line: what is sent in a header. Line breaks at its end do not count; any other control character is refused. */
export function readSecret(reference: Reference, context: ReadContext): Secret | Wrong {
  const text = readText(reference, context);
  if (typeof text !== 'string') return text;
  const value = text.replace(/[\r\n]+$/, '');
  if (value === '') return { code: 'unresolved_reference', message: 'refers to a secret that is empty' };
  if (/[^\x20-\x7e]/.test(value))
    return {
      code: 'unresolved_reference',
      message: 'refers to a secret with characters that no header can carry',
    };
  return new Secret(value);
}

/** A text of several lines, such as PEM. */
export function readText(reference: Reference, { directory, env }: ReadContext): string | Wrong {
  if (reference.scheme === 'env') {
    const value = env[reference.name];
    return value === undefined || value === ''
      ? { code: 'unresolved_reference', message: 'refers to an environment variable that is not set' }
      : value;
  }
  try {
    const bytes = readFileSync(pathOf(reference, directory));
    if (bytes.length > MAX_BYTES)
      return { code: 'unresolved_reference', message: 'refers to a file that is too large for a secret' };
    return bytes.toString('utf8');
  } catch (error) {
    return { code: 'unresolved_reference', message: `refers to a file that ${whyUnread(error)}` };
  }
}

/** In words, by the system's code. Rethrows what is no error of the file system. */
export function whyUnread(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  return WHY[error.code] ?? `cannot be read (${error.code})`;
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a directory',
  ELOOP: 'is a symbolic link that leads nowhere',
};
