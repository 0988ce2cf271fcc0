// The files that are made from the schema are those that would be made now.
import { expect, test } from 'vitest';
import { outOfDate } from './schema.ts';

test('the JSON Schema and the configuration reference are up to date (npm run schema)', () => {
  expect(outOfDate()).toEqual([]);
});
