// Places read leniently are those that the whole configuration has, and are found in whatever is left of a broken file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../testing/certificate.ts';
import { loadText } from './load.ts';
import { placesOf } from './places.ts';
import { demoConfig, TEMPLATE } from './template.ts';

const GOOD = readFileSync(path.join(import.meta.dirname, 'fixtures/good.yaml'), 'utf8');
const { cert, key } = makeCertificate('a port');
const env = { OPENAI_API_KEY: 'synthetic-1', ANTHROPIC_API_KEY: 'synthetic-2', CERT: cert, KEY: key };
const HERE = '/somewhere';
const STANDARD = placesOf('', HERE);

describe('places', () => {
  test.each([
    ['a good file', GOOD],
    ['the template', TEMPLATE],
    [
      'that of the first run',
      demoConfig({ upstream: 'http://127.0.0.1:9', credential: 'env:OPENAI_API_KEY' }),
    ],
    ['a file that names none', 'access: [{}]\n'],
    [
      'ports under TLS',
      'access: [{}]\nlisten: { admin: { address: "[::1]:9", tls: { cert: env:CERT, key: env:KEY } } }\n',
    ],
    ['other files', 'access: [{}]\nstore: sqlite:../a.db\nseal: { key: file:/keys/b }\n'],
    ['a database', 'access: [{}]\nstore: postgres://sluice@db.example/sluice\n'],
    [
      'a database with a password',
      'access: [{}]\nstore: { url: "postgres://sluice@127.0.0.1:7/a%20b", password: env:OPENAI_API_KEY }\n',
    ],
    [
      'a database behind a certificate',
      'access: [{}]\nstore: { url: "postgres://s@localhost/s?host=/run/pg", tls: true, ca: env:CERT }\n',
    ],
  ])('are those of the whole configuration: %s', (_, text) => {
    const { config } = loadText(text, { directory: HERE, env });
    const { data, admin, store, keyFile } = placesOf(text, HERE, env);
    const port = ({
      host,
      port,
      tls,
    }: {
      host: string;
      port: number;
      tls: { cert: string | undefined } | undefined;
    }) => ({
      host,
      port,
      cert: tls?.cert,
    });
    expect({ data: port(data), admin: port(admin), store, keyFile }).toEqual({
      data: port(config!.listen.data),
      admin: port(config!.listen.admin),
      store: config!.store,
      keyFile: config!.seal.keyFile,
    });
  });

  test('are found beside mistakes, secrets that are not there, and broken lines', () => {
    const text = `listen: { admin: 127.0.0.1:7 }\nacess: 3\nstore: sqlite:a.db\nconnections: { a: { credential: env:NOT_THERE } }\nbroken: [`;
    expect(placesOf(text, HERE, {})).toMatchObject({
      admin: { port: 7 },
      store: { path: '/somewhere/a.db' },
    });
  });

  test.each([
    ['no address', 'listen: { admin: here }'],
    ['no mapping', '- a\n- b'],
    ['a value of another type', 'listen: 5\nstore: [1]\nseal: yes'],
    ['another store', 'store: postgres://x\nseal: { key: "aws-kms:x" }'],
    ['a nest of lists', '['.repeat(50_000)],
  ])('are the standard ones where there is %s', (_, text) => {
    expect(placesOf(text, HERE, {})).toEqual(STANDARD);
  });

  test('tell that TLS is spoken where its certificate cannot be read', () => {
    const text =
      'listen: { admin: { address: 127.0.0.1:7, tls: { cert: file:nowhere.pem, key: file:nowhere } } }';
    expect(placesOf(text, HERE, {}).admin).toEqual({ host: '127.0.0.1', port: 7, tls: { cert: undefined } });
  });

  test('never throw', () => {
    const piece = fc.oneof(
      fc.constantFrom('listen:', ' admin: ', '\n', '{', '[', '&a ', '*a', '"', ': ', '- ', '!!x ', '<<: '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => void placesOf(pieces.join(''), HERE, {})),
    );
  });
});
