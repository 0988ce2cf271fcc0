// Notes, keys and checkpoints in the formats that others read: what is written reads back, and anything else does not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { logKey, parseVkey } from './keys.ts';
import { isSignedBy, parseNote, parseSignatures, signNote } from './note.ts';

const key = logKey('sluice.local/a', Buffer.alloc(32, 1));
const other = logKey('sluice.local/a', Buffer.alloc(32, 2));
const open = (vkey: string) => parseVkey(vkey)!;
const root = Buffer.alloc(32, 9);

// The worked example of C2SP `signed-note` (and of Go's package): its key and its note.
const EXAMPLE_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const EXAMPLE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

describe('a public key', () => {
  it('in the published form is read, and its note verifies', () => {
    expect(isSignedBy(parseNote(EXAMPLE)!, open(EXAMPLE_KEY))).toBe(true);
    expect(isSignedBy(parseNote(EXAMPLE.replace('answer', 'Answer'))!, open(EXAMPLE_KEY))).toBe(false);
  });

  it.each([
    ['another id', EXAMPLE_KEY.replace('c74f20a3', 'c74f20a4')],
    ['another kind', EXAMPLE_KEY.replace('+ARpc', '+AhpC')],
    ['no name', EXAMPLE_KEY.replace('PeterNeumann', '')],
    ['a space', EXAMPLE_KEY.replace('Peter', 'Peter ')],
    ['a part left out', EXAMPLE_KEY.slice(0, -1)],
  ])('with %s is none', (_, vkey) => {
    expect(parseVkey(vkey)).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  const note = signCheckpoint(7, root, key);

  it('is the three lines of the format, an empty one and a signature', () => {
    expect(note.split('\n').slice(0, 5)).toEqual([
      'sluice.local/a',
      '7',
      root.toString('base64'),
      '',
      expect.stringMatching(/^— sluice\.local\/a \S+$/),
    ]);
    expect(openCheckpoint(note, open(key.vkey))).toEqual({ origin: 'sluice.local/a', size: 7, root });
  });

  it.each([
    ['signed with another key of the same name', signCheckpoint(7, root, other)],
    ['with another size', note.replace('\n7\n', '\n8\n')],
    [
      'of another log, rightly signed',
      signNote(`sluice.local/b\n7\n${root.toString('base64')}\n`, key.name, key.id, key.private),
    ],
    ['without its signature', note.split('\n\n')[0]!],
    [
      'with a second signature of the key that is wrong',
      `${note + note.split('\n').at(-2)!.replace(/.{5}$/, 'AAAA=')}\n`,
    ],
    ['that is no checkpoint', signNote('sluice.local/a\nhello\n', key.name, key.id, key.private)],
  ])('%s is not taken', (_, text) => {
    expect(openCheckpoint(text, open(key.vkey))).toBeUndefined();
  });

  it.each(['a\n07\n', 'a\n7\n', 'a\n-1\n', 'a\n1e3\n', '\n7\n'])(
    'that begins with %j is malformed',
    (text) => {
      expect(
        parseCheckpoint(`${text}${text.includes('7') ? 'x' : root.toString('base64')}\n`),
      ).toBeUndefined();
    },
  );

  it('may carry lines that are not known, which its signature covers', () => {
    const extended = `sluice.local/a\n7\n${root.toString('base64')}\nextra 1\n`;
    expect(openCheckpoint(signNote(extended, key.name, key.id, key.private), open(key.vkey))?.size).toBe(7);
  });
});

describe('a note', () => {
  it('reads back as what was signed, whatever its text', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        const text = `${line}\n`;
        const parsed = parseNote(signNote(text, key.name, key.id, key.private));
        expect(parsed?.text).toBe(text);
        expect(isSignedBy(parsed!, open(key.vkey))).toBe(true);
        expect(isSignedBy(parsed!, open(other.vkey))).toBe(false);
      }),
    );
  });

  it('that is damaged anywhere does not verify', () => {
    const note = signCheckpoint(7, root, key);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 2 }), (at, put) => {
        const changed = note.slice(0, at) + put + note.slice(at + 1);
        if (changed !== note) expect(openCheckpoint(changed, open(key.vkey))).toBeUndefined();
      }),
    );
  });

  it('of any text is a note or none, and never an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `a\n\n— ${text}\n`),
        ),
        (text) => {
          parseNote(text);
          parseSignatures(text);
          parseVkey(text);
          parseCheckpoint(text);
        },
      ),
    );
  });
});
