// How the tests are run: real processes, two at a time, and nothing that depends on the machine's own Node options.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['checks/seed.ts'],
    include: ['packages', 'apps', 'bypass', 'checks', 'bench', 'eval'].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--import', new URL('scripts/quiet.mjs', import.meta.url).href],
  },
});
