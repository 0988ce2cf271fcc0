// The disguises of `bypass/`, as the evaluation groups them: one that is added there is measured here without a line.
import { DISGUISES } from '../bypass/disguises.ts';

export interface Worn {
  readonly name: string;
  readonly wear: (value: string) => string;
}

export const disguises: readonly Worn[] = DISGUISES.filter(({ name }) => name !== 'none').map(
  ({ name, wear }) => ({
    name,
    wear,
  }),
);
