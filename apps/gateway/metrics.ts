// Counters for operators. Labels come from closed sets (codes, verdicts, connection names, kinds); no text of any exchange.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export class Metrics {
  readonly registry = new Registry();
  readonly calls: Counter;
  readonly refusals: Counter;
  readonly findings: Counter;
  readonly inspection: Histogram;
  readonly open: Gauge;
  readonly reloads: Counter;
  readonly #callRows = new Map<string, Counter.Internal>();

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.calls = new Counter({
      name: 'sluice_calls_total',
      help: 'Exchanges ended.',
      labelNames: ['connection', 'operation', 'outcome'],
      registers,
    });
    this.refusals = new Counter({
      name: 'sluice_refusals_total',
      help: 'Calls refused, by error code.',
      labelNames: ['code'],
      registers,
    });
    this.findings = new Counter({
      name: 'sluice_findings_total',
      help: 'Findings, by kind and direction.',
      labelNames: ['kind', 'direction'],
      registers,
    });
    this.inspection = new Histogram({
      name: 'sluice_prompt_inspection_seconds',
      help: 'Time to inspect a prompt that has been decoded.',
      buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05],
      registers,
    });
    this.open = new Gauge({ name: 'sluice_open_exchanges', help: 'Exchanges under way.', registers });
    this.reloads = new Counter({
      name: 'sluice_config_reloads_total',
      help: 'Configuration reloads, by result.',
      labelNames: ['result'],
      registers,
    });
  }

  /** Bound children are kept: looking labels up costs more than counting. */
  call(connection: string, operation: string, outcome: string): void {
    const key = `${connection}\n${operation}\n${outcome}`;
    let row = this.#callRows.get(key);
    if (row === undefined) this.#callRows.set(key, (row = this.calls.labels(connection, operation, outcome)));
    row.inc();
  }
}
