// All the ways in which the model server can go wrong, by name.
import { CONTENT_FAULTS } from './content.ts';
import { ENDLESS_FAULTS } from './endless.ts';
import type { Fault } from './spoiled.ts';
import { WIRE_FAULTS } from './wire.ts';

export type { Fault } from './spoiled.ts';

export const FAULTS: Readonly<Record<string, Fault>> = {
  ...WIRE_FAULTS,
  ...CONTENT_FAULTS,
  ...ENDLESS_FAULTS,
};
