// What can be read in two ways is refused; what passes is forwarded exactly as it was inspected. Raw sockets, since no client
// library would send most of this.
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';
import { rawRequest, sendRaw } from '../testing/raw.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const body = (content: string) =>
  JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content: `echo: ${content}` }] });

const send = (bytes: Buffer) => sendRaw(harness.gateway.dataUrl, bytes);
const ask = (...given: Parameters<typeof rawRequest> extends [string, ...infer Rest] ? Rest : never) =>
  rawRequest(harness.key, ...given);

/** Statuses, and whether the model server was asked. */
async function outcome(
  bytes: Buffer,
): Promise<{ statuses: readonly number[]; forwarded: number; text: string }> {
  const before = harness.leaky.received.length;
  const { statuses, text } = await send(bytes);
  return { statuses, forwarded: harness.leaky.received.length - before, text };
}

const REFUSED: Readonly<Record<string, { bytes: () => Buffer; status: number }>> = {
  'a key twice': {
    bytes: () => ask('{"model":"leaky-1","messages":[],"messages":[{"role":"user","content":"x"}]}'),
    status: 400,
  },
  'a key twice, once escaped': {
    bytes: () => ask('{"model":"leaky-1","messages":[],"m\\u0065ssages":[{"role":"user","content":"x"}]}'),
    status: 400,
  },
  'a byte-order mark': { bytes: () => ask(`\ufeff${body('x')}`), status: 400 },
  'bytes that are not UTF-8': {
    bytes: () =>
      ask(
        Buffer.concat([Buffer.from(body('x').slice(0, -6)), Buffer.from([0xc3, 0x28]), Buffer.from('"}]}')]),
      ),
    status: 400,
  },
  'an overlong UTF-8 form': {
    bytes: () =>
      ask(
        Buffer.concat([Buffer.from(body('x').slice(0, -4)), Buffer.from([0xc0, 0xaf]), Buffer.from('"}]}')]),
      ),
    status: 400,
  },
  'half a surrogate pair': { bytes: () => ask(body('x').replace('echo: x', 'echo: \\ud800')), status: 400 },
  'UTF-16': { bytes: () => ask(Buffer.from(body('x'), 'utf16le')), status: 400 },
  'something after the end': { bytes: () => ask(`${body('x')}{}`), status: 400 },
  'a comma too many': { bytes: () => ask(body('x').replace('}]}', '},]}')), status: 400 },
  'a comment': { bytes: () => ask(`/**/${body('x')}`), status: 400 },
  'a number that is none': { bytes: () => ask(body('x').replace('}]}', '}],"seed":01}')), status: 400 },
  NaN: { bytes: () => ask(body('x').replace('}]}', '}],"top_p":NaN}')), status: 400 },
  'a nesting without end': {
    bytes: () => ask(body('x').replace('}]}', `}],"metadata":${'['.repeat(5000)}${']'.repeat(5000)}}`)),
    status: 400,
  },
  nothing: { bytes: () => ask(''), status: 400 },
  'a list': { bytes: () => ask('[]'), status: 400 },
  'a body where none belongs': {
    bytes: () => ask('{}', { method: 'GET', target: '/gpt/v1/models' }),
    status: 400,
  },
  'another charset': {
    bytes: () => ask(body('x'), { type: 'application/json; charset=utf-16' }),
    status: 404,
  },
  'another type': { bytes: () => ask(body('x'), { type: 'text/plain' }), status: 404 },
  'no type': { bytes: () => ask(body('x'), { type: '' }), status: 404 },
  'two types': { bytes: () => ask(body('x'), { lines: ['content-type: text/plain'] }), status: 400 },
  'two credentials in one place': {
    bytes: () => ask(body('x'), { lines: ['authorization: Bearer slc_other'] }),
    status: 400,
  },
  'two hosts': { bytes: () => ask(body('x'), { lines: ['host: elsewhere'] }), status: 400 },
  'two lengths': { bytes: () => ask(body('x'), { lines: ['content-length: 5'] }), status: 400 },
  'a length and chunks': {
    bytes: () => ask(body('x'), { lines: ['transfer-encoding: chunked'] }),
    status: 400,
  },
  'chunks in another coding': {
    bytes: () => ask(body('x'), { unsized: true, lines: ['transfer-encoding: gzip, chunked'] }),
    status: 400,
  },
  'a chunk with a length that is none': {
    bytes: () => ask('0x2\r\n{}\r\n0\r\n\r\n', { unsized: true, lines: ['transfer-encoding: chunked'] }),
    status: 400,
  },
  'a blank before the colon': { bytes: () => ask(body('x'), { lines: ['x-a : b'] }), status: 400 },
  'a folded header': { bytes: () => ask(body('x'), { lines: ['x-a: b\r\n c: d'] }), status: 400 },
  'headers without end': {
    bytes: () => ask(body('x'), { lines: [`x-a: ${'b'.repeat(20_000)}`] }),
    status: 431,
  },
  'a whole URL': {
    bytes: () => ask(body('x'), { target: 'http://elsewhere/gpt/v1/chat/completions' }),
    status: 400,
  },
  'two dots': { bytes: () => ask(body('x'), { target: '/gpt/v1/x/../chat/completions' }), status: 400 },
  'two dots, escaped': {
    bytes: () => ask(body('x'), { target: '/gpt/v1/%2e%2e/v1/chat/completions' }),
    status: 400,
  },
  'one dot': { bytes: () => ask(body('x'), { target: '/gpt/./v1/chat/completions' }), status: 400 },
  'two slashes': { bytes: () => ask(body('x'), { target: '/gpt//v1/chat/completions' }), status: 400 },
  'two slashes before all': {
    bytes: () => ask(body('x'), { target: '//gpt/v1/chat/completions' }),
    status: 400,
  },
  'a slash at the end': { bytes: () => ask(body('x'), { target: '/gpt/v1/chat/completions/' }), status: 400 },
  'an escaped slash': { bytes: () => ask(body('x'), { target: '/gpt/v1/chat%2Fcompletions' }), status: 400 },
  'an escaped letter': { bytes: () => ask(body('x'), { target: '/gpt/v1/chat/completion%73' }), status: 400 },
  'a semicolon': { bytes: () => ask(body('x'), { target: '/gpt/v1/chat/completions;v=1' }), status: 400 },
  'a backslash': { bytes: () => ask(body('x'), { target: '/gpt/v1\\chat/completions' }), status: 400 },
  'capital letters': { bytes: () => ask(body('x'), { target: '/gpt/v1/Chat/Completions' }), status: 404 },
  'an unknown query': {
    bytes: () => ask(body('x'), { target: '/gpt/v1/chat/completions?user=me' }),
    status: 400,
  },
  'a query that this operation does not have': {
    bytes: () => ask(body('x'), { target: '/gpt/v1/chat/completions?limit=3' }),
    status: 404,
  },
  'another operation': { bytes: () => ask(body('x'), { target: '/gpt/v1/audio/speech' }), status: 404 },
  'another method': { bytes: () => ask(body('x'), { method: 'PUT' }), status: 404 },
  'an unknown coding': {
    bytes: () => ask(body('x'), { lines: ['content-encoding: compress'] }),
    status: 400,
  },
  'a coding that it is not in': {
    bytes: () => ask(body('x'), { lines: ['content-encoding: gzip'] }),
    status: 400,
  },
  'a chain of codings': {
    bytes: () => ask(gzipSync(gzipSync(body('x'))), { lines: ['content-encoding: gzip, gzip'] }),
    status: 400,
  },
  'a coding twice': {
    bytes: () => ask(gzipSync(body('x')), { lines: ['content-encoding: gzip', 'content-encoding: gzip'] }),
    status: 400,
  },
  'half of a coded body': {
    bytes: () => ask(gzipSync(body('x')).subarray(0, 40), { lines: ['content-encoding: gzip'] }),
    status: 400,
  },
  'something after a coded body': {
    bytes: () =>
      ask(Buffer.concat([gzipSync(body('x')), Buffer.from('{}')]), { lines: ['content-encoding: gzip'] }),
    status: 400,
  },
  'a bomb': {
    bytes: () => ask(gzipSync(Buffer.alloc(64 << 20)), { lines: ['content-encoding: gzip'] }),
    status: 413,
  },
  'a length that is too large': {
    bytes: () => ask('{}', { unsized: true, lines: ['content-length: 900000000'] }),
    status: 413,
  },
  'chunks without end': {
    bytes: () =>
      ask(Buffer.from(`100000\r\n${'a'.repeat(0x100000)}\r\n`.repeat(5)), {
        unsized: true,
        lines: ['transfer-encoding: chunked'],
      }),
    status: 413,
  },
};

