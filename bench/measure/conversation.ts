// A long conversation with one new message, against the new message alone: by the gateway's own clock of inspection, and by CPU.
import { histogram } from '../peers/sluice.ts';
import { type Bench, type Entrant, figure, interleave, type Row } from './bench.ts';
import type { Section } from './section.ts';

const PEERS = ['blind', 'sluice'];
const INSPECTION = 'sluice_prompt_inspection_seconds';
const LONG = 200;

interface Case {
  readonly title: string;
  readonly messages: number;
  readonly fresh: boolean;
}

const ALONE: Case = { title: 'the new message alone', messages: 1, fresh: true };
const KNOWN: Case = { title: `${LONG} messages, one of them new`, messages: LONG, fresh: false };
const FRESH: Case = { title: `${LONG} messages, all new`, messages: LONG, fresh: true };

export async function conversation(bench: Bench): Promise<Section> {
  const measured: { readonly title: string; readonly rows: Row[] }[] = [];
  for (const turn of [ALONE, KNOWN, FRESH]) {
    bench.progress(`conversation: ${turn.title}`);
    measured.push({ title: turn.title, rows: await rows(bench, turn) });
  }
  const [alone, known, fresh] = measured.map((turn) => figure(turn.rows, 'sluice', 'inspection'));
  return {
    name: 'conversation',
    title: 'A long conversation',
    about:
      'Messages of 500 characters. Inspection is the time to decode and inspect the prompt, as the gateway counts it.',
    tables: measured.map(({ title, rows }) => ({
      title,
      columns: [
        { key: 'inspection', title: 'inspection µs', digits: 0 },
        { key: 'cpu', title: 'CPU µs/call', digits: 0 },
        { key: 'first50', title: 'first byte p50 ms', digits: 3 },
      ],
      rows,
    })),
    aims: [
      {
        text: 'inspection, 200 messages with one new ÷ the new one alone',
        value: (known ?? Number.NaN) / (alone ?? 1),
        bound: 2,
        unit: '×',
        sense: 'at most',
      },
      {
        text: 'inspection, 200 new messages ÷ 200 with one new',
        value: (fresh ?? Number.NaN) / (known ?? 1),
        bound: 5,
        unit: '×',
        sense: 'at least',
      },
    ],
  };
}

function rows(bench: Bench, turn: Case): Promise<Row[]> {
  const ms = bench.quick ? 300 : 600;
  return interleave(bench, PEERS, bench.quick ? 2 : 4, async (entrant) => {
    const order = {
      kind: 'conversation',
      target: entrant.running.target,
      messages: turn.messages,
      ms,
      fresh: turn.fresh,
    } as const;
    const before = await inspection(entrant);
    const figures = await bench.driver.calls(order);
    const after = await inspection(entrant);
    return (cpu) => ({
      failed: figures.failed,
      failure: figures.failure,
      figures: {
        inspection: ((after.sum - before.sum) / (after.count - before.count)) * 1e6,
        cpu: (cpu / figures.calls) * 1e6,
        first50: figures.first.p50,
      },
    });
  });
}

async function inspection(entrant: Entrant): Promise<{ count: number; sum: number }> {
  const admin = 'admin' in entrant.running ? String(entrant.running.admin) : undefined;
  return admin === undefined ? { count: 0, sum: Number.NaN } : await histogram(admin, INSPECTION);
}
