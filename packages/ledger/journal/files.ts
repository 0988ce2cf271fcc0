// The file layer under the journal, small enough to be replaced by one that loses power, and nothing more.
import { close, constants, fdatasync, open as openFile, write } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../keyfile.ts';

export interface DurableFile {
  /** Writes all of `bytes` at `position` and calls back once they are durable, or with why they are not. */
  write(bytes: Buffer, position: number, done: (error: Error | null) => void): void;
  close(): Promise<void>;
}

export interface Files {
  /** Makes `path` a file of `size` zero bytes, allocated and durable, name included; all or nothing. */
  allocate(path: string, size: number): Promise<void>;
  open(path: string): Promise<DurableFile>;
  /** Makes a directory (mode 0700) if needed, and returns the names in it. */
  directory(path: string): Promise<string[]>;
}

/** Absent on Windows, whatever the types say. */
const DSYNC: number | undefined = constants.O_DSYNC;

const ZEROS = Buffer.alloc(1 << 20);

/**
 * Real files. O_DSYNC makes a write and its flush one call (157 µs here, against 256 for write and fdatasync on a
 * growing file); where a platform has none, a write is followed by fdatasync. libuv runs both off the event loop.
 */
export const realFiles: Files = {
  async directory(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return readdir(path);
  },

  async allocate(path, size) {
    const unfinished = `${path}.new`;
    try {
      const file = await open(unfinished, 'w', 0o600);
      try {
        for (let at = 0; at < size; at += ZEROS.length)
          await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      await syncDirectory(dirname(path));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  },

  open(path) {
    const flags = constants.O_RDWR | (DSYNC ?? 0);
    return new Promise((resolve, reject) => {
      openFile(path, flags, (error, fd) => {
        if (error) reject(error);
        else resolve(new RealFile(fd));
      });
    });
  },
};

class RealFile implements DurableFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(bytes: Buffer, position: number, done: (error: Error | null) => void, from = 0): void {
    write(this.#fd, bytes, from, bytes.length - from, position + from, (error, written) => {
      if (error) done(error);
      else if (from + written < bytes.length) this.write(bytes, position, done, from + written);
      else if (DSYNC === undefined) this.#flush(done);
      else done(null);
    });
  }

  #flush(done: (error: Error | null) => void): void {
    fdatasync(this.#fd, done);
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      close(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }
}
