// What a reader of a stream can rely on, case by case.
import { describe, expect, it } from 'vitest';
import { type Cursor, compile, type GroupSpec } from './index.ts';

type Log = string[];

function reading(
  groups: readonly GroupSpec[],
  check: (text: string) => boolean = () => true,
): { cursor: Cursor; log: Log } {
  const log: Log = [];
  const cursor: Cursor = compile(groups).cursor(
    (group, pattern, start, end) => {
      const value = cursor.slice(start, end);
      log.push(`${group}.${pattern} ${start}-${end} ${value}`);
      return check(value);
    },
    (group, start, end) => log.push(`limit ${group} ${start}-${end}`),
  );
  return { cursor, log };
}

const KEY = `gh${'p_'}${'a1B2'.repeat(9)}`;

describe('a cursor', () => {
  it('settles a token of fixed length at its last unit, with nothing left open', () => {
    const { cursor, log } = reading([{ patterns: ['ghp_[A-Za-z0-9]{36}'] }]);
    cursor.push(`key ${KEY.slice(0, -1)}`);
    expect([log, cursor.open]).toEqual([[], 4]);
    cursor.push(KEY.slice(-1));
    expect([log, cursor.open]).toEqual([[`0.0 4-44 ${KEY}`], 44]);
  });

  it('settles a token that ends at a word boundary with the unit behind it', () => {
    const { cursor, log } = reading([{ patterns: ['\\bghp_[A-Za-z0-9]{36}\\b'] }]);
    cursor.push(KEY);
    expect([log, cursor.open]).toEqual([[], 0]);
    cursor.push('.');
    expect([log, cursor.open]).toEqual([[`0.0 0-40 ${KEY}`], 41]);
  });

  it('settles at the end what only the end decides', () => {
    const { cursor, log } = reading([{ patterns: ['\\d+$', '\\bend\\b'] }]);
    cursor.push('1 22 end');
    expect(log).toEqual([]);
    cursor.end();
    expect(log).toEqual(['0.1 5-8 end']);
    expect(cursor.open).toBe(8);
    expect(() => cursor.push('more')).toThrow('after the end');
  });

  it('holds nothing on words that cannot begin a match', () => {
    const { cursor } = reading([{ patterns: ['\\bghp_[A-Za-z0-9]{36}\\b', '\\b\\d{3}-\\d{2}-\\d{4}\\b'] }]);
    for (const chunk of ['It i', 's a ', 'plai', 'n te', 'xt, ', 'of t', 'wo o']) cursor.push(chunk);
    expect(cursor.open).toBe(cursor.position);
    cursor.push(' gh');
    expect(cursor.position - cursor.open).toBe(2);
  });

  it('searches again one unit behind a refused start, and behind the end of a taken match', () => {
    const refused = reading([{ patterns: ['a+'] }], (value) => value.length < 3);
    refused.cursor.push('aaaab');
    expect(refused.log).toEqual(['0.0 0-4 aaaa', '0.0 1-4 aaa', '0.0 2-4 aa']);
    const taken = reading([{ patterns: ['aa', 'aab'] }]);
    taken.cursor.push('aaaab');
    expect(taken.log).toEqual(['0.0 0-2 aa', '0.1 2-5 aab']);
  });

  it('keeps groups apart: what one finds does not hide what another does', () => {
    const { cursor, log } = reading([{ patterns: ['abc'] }, { patterns: ['bcd'] }, { patterns: ['c'] }]);
    cursor.push('abcd');
    expect(log).toEqual(['0.0 0-3 abc', '2.0 2-3 c', '1.0 1-4 bcd']);
  });

  it('prefers the lowest pattern among equal matches', () => {
    const { cursor, log } = reading([{ patterns: ['a.c', 'abc', 'ab'] }]);
    cursor.push('abc ');
    expect(log).toEqual(['0.0 0-3 abc']);
  });

  it('reports a candidate that outgrows its limit up to where it ends, in pieces', () => {
    const completed = reading([{ patterns: ['x+y'], maxLength: 4 }]);
    completed.cursor.push(`${'x'.repeat(10)}y xy`);
    completed.cursor.end();
    expect(completed.log).toEqual(['limit 0 0-4', 'limit 0 4-8', 'limit 0 8-11', '0.0 12-14 xy']);
    const disproved = reading([{ patterns: ['x+y'], maxLength: 4 }]);
    disproved.cursor.push(`${'x'.repeat(10)}z`);
    expect(disproved.log).toEqual(['limit 0 0-4', 'limit 0 4-8', 'limit 0 8-10']);
  });

  it('knows the age of a start that a disproved candidate had hidden', () => {
    const { cursor, log } = reading([{ patterns: ['a[^a]aa'], maxLength: 2 }]);
    for (const unit of 'a0aéa') cursor.push(unit);
    expect([log, cursor.open]).toEqual([['limit 0 0-2', 'limit 0 2-3', 'limit 0 2-4'], 4]);
  });

  it('finds once what ends before a unit and what ends behind it', () => {
    const apart = reading([{ patterns: ['a\\b', ' '] }]);
    apart.cursor.push('a ');
    expect(apart.log).toEqual(['0.0 0-1 a', '0.1 1-2  ']);
    const overlapping = reading([{ patterns: ['ab\\b', 'b ', ' '] }]);
    overlapping.cursor.push('ab ');
    expect(overlapping.log).toEqual(['0.0 0-2 ab', '0.2 2-3  ']);
  });

  it('settles a candidate that has matched with the longest end within the limit', () => {
    const { cursor, log } = reading([{ patterns: ['x+'], maxLength: 4 }]);
    cursor.push('xxxxxx ');
    expect(log).toEqual(['0.0 0-4 xxxx', '0.0 4-6 xx']);
  });

  it('keeps the text from a little before what is open, and no more', () => {
    const { cursor } = reading([{ patterns: ['\\bab+c'] }]);
    for (let i = 0; i < 5000; i++) cursor.push('word');
    expect(cursor.slice(cursor.open - 96, cursor.position)).toBe('word'.repeat(24));
    expect(() => cursor.slice(0, 4)).toThrow(RangeError);
    expect(() => cursor.slice(cursor.position, cursor.position + 1)).toThrow(RangeError);
    cursor.push(' a');
    for (let i = 0; i < 200; i++) cursor.push('bbbb');
    expect(cursor.slice(cursor.open, cursor.position)).toBe(`a${'b'.repeat(800)}`);
  });

  it('says when two cursors may be one from here on', () => {
    const program = compile([{ patterns: ['\\bab+c'] }]);
    const [a, b] = [program.cursor(() => true), program.cursor(() => true)];
    a.push('one text ');
    b.push('another ');
    expect(a.restsLike(b)).toBe(true);
    b.push('x');
    expect(a.restsLike(b)).toBe(false); // a word has begun: no boundary before what follows
    a.push('ab');
    b.push(' ab');
    expect(a.restsLike(b)).toBe(false); // something is open
    expect(a.restsLike(compile([{ patterns: ['z'] }]).cursor(() => true))).toBe(false);
  });

  it('reads a surrogate pair that is cut in two', () => {
    const { cursor, log } = reading([
      { patterns: ['\\x{1F600}+!', '[\\x{10000}-\\x{10FFFF}]{2}', '[^\\x{1F600}]\\?'] },
    ]);
    for (const unit of '😀😀!🙂?'.split('')) cursor.push(unit);
    cursor.end();
    expect(log).toEqual(['0.0 0-5 😀😀!', '0.2 5-8 🙂?']);
  });
});

