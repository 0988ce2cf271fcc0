// Long regions: masked from the opener on, at once, with nothing of the body put out or kept waiting.
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { detector, everyCut, feed, treatment } from '../testing/lanes.ts';

const OPEN = '-----BEGIN PRIVATE ' + 'KEY-----';
const CLOSE = '-----END PRIVATE ' + 'KEY-----';
const BODY = '\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\nVJTUt9Us8cKjMzEfYyjiWA4R4ypb\n';

const engine = compileEngine({
  direction: 'response',
  detectors: [
    detector('secret.key', OPEN, { region: { body: '[A-Za-z0-9+/=\\s]', closer: CLOSE, max: 400 } }),
    detector('note', 'note .*KEY'),
    detector('late', 'MIIE\\w+'),
    detector('bad', '4R4yp'),
  ],
});

const KEY = OPEN + BODY + CLOSE;
const LABEL = '[REDACTED:secret.key]';

describe('a key block', () => {
  it.each([
    ['alone', KEY, LABEL],
    ['in text', `Here:\n${KEY}\nDone.`, `Here:\n${LABEL}\nDone.`],
    ['twice', `${KEY}\n${KEY}`, `${LABEL}\n${LABEL}`],
    ['without an end', `a ${OPEN}${BODY}`, `a ${LABEL}`],
    ['ended by something else', `${OPEN}${BODY}<b>`, `${LABEL}<b>`],
    ['with part of an end, which goes with it', `${OPEN}${BODY}-----END <b>`, `${LABEL}<b>`],
    ['with a second opener inside, which is part of it', `${OPEN}\n${OPEN}x.`, `${LABEL}.`],
    ['joined to what reaches into it, by the kind of the first', `note ${KEY}`, '[REDACTED:note]'],
    ['escaped in a string', `"${KEY.replaceAll('\n', '\\n')}"`, `"${LABEL}"`],
  ])('%s is masked the same however it is cut', (_name, text, out) => {
    for (const chunks of everyCut(text)) expect(feed(engine, chunks).out).toBe(out);
  });

  it('shows its label with the opener, and holds nothing of its body', () => {
    const lane = engine.lane({
      treat: () => treatment('mask'),
      keyed: { hash: () => '', token: () => '' },
      onFinding: () => undefined,
    });
    expect(lane.push(OPEN)).toBe(LABEL);
    for (const unit of BODY.split('')) expect(lane.push(unit)).toBe('');
    expect(lane.edits).toBe(1);
  });

  it('is told once, when it is over, with where it ends', () => {
    const { findings } = feed(engine, [`a ${KEY} b`], { treat: () => treatment('flag') });
    expect(
      findings.filter(({ kind }) => kind === 'secret.key').map(({ start, end }) => [start, end]),
    ).toEqual([[2, 2 + KEY.length]]);
  });

  it('ends at its greatest length', () => {
    const text = `${OPEN}${'A'.repeat(1000)}`;
    const { out } = feed(engine, text.split(''));
    expect(out).toBe(LABEL + 'A'.repeat(OPEN.length + 1000 - 400));
  });

  it('waits for its end where the replacement needs the value', () => {
    const lane = engine.lane({
      treat: () => treatment('mask', 'last4'),
      keyed: { hash: () => '', token: () => '' },
      onFinding: () => undefined,
    });
    expect(lane.push(OPEN + BODY)).toBe('');
    expect(lane.push(CLOSE) + lane.end()).toBe('****----');
  });

  it('is cut by what is blocked inside it', () => {
    const lane = engine.lane({
      treat: ({ kind }) => treatment(kind === 'bad' ? 'block' : 'mask'),
      keyed: { hash: () => '', token: () => '' },
      onFinding: () => undefined,
    });
    expect(lane.push(`a ${OPEN}`)).toBe(`a ${LABEL}`);
    expect(() => lane.push(BODY)).toThrow('cut by a rule for bad');
    expect(() => lane.push('more')).toThrow('cut by a rule for bad');
  });
});