describe('refused, and never forwarded', () => {
  it.each(Object.entries(REFUSED).map(([what, row]) => ({ what, ...row })))(
    '$what',
    async ({ bytes, status }) => {
      const { statuses, forwarded, text } = await outcome(bytes());
      expect(statuses, text.slice(0, 500)).toEqual([status]);
      expect(forwarded).toBe(0);
    },
  );

  it.each(['TRACE', 'CONNECT', 'HEAD', 'OPTIONS', 'DELETE'])('the method %s', async (method) => {
    const { statuses, forwarded } = await outcome(ask('', { method, type: '' }));
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(forwarded).toBe(0);
  });

  it('what is no HTTP/1.1', async () => {
    for (const bytes of ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'hello\r\n\r\n', '\x16\x03\x01\x02\x00\x01'])
      expect((await outcome(Buffer.from(bytes, 'latin1'))).forwarded).toBe(0);
  });
});

const CODINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  identity: (bytes) => bytes,
};

describe('a body in a content coding', () => {
  it.each(Object.keys(CODINGS))('is inspected, and forwarded as it was inspected: %s', async (coding) => {
    const lines = [`content-encoding: ${coding}`];
    const blocked = await outcome(ask(CODINGS[coding]!(Buffer.from(body(AWS))), { lines }));
    expect(blocked.statuses).toEqual([403]);
    expect(blocked.text).toContain('prompt_blocked');
    expect(blocked.forwarded).toBe(0);

    const passed = await outcome(ask(CODINGS[coding]!(Buffer.from(body('all is well'))), { lines }));
    expect(passed.statuses).toEqual([200]);
    const call = harness.leaky.received.at(-1)!;
    expect(call.body.toString()).toBe(body('all is well'));
    expect(call.headers['content-encoding']).toBeUndefined();
    expect(call.headers['content-length']).toBe(String(call.body.length));
  });
});

