// The embedded store passes the conformance suites: of stores, and of stores of a tree.
import { storeConformance } from '../../testing/conformance.ts';
import { testHome } from '../../testing/home.ts';
import { treeConformance } from '../../testing/tree-conformance.ts';
import { observe, SqliteStore } from './store.ts';

storeConformance('SQLite', () => {
  const home = testHome();
  return {
    open: () => SqliteStore.open({ path: home.path, segmentBytes: 1 << 20 }),
    openState: async () => {
      const observer = observe(home.path);
      return {
        state: observer.state,
        close: async () => {
          await observer.close();
          home.remove();
        },
      };
    },
    remove: async () => home.remove(),
  };
});

treeConformance('SQLite', () => {
  const home = testHome();
  return {
    open: () => SqliteStore.open({ path: home.path, segmentBytes: 1 << 20 }),
    remove: async () => home.remove(),
  };
});
