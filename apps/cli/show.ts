// One session in words: its facts, its steps, what was found, and its texts. Everything in it that others wrote is made
// harmless for the terminal.
import type { Replay } from '@sluice/ledger';
import { when } from './output.ts';
import { Spoken } from './spoken.ts';
import { visible } from './text.ts';

export interface ShownPiece {
  /** Milliseconds since the exchange began. */
  readonly at: number;
  readonly text: string;
}

/** A replay as the admin API gives it: bytes as text. */
export interface ShownReplay
  extends Pick<Replay, 'summary' | 'promptFindings' | 'responseFindings' | 'steps'> {
  readonly forwarded: string | null;
  readonly delivered: readonly ShownPiece[];
  readonly received?: string;
  readonly original?: readonly ShownPiece[];
}

/** A line for each fact, as `name  value`. */
export function factsOf({ summary }: ShownReplay): string {
  const { principal, policy } = summary;
  const facts: [string, string][] = [
    ['session', summary.id],
    ['time', when(summary.at)],
    ['who', principal === undefined ? 'unknown' : `${principal.display} (${principal.subject})`],
    ['what', `${summary.connection} ${summary.operation} ${summary.model}`],
    ['policy', policy === undefined ? 'none' : `${policy.name} ${policy.hash.slice(0, 12)}`],
    ['verdict', summary.verdict.kind],
  ];
  if (summary.glass !== undefined) facts.push(['glass', `broken: ${summary.glass}`]);
  for (const reason of summary.verdict.reasons)
    facts.push(['', `${reason.action} ${reason.kind} ×${reason.count} by rule ${reason.rule}`]);
  facts.push(['ended', endOf(summary)]);
  return facts.map(([name, value]) => `${name.padEnd(9)}${visible(value)}\n`).join('');
}

function endOf({ end, state }: ShownReplay['summary']): string {
  if (end === undefined) return state;
  return [
    end.outcome,
    `status ${end.status}`,
    ...(end.error === undefined ? [] : [end.error]),
    `${end.responseBytes} bytes`,
    ...(end.firstByteMs === undefined ? [] : [`first after ${end.firstByteMs.toFixed(1)} ms`]),
  ].join(', ');
}

function findingsOf(title: string, findings: ShownReplay['promptFindings']): string {
  if (findings.length === 0) return '';
  const lines = findings.map(({ kind, lane, start, end, view }) =>
    visible(`  ${kind}  ${lane} [${start}, ${end}) as ${view}`),
  );
  return `\n${title}\n${lines.join('\n')}\n`;
}

function stepsOf(steps: ShownReplay['steps']): string {
  if (steps.length === 0) return '';
  const lines = steps.map(({ at, step, details }) => {
    const shown = Object.entries(details).map(([key, value]) => `${key}=${value}`);
    return visible(`  ${when(at)}  ${step}  ${shown.join(' ')}`).trimEnd();
  });
  return `\nsteps\n${lines.join('\n')}\n`;
}

function part(title: string, text: string | null | undefined): string {
  return text === null || text === undefined || text === ''
    ? ''
    : `\n── ${title} ──\n${visible(text, 'lines')}\n`;
}

/** A stream as its text, unless its events are wanted. */
function answer(title: string, pieces: readonly ShownPiece[] = [], raw: boolean): string {
  const spoken = new Spoken(pieces[0]?.text ?? '');
  if (raw || !spoken.streamed) return part(title, pieces.map((piece) => piece.text).join(''));
  return part(`${title}, the text of the stream`, pieces.map((piece) => spoken.take(piece.text)).join(''));
}

/** `raw` shows streams as they went over the wire. */
export function showText(replay: ShownReplay, raw: boolean): string {
  return [
    factsOf(replay),
    stepsOf(replay.steps),
    findingsOf('found in the prompt', replay.promptFindings),
    findingsOf('found in the answer', replay.responseFindings),
    part('as the caller sent it', replay.received),
    part('as it was forwarded', replay.forwarded),
    answer('as the model answered', replay.original, raw),
    answer('as it was delivered', replay.delivered, raw),
  ].join('');
}
