// The configuration in force, over time. A good new file replaces the old one in one step; a bad one changes nothing and
// is told. Calls in flight keep the configuration that they began with, since each is a frozen object.
import type { Config, ListenConfig } from './config.ts';
import { type Loaded, type LoadOptions, loadFile, loadText } from './load.ts';
import { isError, type Problem } from './problem.ts';
import { Watcher } from './watcher.ts';

export type ConfigEvent =
  | {
      readonly type: 'applied';
      readonly config: Config;
      readonly warnings: readonly Problem[];
      /** Keys that differ from those the process was started with and count from its next start on. */
      readonly atNextStart: readonly string[];
    }
  | { readonly type: 'rejected'; readonly problems: readonly Problem[] };

export type Opened =
  | { readonly ok: true; readonly source: ConfigSource; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export class ConfigSource {
  readonly #load: () => Loaded;
  readonly #file: string | undefined;
  readonly #first: Config;
  #current: Config;
  #attempted: string;
  #secretFiles: readonly string[];
  readonly #listeners = new Set<(event: ConfigEvent) => void>();
  #watcher: Watcher | undefined;
  readonly #onHangUp = () => void this.reload({ force: true });

  private constructor(load: () => Loaded, loaded: Loaded, config: Config) {
    this.#load = load;
    this.#file = config.file;
    this.#first = this.#current = config;
    this.#attempted = loaded.fingerprint;
    this.#secretFiles = loaded.secretFiles;
  }

  static openFile(file: string, options: Omit<LoadOptions, 'file'> = {}): Opened {
    return ConfigSource.#open(() => loadFile(file, options));
  }

  /** A text of the program's own. Its secrets are followed as those of a file are. */
  static openText(text: string, options: LoadOptions = {}): Opened {
    return ConfigSource.#open(() => loadText(text, options));
  }

  static #open(load: () => Loaded): Opened {
    const loaded = load();
    if (loaded.config === undefined) return { ok: false, problems: loaded.problems };
    return { ok: true, source: new ConfigSource(load, loaded, loaded.config), warnings: loaded.problems };
  }

  get current(): Config {
    return this.#current;
  }

  /** Told of every change and every rejection, in the order in which they happen. Returns how to stop. */
  subscribe(listener: (event: ConfigEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads the file and its secrets again. Undefined when nothing has changed since the last attempt, unless forced.
   */
  reload({ force = false } = {}): ConfigEvent | undefined {
    const loaded = this.#load();
    if (loaded.fingerprint === this.#attempted && !force) return undefined;
    this.#attempted = loaded.fingerprint;
    // What a bad file refers to is followed too: the missing secret may come.
    this.#secretFiles =
      loaded.config === undefined
        ? [...new Set([...this.#secretFiles, ...loaded.secretFiles])]
        : loaded.secretFiles;
    this.#watcher?.follow(this.#followed());
    const event: ConfigEvent =
      loaded.config === undefined
        ? { type: 'rejected', problems: loaded.problems }
        : {
            type: 'applied',
            config: loaded.config,
            warnings: loaded.problems.filter((problem) => !isError(problem)),
            atNextStart: fixedChanges(this.#first, loaded.config),
          };
    if (event.type === 'applied') this.#current = event.config;
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  /** Reloads by itself when the file or a secret changes, and on SIGHUP. */
  watch(): void {
    if (this.#watcher !== undefined) return;
    this.#watcher = new Watcher(this.#followed(), () => void this.reload());
    process.on('SIGHUP', this.#onHangUp);
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    process.off('SIGHUP', this.#onHangUp);
    this.#listeners.clear();
  }

  #followed(): readonly string[] {
    return this.#file === undefined ? this.#secretFiles : [this.#file, ...this.#secretFiles];
  }
}

/** What a running process does not change: its ports, what is spoken there, its store and its key. */
const FIXED: Readonly<Record<string, (config: Config) => string>> = {
  'listen.data': ({ listen: { data } }) => `${data.host} ${data.port} ${spoken(data)}`,
  'listen.admin': ({ listen: { admin } }) => `${admin.host} ${admin.port} ${spoken(admin)}`,
  store: ({ store }) => (store.kind === 'sqlite' ? store.path : JSON.stringify(store)),
  seal: ({ seal }) => seal.keyFile,
  log: ({ log }) => JSON.stringify(log),
};

/** In clear, under TLS, or under TLS with certificates on both sides. */
function spoken({ tls }: ListenConfig): string {
  if (tls === undefined) return 'clear';
  return tls.clientCa === undefined ? 'tls' : 'mutual';
}

function fixedChanges(first: Config, next: Config): readonly string[] {
  return Object.keys(FIXED).filter((key) => FIXED[key]!(first) !== FIXED[key]!(next));
}
