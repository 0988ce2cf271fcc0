// One session in the terminal: its facts, its texts, and its answer played as it streamed. Control characters of what was
// said are shown, not obeyed: a recorded answer must not drive the reader's terminal.
import { setTimeout as sleep } from 'node:timers/promises';
import { when } from './output.ts';

interface ShownPiece {
  /** Milliseconds since the exchange began. */
  readonly at: number;
  readonly text: string;
}

interface ShownFinding {
  readonly kind: string;
  readonly lane: string;
  readonly start: number;
  readonly end: number;
  readonly view: string;
}

export interface ShownReplay {
  readonly summary: {
    readonly id: string;
    readonly at: number;
    readonly principal?: { readonly display: string; readonly subject: string };
    readonly connection: string;
    readonly operation: string;
    readonly model: string;
    readonly policy?: { readonly name: string; readonly hash: string };
    readonly verdict: {
      readonly kind: string;
      readonly reasons: readonly {
        readonly rule: string;
        readonly kind: string;
        readonly action: string;
        readonly count: number;
      }[];
    };
    readonly state: string;
    readonly end?: {
      readonly outcome: string;
      readonly status: number;
      readonly error?: string;
      readonly firstByteMs?: number;
      readonly responseBytes: number;
    };
  };
  readonly promptFindings: readonly ShownFinding[];
  readonly responseFindings: readonly ShownFinding[];
  readonly steps: readonly {
    readonly at: number;
    readonly step: string;
    readonly details: Readonly<Record<string, string | number>>;
  }[];
  readonly forwarded: string | null;
  readonly delivered: readonly ShownPiece[];
  readonly received?: string;
  readonly original?: readonly ShownPiece[];
}

/** Escape sequences and other controls become visible pictures (U+2400 block); line breaks and tabs stay. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u2421';
  });
}

function factsOf({ summary }: ShownReplay): string {
  const facts: [string, string][] = [
    ['session', summary.id],
    ['time', when(summary.at)],
    [
      'who',
      summary.principal === undefined
        ? 'unknown'
        : `${summary.principal.display} (${summary.principal.subject})`,
    ],
    ['what', `${summary.connection} ${summary.operation} ${summary.model}`],
    [
      'policy',
      summary.policy === undefined ? 'none' : `${summary.policy.name} ${summary.policy.hash.slice(0, 12)}`,
    ],
    ['verdict', summary.verdict.kind],
  ];
  for (const reason of summary.verdict.reasons)
    facts.push(['', `${reason.action} ${reason.kind} ×${reason.count} by rule ${reason.rule}`]);
  const { end } = summary;
  facts.push([
    'ended',
    end === undefined
      ? summary.state
      : `${end.outcome}, status ${end.status}${end.error === undefined ? '' : `, ${end.error}`}, ${end.responseBytes} bytes${end.firstByteMs === undefined ? '' : `, first after ${end.firstByteMs.toFixed(1)} ms`}`,
  ]);
  return facts.map(([name, value]) => `${name.padEnd(9)}${value}\n`).join('');
}

function findingsOf(title: string, findings: readonly ShownFinding[]): string {
  if (findings.length === 0) return '';
  return `\n${title}\n${findings.map((finding) => `  ${finding.kind}  ${finding.lane} [${finding.start}, ${finding.end}) as ${finding.view}\n`).join('')}`;
}

function part(title: string, text: string | null | undefined): string {
  return text === null || text === undefined || text === '' ? '' : `\n── ${title} ──\n${harmless(text)}\n`;
}

const joined = (pieces: readonly ShownPiece[] | undefined) => pieces?.map((piece) => piece.text).join('');

export function showText(replay: ShownReplay): string {
  const steps = replay.steps.map(
    (step) =>
      `  ${when(step.at)}  ${step.step}  ${Object.entries(step.details)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ')}\n`,
  );
  return [
    factsOf(replay),
    steps.length === 0 ? '' : `\nsteps\n${steps.join('')}`,
    findingsOf('found in the prompt', replay.promptFindings),
    findingsOf('found in the answer', replay.responseFindings),
    part('as the caller sent it', replay.received),
    part('as it was forwarded', replay.forwarded),
    part('as the model answered', joined(replay.original)),
    part('as it was delivered', joined(replay.delivered)),
  ].join('');
}

/** Longest pause that is played, in milliseconds: nobody wants to wait through a hold. */
const LONGEST_PAUSE = 2000;

/** The text that a person reads out of server-sent events; other bodies as they are. */
function spoken(text: string): string {
  if (!/^(?:event|data|:)/m.test(text)) return text;
  let said = '';
  for (const match of text.matchAll(/^data: ?(\{.*\})$/gm)) said += textOf(JSON.parse(match[1]!));
  return said;
}

interface Frame {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null };
    readonly text?: string;
  }[];
  readonly delta?: { readonly text?: string; readonly thinking?: string; readonly partial_json?: string };
}

function textOf(frame: Frame): string {
  const { delta } = frame;
  return (
    (frame.choices ?? []).map((choice) => choice.delta?.content ?? choice.text ?? '').join('') +
    (delta?.text ?? delta?.thinking ?? delta?.partial_json ?? '')
  );
}

export async function play(replay: ShownReplay, speed: number): Promise<void> {
  process.stdout.write(`${factsOf(replay)}\n`);
  let last = replay.delivered[0]?.at ?? 0;
  for (const piece of replay.delivered) {
    const pause = speed > 0 ? Math.min(piece.at - last, LONGEST_PAUSE) / speed : 0;
    if (pause >= 1) await sleep(pause);
    last = piece.at;
    process.stdout.write(harmless(spoken(piece.text)));
  }
  process.stdout.write('\n');
}
