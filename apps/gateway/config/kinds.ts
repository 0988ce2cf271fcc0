// What the built-in detectors find: with it, a rule for a kind that nothing finds is an error.
import { builtin } from '@sluice/inspect/detectors/index';
import type { KnownKind } from '@sluice/policy';

export const KINDS: readonly KnownKind[] = builtin.map(({ kind, direction }) => ({ kind, direction }));
