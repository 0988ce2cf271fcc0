// The store of several gateways passes the conformance suite of stores, on a server of its own.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { storeConformance } from '../../testing/conformance.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../../testing/postgres.ts';
import { treeConformance } from '../../testing/tree-conformance.ts';
import type { PostgresOptions } from './database.ts';
import { observe, PostgresStore } from './store.ts';

if (noPostgres !== undefined) it.skip(`PostgreSQL as a store (skipped: ${noPostgres})`, () => undefined);
else
  describe('with a server', () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.remove());

    let schemas = 0;
    storeConformance(
      'PostgreSQL',
      () => {
        const schema = `sluice_${++schemas}`;
        const options = (): PostgresOptions => ({ ...server, schema });
        return {
          open: () => PostgresStore.open(options()),
          openState: () => observe(options()),
          remove: async () => undefined,
        };
      },
      0.2,
    );
    treeConformance('PostgreSQL', () => {
      const schema = `sluice_${++schemas}`;
      return {
        open: () => PostgresStore.open({ ...server, schema }),
        remove: async () => undefined,
      };
    });
  });
