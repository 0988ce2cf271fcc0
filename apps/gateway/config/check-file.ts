// What can only be seen with more than one value of the file in view, policies apart. Each part of the file has a check of its own.
import { type Path, type Salvaged, warning } from '@sluice/policy';
import { checkAccess } from './check-access.ts';
import { checkConnections } from './check-connections.ts';
import { checkIdentity } from './check-identity.ts';
import { checkListen, checkStorage } from './check-listen.ts';
import { checkReference } from './check-reference.ts';
import type { FileDocument } from './document.ts';
import type { ConfigIssue } from './problem.ts';

export type FileParts = Salvaged<FileDocument>;

export function checkFileParts(file: FileParts): readonly ConfigIssue[] {
  return [
    ...checkListen(file.listen),
    ...checkStorage(file),
    ...checkIdentity(file.identity),
    ...checkConnections(file.connections ?? {}),
    ...Object.entries(file.values ?? {}).flatMap(([name, reference]) =>
      checkReference(reference, ['values', name]),
    ),
    ...checkAccess(file),
    ...checkInterpolation(file),
  ];
}

/** Keys whose values may hold `${` for reasons of their own, or are looked at elsewhere. */
const NOT_INTERPOLATED_ELSEWHERE = new Set([
  'match',
  'words',
  'values',
  'pattern',
  'reason',
  'credential',
  'key',
  'cert',
  'client_ca',
]);

function checkInterpolation(value: unknown, at: Path = []): readonly ConfigIssue[] {
  if (typeof value === 'string') {
    return value.includes('${')
      ? [warning('not_interpolated', at, 'has a placeholder in it, and placeholders are not filled in')]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    NOT_INTERPOLATED_ELSEWHERE.has(key)
      ? []
      : checkInterpolation(item, [...at, Array.isArray(value) ? Number(key) : key]),
  );
}