describe('a program', () => {
  it('stays within its bytes, whatever it reads', () => {
    const cacheBytes = 200_000;
    const program = compile([{ patterns: ['(?:a|b)*a(?:a|b){14}c'] }, { patterns: ['x{1,300}y'] }], {
      cacheBytes,
    });
    let seed = 1;
    let text = '';
    for (let i = 0; i < 20_000; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      text += seed >>> 20 === 0 ? 'x'.repeat(400) : 'ab'[(seed >>> 16) & 1];
    }
    program.scan(text, () => true);
    const { bytes, flushes } = program.stats();
    expect(flushes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(cacheBytes + 50_000);
  });

  it('does not grow with the text', () => {
    const program = compile([
      { patterns: ['\\b[a-z]{1,20}@[a-z]{1,20}\\.com\\b'] },
      { patterns: ['\\bshow\\b.{0,40}\\bthe keys\\b'] },
    ]);
    const text = 'show me mail to ann@example.com and the keys, or show it. ';
    program.scan(text.repeat(20), () => true);
    const before = program.stats();
    program.scan(text.repeat(2000), () => true);
    expect(program.stats()).toEqual(before);
  });

  it('refuses bounds that make no sense', () => {
    expect(() => compile([{ patterns: ['a'], maxLength: 0 }])).toThrow(RangeError);
    expect(() => compile([{ patterns: ['a'] }], { cacheBytes: -1 })).toThrow(RangeError);
  });
});