describe('one connection', () => {
  const lines = (request: Buffer) => request.toString('latin1').replace('connection: close\r\n', '');

  it('carries several calls at once, each inspected and answered in its turn', async () => {
    const calls = [body('first'), body(AWS), body('third')].map((text) => lines(ask(text)));
    const { statuses, text } = await send(
      Buffer.from(`${calls.join('')}${ask(body('last')).toString('latin1')}`),
    );
    expect(statuses).toEqual([200, 403, 200, 200]);
    expect([...text.matchAll(/"content":"(\w+)"/g)].map((match) => match[1])).toEqual([
      'first',
      'third',
      'last',
    ]);
    expect(text).not.toContain(AWS);
  });

  it('is closed when a call is refused before its body has come, so that the rest is not taken for the next call', async () => {
    const inner = lines(ask(body('smuggled')));
    for (const [key, target] of [
      [harness.key, '/gpt/v1/unknown'],
      ['slc_wrong', '/gpt/v1/chat/completions'],
    ] as const) {
      const options = { target, unsized: true, lines: ['content-length: 500000'] };
      const outer = lines(rawRequest(key, `${'x'.repeat(100)}${inner}`, options));
      const { statuses, forwarded } = await outcome(Buffer.from(outer));
      expect(statuses).toHaveLength(1);
      expect(statuses[0]).toBeGreaterThanOrEqual(400);
      expect(forwarded).toBe(0);
    }
  });

  it('is told to go on when it waits for that, after which its body is inspected', async () => {
    const { statuses } = await send(ask(body(AWS), { lines: ['expect: 100-continue'] }));
    expect(statuses).toEqual([100, 403]);
  });
});

describe('what passes', () => {
  const seen = () => harness.leaky.received.at(-1)!.body.toString();

  it('keeps every lexeme of its numbers', async () => {
    const numbers =
      '"n":[1e400,-0,-0.0,1E+2,0.1000000000000000055511151231257827,12345678901234567890123,1.0,5e-324,0e0]';
    const text = body('x').replace('}]}', `}],${numbers}}`);
    expect((await send(ask(text))).statuses).toEqual([200]);
    expect(seen()).toBe(text);
  });

  it('keeps blanks, escapes, order and what nobody knows, also beside a change', async () => {
    const parts = [
      '{ "z" : "\\u00e9\\/\\ud83d\\ude00" ,\n"model":\t"leaky-1", "messages": [ {"role":"user",',
      ' "content":"echo: ',
      '"} ] , "a":null }\r\n',
    ];
    const plain = `${parts[0]}${parts[1]}hi${parts[2]}`;
    expect((await send(ask(plain))).statuses).toEqual([200]);
    expect(seen()).toBe(plain);
    const mail = ['ada.lovelace', 'example.org'].join('@');
    expect((await send(ask(`${parts[0]}${parts[1]}${mail}${parts[2]}`))).statuses).toEqual([200]);
    expect(seen().startsWith(`${parts[0]}${parts[1]}EMAIL_`)).toBe(true);
    expect(seen().endsWith(parts[2]!)).toBe(true);
  });

  it('is the same in chunks as in one piece', async () => {
    const text = body('in chunks');
    const chunks = [...text].map((c) => `1;x=y\r\n${c}\r\n`).join('');
    const options = { unsized: true, lines: ['transfer-encoding: chunked'] };
    expect((await send(ask(`${chunks}0\r\nx-trailer: y\r\n\r\n`, options))).statuses).toEqual([200]);
    expect(seen()).toBe(text);
    const secret = [...body(AWS)].map((c) => `1\r\n${c}\r\n`).join('');
    expect((await send(ask(`${secret}0\r\n\r\n`, options))).statuses).toEqual([403]);
  });
});
