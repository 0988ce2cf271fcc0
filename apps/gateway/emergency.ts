// Kill switches and break-glass, read on every call: cached until the store's generation changes.
import type { GlassRequest, SwitchStore } from '@sluice/ledger';

interface State {
  readonly generation: number;
  readonly stopped: ReadonlySet<string>;
  readonly glasses: readonly GlassRequest[];
}

export class Emergency {
  readonly #store: SwitchStore;
  readonly #now: () => number;
  #state: State | undefined;

  constructor(store: SwitchStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Reads the store when something changed since; otherwise returns at once what is known. */
  load(): State | Promise<State> {
    const generation = this.#store.generation();
    const known = this.#state;
    if (known !== undefined && known.generation === generation) return known;
    return this.#read(generation);
  }

  async #read(generation: number): Promise<State> {
    const [stops, glasses] = await Promise.all([this.#store.stopped(), this.#store.glasses(this.#now())]);
    this.#state = { generation, stopped: new Set(stops.map((stop) => stop.connection)), glasses };
    return this.#state;
  }

  /** True when this connection, or every connection, is stopped. */
  static isStopped(state: State, connection: string): boolean {
    return state.stopped.has('*') || state.stopped.has(connection);
  }

  /** Id of the break-glass in force for this person and connection. */
  static glassFor(state: State, person: string, connection: string, now: number): string | undefined {
    return state.glasses.find(
      (glass) =>
        glass.subject === person &&
        (glass.connection === '*' || glass.connection === connection) &&
        glass.confirmedBy !== undefined &&
        glass.until !== undefined &&
        now < glass.until,
    )?.id;
  }
}

export type EmergencyState = State;
