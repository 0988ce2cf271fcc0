// The engine in a browser: bundled with all detectors, it runs in a context that has the language and nothing else.
import path from 'node:path';
import vm from 'node:vm';
import { build } from 'vite';
import { expect, it } from 'vitest';

const ENTRY = 'virtual:entry';
const CODE = `
  import { compileEngine, mask, scan, transformer } from '@sluice/inspect';
  import { builtin } from '@sluice/inspect/detectors/index';
  const engine = compileEngine({ direction: 'response', detectors: builtin });
  const text = 'Write to ada@mail-of-customers.com or call +49 30 12345678.';
  const pieces = [];
  const piped = transformer(engine);
  for (const unit of text) piped.transform(unit, { enqueue: (piece) => pieces.push(piece) });
  piped.flush({ enqueue: (piece) => pieces.push(piece) });
  globalThis.result = JSON.stringify({ kinds: scan(engine, text).map(({ kind }) => kind), masked: mask(engine, text), piped: pieces.join('') });
`;

it('bundles for a browser and runs without anything of Node', async () => {
  const output = await build({
    root: path.join(import.meta.dirname, '..'),
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? CODE : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  const code =
    'output' in bundle! ? bundle.output.map((part) => ('code' in part ? part.code : '')).join('') : '';
  expect(code).not.toMatch(/__vite-browser-external|\brequire\(/);
  const context = vm.createContext({});
  vm.runInContext(code, context);
  const { kinds, masked, piped } = JSON.parse(context.result) as {
    kinds: string[];
    masked: string;
    piped: string;
  };
  expect(kinds).toEqual(['pii.email', 'pii.phone']);
  expect(masked).toBe('Write to [REDACTED:pii.email] or call [REDACTED:pii.phone].');
  expect(piped).toBe(masked);
});
