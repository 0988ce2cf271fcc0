// One suite for every protocol: whatever a provider sends, each text of it is seen, nothing of a masked value gets out however
// the bytes arrive, and what needs no mask passes as it came.

import { ERRORS, type ErrorCode, type OpenLane, type Refusal } from '@sluice/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../malformed.ts';
import type { Protocol } from '../protocol.ts';
import type { Fixtures, StreamFixture } from './fixture.ts';
import { identity } from './identity.ts';
import { MASK, masking, type Opened } from './masking.ts';
import { assemble, dataOf, isObject, type Json, runStream, visible, visibleInStream } from './wire.ts';

/** Has an escape, a surrogate pair and letters, so that every kind of split can hit it. */
const CANARY = 'kanari "7Q\u{1F600}4X" end';
/** As long as a token: what may not leak even in part. */
const PARTS = ['kanari', '7Q', '4X'];
const JSON_TYPE = 'application/json';

export function conformance(name: string, protocol: Protocol, fixtures: Fixtures): void {
  describe(`${name}: requests`, () => requestSuite(protocol, fixtures));
  describe(`${name}: whole answers`, () => wholeSuite(protocol, fixtures));
  for (const stream of fixtures.streams)
    describe(`${name}: streamed ${stream.name}`, () => streamSuite(protocol, fixtures, stream));
  describe(`${name}: refusals`, () => refusalSuite(protocol));
}

/** Every copy of `value` in which one string, or one key, is the canary. Numbers become the number given. */
function* planted(value: Json, canary: string, path = ''): Generator<{ path: string; value: Json }> {
  if (typeof value === 'string') yield { path, value: canary };
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const found of planted(item, canary, `${path}[${at}]`))
        yield { path: found.path, value: value.map((other, i) => (i === at ? found.value : other)) };
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const put = (name: string, inner: Json): Json =>
        Object.fromEntries(Object.entries(value).map(([k, v]) => (k === key ? [name, inner] : [k, v])));
      yield { path: `${path}.${key}#key`, value: put(canary, item) };
      for (const found of planted(item, canary, `${path}.${key}`))
        yield { path: found.path, value: put(key, found.value) };
    }
  }
}

