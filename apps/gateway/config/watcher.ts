// Tells when one of a few files may have changed: written in place, renamed over, or reached through a symbolic link that now leads
// elsewhere (as mounted secrets do). Directories are watched, since a file that is renamed over takes its watch along; and because not
// every file system reports changes, the files are looked at now and then as well. It must not know what is in them.
import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs';
import path from 'node:path';

/** Milliseconds for which the files have to stay as they are before a change is told, so that none is read half written. */
const SETTLE = 60;

/** Milliseconds between two looks at the files themselves. */
const LOOK = 2000;

/** No state of any files. */
const UNKNOWN = '?';

export class Watcher {
  #files: readonly string[] = [];
  #directories = new Map<string, FSWatcher>();
  #told = UNKNOWN;
  #seen = UNKNOWN;
  #settling: NodeJS.Timeout | undefined;
  readonly #looking: NodeJS.Timeout;
  readonly #changed: () => void;

  /** Keeps no process alive by itself. */
  constructor(files: readonly string[], changed: () => void) {
    this.#changed = changed;
    this.#looking = setInterval(() => this.#look(), LOOK).unref();
    this.follow(files);
  }

  /** From now on these files. They may have changed since they were read, so the next look tells once. */
  follow(files: readonly string[]): void {
    if (files.length !== this.#files.length || files.some((file, i) => file !== this.#files[i])) {
      this.#files = [...files];
      this.#told = this.#seen = UNKNOWN;
    }
    this.#watchDirectories();
  }

  close(): void {
    clearInterval(this.#looking);
    clearTimeout(this.#settling);
    for (const watcher of this.#directories.values()) watcher.close();
    this.#directories.clear();
  }

  #watchDirectories(): void {
    const wanted = new Set(this.#files.flatMap(directoriesOf));
    for (const [directory, watcher] of this.#directories) {
      if (wanted.has(directory)) continue;
      watcher.close();
      this.#directories.delete(directory);
    }
    for (const directory of wanted) if (!this.#directories.has(directory)) this.#watchDirectory(directory);
  }

  #watchDirectory(directory: string): void {
    const forget = () => {
      this.#directories.get(directory)?.close();
      this.#directories.delete(directory);
    };
    try {
      const watcher = watch(directory, { persistent: false }, () => this.#look());
      watcher.on('error', forget);
      this.#directories.set(directory, watcher);
    } catch (error) {
      // Out of watches, or no such directory: looking now and then has to do.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** Tells once the state differs from the one told last and has stayed the same for a while. */
  #look(): void {
    const state = stateOf(this.#files);
    if (state === this.#told && this.#settling === undefined) return;
    if (state === this.#seen && this.#settling !== undefined) return;
    this.#seen = state;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settled(), SETTLE).unref();
  }

  #settled(): void {
    this.#settling = undefined;
    const state = stateOf(this.#files);
    if (state !== this.#seen) {
      this.#look();
      return;
    }
    if (state === this.#told) return;
    this.#told = state;
    this.#watchDirectories();
    this.#changed();
  }
}

/** Where the file stands, and where the link leads that it may be. */
function directoriesOf(file: string): readonly string[] {
  try {
    return [path.dirname(file), path.dirname(realpathSync(file))];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [path.dirname(file)];
  }
}

function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat === undefined
        ? '-'
        : `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
    })
    .join('\n');
}
