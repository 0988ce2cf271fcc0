// The words that packages share. Types and constant tables only: no behaviour, no imports from other packages.
export * from './action.ts';
export * from './errors.ts';
export type * from './finding.ts';
export type * from './lane.ts';
export type * from './principal.ts';
