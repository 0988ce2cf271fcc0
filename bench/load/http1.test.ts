// The reader of HTTP messages has to agree with itself however a socket cuts the bytes.
import { describe, expect, test } from 'vitest';
import { MessageReader } from './http1.ts';

const MESSAGES = [
  {
    name: 'a body with a length',
    bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    body: 'hello',
  },
  {
    name: 'a body in chunks',
    bytes: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n',
    body: 'hello world',
  },
  {
    name: 'a body in chunks with a trailer',
    bytes:
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nx-sluice-findings: none\r\n\r\n',
    body: 'hi',
  },
  { name: 'no body', bytes: 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', body: '' },
  { name: 'an empty body', bytes: 'HTTP/1.1 204 OK\r\ncontent-length: 0\r\n\r\n', body: '' },
];

function read(pieces: readonly string[]): string[] {
  const bodies: string[] = [];
  let body = '';
  const reader = new MessageReader({
    head: () => {
      body = '';
    },
    body: (bytes) => {
      body += bytes.toString();
    },
    end: () => bodies.push(body),
  });
  for (const piece of pieces) reader.push(Buffer.from(piece));
  return bodies;
}

describe('a message reader', () => {
  test.each(MESSAGES)('reads $name, cut anywhere', ({ bytes, body }) => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(read([bytes.slice(0, cut), bytes.slice(cut)].filter((piece) => piece !== ''))).toEqual([body]);
    }
  });

  test('reads one message after another on the same connection, byte by byte', () => {
    const all = MESSAGES.map((message) => message.bytes).join('');
    expect(read([...all])).toEqual(MESSAGES.map((message) => message.body));
  });
});