function requestSuite(protocol: Protocol, { requests }: Fixtures): void {
  test.each(requests)(
    '$name: a canary in any string or key is among the texts, and an edit takes it out',
    ({ claim, body }) => {
      for (const { path, value } of planted(body, CANARY)) {
        const sent = Buffer.from(JSON.stringify(value));
        const decoded = (() => {
          try {
            return protocol.decode(claim, sent);
          } catch (error) {
            expect(error, path).toBeInstanceOf(Malformed);
            return undefined;
          }
        })();
        if (decoded === undefined) continue;
        const at = decoded.texts.findIndex(({ text }) => text === CANARY);
        expect(at, path).toBeGreaterThanOrEqual(0);
        expect(decoded.texts[at]!.lane, path).not.toContain('kanari');
        const rewritten = decoded.rewrite(new Map([[at, MASK]]));
        expect(visible(JSON.parse(rewritten.toString()) as Json), path).not.toContain(CANARY);
        expect(rewritten.toString().replace(JSON.stringify(MASK), JSON.stringify(CANARY)), path).toBe(
          sent.toString(),
        );
      }
    },
  );

  test.each(requests)('$name: lanes are unique, and without edits every byte stays', ({ claim, body }) => {
    const sent = Buffer.from(JSON.stringify(body, null, 1));
    const decoded = protocol.decode(claim, sent);
    expect(new Set(decoded.texts.map(({ lane }) => lane)).size).toBe(decoded.texts.length);
    expect(decoded.rewrite(new Map()).equals(sent)).toBe(true);
    for (const end of decoded.messageEnds) expect(sent[end - 1]).toBe('}'.charCodeAt(0));
  });

  test.each(requests)(
    '$name: the digest does not see order, spaces, escapes and streaming',
    ({ claim, body }) => {
      const shuffled = Buffer.from(
        JSON.stringify(reversed(body), null, 2)
          .replaceAll('e', '\\u0065')
          .replaceAll('tru\\u0065', 'true')
          .replaceAll('fals\\u0065', 'false'),
      );
      const digest = protocol.decode(claim, Buffer.from(JSON.stringify(body))).digestInput([]);
      expect(protocol.decode(claim, shuffled).digestInput([]).equals(digest)).toBe(true);
      const loud = { ...(body as object), stream: false, model: 'm', nonce: 1 };
      const quiet = { ...(body as object), stream: true, model: 'm', nonce: 2 };
      const of = (value: object, ...without: string[]) =>
        protocol.decode(claim, Buffer.from(JSON.stringify(value))).digestInput(without);
      expect(of(loud, 'nonce').equals(of(quiet, 'nonce'))).toBe(true);
      expect(of(loud).equals(of(quiet))).toBe(false);
    },
  );
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

function wholeSuite(protocol: Protocol, { whole }: Fixtures): void {
  test.each(whole)(
    '$name: a canary in any string or key is seen and does not get out',
    ({ claim, status, body }) => {
      for (const { path, value } of planted(body, CANARY)) {
        const seen: Opened[] = [];
        const sent = Buffer.from(JSON.stringify(value));
        const out = protocol.editWhole(claim, status, JSON_TYPE, sent, masking(CANARY, seen)).body;
        expect(visible(JSON.parse(out.toString()) as Json).join('\u0000'), path).not.toContain(CANARY);
        expect(seen.map(({ info }) => info.id).join(' '), path).not.toContain('kanari');
      }
    },
  );

  test.each(whole)(
    '$name: without masks every byte stays, white space and number lexemes included',
    ({ claim, status, body }) => {
      for (const sent of [
        JSON.stringify(body),
        JSON.stringify(body, null, 2).replaceAll(': 1', ': 1.0e0').replaceAll('/', '\\/'),
      ]) {
        const bytes = Buffer.from(sent);
        expect(protocol.editWhole(claim, status, JSON_TYPE, bytes, identity()).body.toString()).toBe(sent);
        expect(
          protocol
            .editWhole(claim, status, 'application/json; charset=utf-8', bytes, identity(undefined, 5))
            .body.toString(),
        ).toBe(sent);
      }
    },
  );

  test('what is not JSON in UTF-8 does not pass', () => {
    const [{ claim }] = whole as [Fixtures['whole'][number]];
    const run = (type: string | undefined, body: string) => () =>
      protocol.editWhole(claim, 200, type, Buffer.from(body), identity());
    expect(run('text/html', '<p>')).toThrow(Malformed);
    expect(run(undefined, '{}')).toThrow(Malformed);
    expect(run('application/json; charset=utf-16', '{}')).toThrow(Malformed);
    expect(run(JSON_TYPE, '{"a":1,"a":2}')).toThrow(Malformed);
    expect(run(JSON_TYPE, '')).toThrow(Malformed);
    expect(protocol.editWhole(claim, 502, undefined, Buffer.alloc(0), identity()).body.length).toBe(0);
  });
}

function streamSuite(
  protocol: Protocol,
  fixtures: Fixtures,
  { claim, events, growing }: StreamFixture,
): void {
  const bytes = fixtures.write(events);
  const run = (open: OpenLane, sent: Buffer, cuts: readonly number[] = []) =>
    runStream(protocol, claim, open, sent, cuts);

  test('without masks the same bytes arrive', () => {
    expect(run(identity(), bytes)?.toString()).toBe(bytes.toString());
  });

  test('an editor that holds text back changes nothing of what a client adds up', () => {
    for (const hold of [1, 2, 7, 1000]) {
      const out = run(identity(undefined, hold), bytes)!;
      expect(assemble(out), `hold ${hold}`).toEqual(assemble(bytes));
    }
  });

  test('a canary in any string or key of any event does not get out', () => {
    for (const [at, event] of events.entries()) {
      for (const { path, value } of planted(event, CANARY)) {
        const out = run(
          masking(CANARY),
          fixtures.write(events.map((other, i) => (i === at ? value : other))),
        );
        // Without its type or index an event cannot be placed, and is refused; all else is read.
        if (out === undefined) expect(path).toMatch(/^$|(?:type|index|id|error)(?:#key)?$/);
        else expect(visibleInStream(out), `${at} ${path}`).not.toContain(CANARY);
      }
    }
  });

  test('every split of the bytes gives the same bytes, in every style of line', () => {
    for (const sent of [bytes, Buffer.from(`: hello\n\nid: 7\n${bytes.toString()}`), crlf(bytes)]) {
      const whole = run(masking('there'), sent)!.toString();
      // Every single one over the first frames, every seventh after; then all of them at once.
      for (let cut = 1; cut < sent.length; cut += sent === bytes && cut < 800 ? 1 : 7)
        if (run(masking('there'), sent, [cut])!.toString() !== whole) expect.fail(`split at ${cut}`);
      const all = Array.from({ length: sent.length }, (_, at) => at);
      expect(run(masking('there'), sent, all)!.toString()).toBe(whole);
    }
  });

  test('line endings of all kinds and data in several lines read the same', () => {
    const plain = run(masking('there'), bytes)!.toString();
    for (const end of ['\r\n', '\r']) {
      const other = Buffer.from(bytes.toString().replaceAll('\n', end));
      expect(run(masking('there'), other)!.toString()).toBe(plain);
    }
    const lines = Buffer.from(bytes.toString().replaceAll('data: {"', 'data: {\ndata:   "'));
    expect(assemble(run(masking('there'), lines)!)).toEqual(assemble(Buffer.from(plain)));
  });

  test('a stream that ends too early is torn', () => {
    const last = fixtures.write(events.slice(0, -1));
    expect(run(identity(), last.subarray(0, last.length - 3))).toBeUndefined();
  });

  test('a cut ends the answer and releases nothing held', () => {
    const secret = Buffer.from(bytes.toString().replaceAll('there', JSON.stringify(CANARY).slice(1, -1)));
    for (const why of ['policy', 'limit'] as const) {
      for (let at = 0; at <= secret.length; at += 97) {
        const parts: Buffer[] = [];
        const editor = protocol.editStream(claim, masking(CANARY), { write: (piece) => parts.push(piece) });
        editor.push(secret.subarray(0, at));
        editor.cut(why, { code: 'response_blocked', session: 's-1' });
        expect(editor.done).toBe(true);
        const out = Buffer.concat([...parts, editor.terminator]);
        for (const data of dataOf(out)) if (data !== '[DONE]') JSON.parse(data);
        expect(visibleInStream(out)).not.toContain('kanari');
      }
    }
  });

  if (growing === undefined) return;
  const { before, piece, after } = growing;
  /** With a false start, which has to be given back whole. */
  const around = `It is ${CANARY}, and kanari "7Q again ${CANARY}`;
  const alone = `It is ${CANARY}.`;
  const stream = (parts: readonly string[], style = (json: string) => json): Buffer =>
    Buffer.from(style(fixtures.write([...before, ...parts.map(piece), ...after]).toString('utf8')));
  const escaped = (json: string) =>
    json.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
  const check = (out: Buffer | undefined, text: string, name: string) => {
    const shown = visible(assemble(out!));
    if (!shown.includes(text.replaceAll(CANARY, MASK))) expect.fail(`${name}: ${JSON.stringify(shown)}`);
    const all = visibleInStream(out!);
    for (const part of PARTS) if (text === alone && all.includes(part)) expect.fail(`${name} leaks`);
  };

  test('a value split over two events at any code unit is masked, half a surrogate pair included', () => {
    for (const text of [around, alone]) {
      for (let cut = 0; cut <= text.length; cut++) {
        const parts = [text.slice(0, cut), text.slice(cut)].filter((part) => part !== '');
        check(run(masking(CANARY), stream(parts)), text, `cut ${cut}`);
        check(run(masking(CANARY), stream(parts, escaped)), text, `escaped, cut ${cut}`);
      }
    }
  });

  test('no split into events and bytes leaks any part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(around.length), { maxLength: 12 }),
        fc.array(fc.nat(4000), { maxLength: 6 }),
        (units, cuts) => {
          const borders = [0, ...units.sort((a, b) => a - b), around.length];
          const parts = borders
            .slice(1)
            .map((end, i) => around.slice(borders[i], end))
            .filter((part) => part !== '');
          const sent = stream(parts, escaped);
          const out = run(
            masking(CANARY),
            sent,
            cuts.filter((cut) => cut < sent.length).sort((a, b) => a - b),
          );
          check(out, around, JSON.stringify(parts));
          expect(run(masking(CANARY), sent)!.equals(out!)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('text one code unit at a time: what is out at any moment holds no part of the value', () => {
    const parts = [...`It is ${CANARY}.`];
    const sent = stream(parts);
    let out = '';
    const editor = protocol.editStream(claim, masking(CANARY), {
      write: (bytes) => (out += bytes.toString()),
    });
    for (let at = 0; at < sent.length; at += 17) {
      editor.push(sent.subarray(at, at + 17));
      const shown = visible(assemble(Buffer.from(out))).join(' ');
      for (const part of PARTS) expect(shown).not.toContain(part);
    }
    editor.end();
  });
}

function crlf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString().replaceAll('\n', '\r\n'));
}

function refusalSuite(protocol: Protocol): void {
  test.each(Object.keys(ERRORS) as ErrorCode[])(
    '%s is an error in shape, with code, session and advice on retrying',
    (code) => {
      const refusal: Refusal = {
        code,
        session: 'ses_1',
        detail: 'More.',
        retryAfter: 5,
        approval: { id: 'apr_1', url: 'http://x/apr_1' },
      };
      const shaped = protocol.refuse(refusal);
      const body = JSON.parse(shaped.body.toString()) as {
        error: { code: string; message: string; type: string };
      };
      expect(body.error.code).toBe(code);
      expect(body.error.type).toBe(protocol.errorType(code));
      expect(body.error.message).toContain(ERRORS[code].message);
      expect(shaped.body.toString()).toContain('apr_1');
      expect(shaped.body.toString()).toContain('ses_1');
      expect(shaped.headers['content-type']).toBe('application/json');
      expect(shaped.headers['x-sluice-session']).toBe('ses_1');
      expect(shaped.headers['retry-after']).toBe('5');
      expect(shaped.headers['x-should-retry']).toBe(ERRORS[code].retry ? undefined : 'false');
      if (code !== 'overloaded') expect(shaped.status).toBe(ERRORS[code].status);
      expect(JSON.parse(dataOf(protocol.refuseInStream(refusal))[0]!)).toEqual(
        JSON.parse(shaped.body.toString()),
      );
    },
  );

  test('a fault in mid-stream is the error event, and nothing follows it', () => {
    let out = '';
    const editor = protocol.editStream({ operation: 'chat', body: true }, identity(), {
      write: (bytes) => (out += bytes.toString()),
    });
    editor.fail({ code: 'upstream_error', session: 'ses_1' });
    editor.push(Buffer.from('data: x\n\n'));
    editor.end();
    editor.cut('policy', { code: 'response_blocked', session: 'ses_1' });
    expect(dataOf(Buffer.from(out))).toHaveLength(1);
    expect(editor.done).toBe(true);
    expect(editor.terminator.length).toBe(0);
  });
}
