// A short form of `npm run crash`: a writing process is killed at random moments.
import { expect, it } from 'vitest';
import { crash } from './crash.ts';

it('a process killed at random moments under load loses no receipt, and leaves what was open as interrupted', async () => {
  const report = await crash(6, 250, Math.random);
  expect(report.receipts).toBeGreaterThan(0);
  expect(report).toMatchObject({ lost: 0, stillOpen: 0, whole: true, tree: true });
  expect(report.interrupted).toBeGreaterThan(0);
}, 120_000);
