// The small surface for those who use the engine alone.
import { describe, expect, it } from 'vitest';
import { compileEngine, mask, StreamCut, scan, scanLine, stream, transformer } from './index.ts';
import { detector, keyed, treatment } from './testing/lanes.ts';

const engine = compileEngine({
  direction: 'prompt',
  detectors: [detector('mail', '\\w+@\\w+\\.com'), detector('answer', 'never', { direction: 'response' })],
  custom: [
    { name: 'project', direction: 'prompt', words: ['Bluebird', 'Épervier'], patterns: ['BB-\\d+'] },
    { name: 'other', direction: 'response', words: ['never'] },
  ],
});

async function collect(chunks: string[]): Promise<string[]> {
  const out: string[] = [];
  for await (const text of stream(engine, chunks)) out.push(text);
  return out;
}

describe('the library', () => {
  it('lists findings in order, with their places', () => {
    expect(scan(engine, 'BB-7: ann@x.com').map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ['custom.project', 0, 4],
      ['mail', 6, 15],
    ]);
  });

  it('masks with a label unless told otherwise', () => {
    expect(mask(engine, 'to ann@x.com')).toBe('to [REDACTED:mail]');
    expect(mask(engine, 'to ann@x.com', { treat: () => treatment('strip') })).toBe('to ');
  });

  it('masks a text that arrives in chunks, and yields what is settled', async () => {
    const out = await collect(['Write to an', 'n@x', '.com now', '.']);
    expect(out.join('')).toBe('Write to [REDACTED:mail] now.');
    expect(out[0]).toBe('Write to ');
  });

  it('masks as a web stream does, and errors it where a rule cuts', async () => {
    const through = async (options = {}): Promise<string> => {
      const out: string[] = [];
      const source = new Blob(['Write to an', 'n@x', '.com now.'])
        .stream()
        .pipeThrough(new TextDecoderStream());
      const masked = source.pipeThrough(new TransformStream(transformer(engine, options)));
      for await (const text of masked) out.push(text);
      return out.join('');
    };
    expect(await through()).toBe('Write to [REDACTED:mail] now.');
    await expect(through({ treat: () => treatment('block') })).rejects.toThrow(StreamCut);
  });

  it('throws where a rule cuts, and not the value with it', async () => {
    const blocked = stream(engine, ['so ann@x.com!'], { treat: () => treatment('block') });
    const cut = await blocked.next().catch((error: unknown) => error);
    expect(cut).toBeInstanceOf(StreamCut);
    expect((cut as StreamCut).settled).toBe('so ');
    expect(JSON.stringify(cut) + String(cut)).not.toContain('ann');
  });

  it('matches words of a list whole and without regard to case, and nothing of the other direction', () => {
    expect(mask(engine, 'bluebird Bluebirds BLUEBIRD. épervier éperviér never')).toBe(
      '[REDACTED:custom.project] Bluebirds [REDACTED:custom.project]. [REDACTED:custom.project] éperviér never',
    );
  });

  it('scans a line the same in chunks of any size, and reads a block as a mask', () => {
    const input = { id: 7, text: 'BB-7: ann@x.com, bob@y.com' };
    const treat = ({ kind }: { kind: string }) => treatment(kind === 'mail' ? 'block' : 'mask', 'last4');
    const whole = scanLine(engine, treat, input, keyed);
    expect(whole).toEqual({
      id: 7,
      findings: [
        { kind: 'custom.project', detector: 'custom.project', start: 0, end: 4 },
        { kind: 'mail', detector: 'mail', start: 6, end: 15 },
        { kind: 'mail', detector: 'mail', start: 17, end: 26 },
      ],
      output: '****7: ****om, ****om',
    });
    for (const chunk of [1, 2, 5, 100]) expect(scanLine(engine, treat, input, keyed, chunk)).toEqual(whole);
  });
});
