// Starts a script of this folder as a process of its own on a core, and waits for the port that it reports.
import { type ChildProcess, fork } from 'node:child_process';
import { pinned } from '../machine/cpu.ts';

export interface Forked {
  readonly child: ChildProcess;
  readonly port: number;
}

export function forkOn(
  core: number,
  script: URL,
  args: readonly string[],
  nodeFlags: readonly string[] = [],
): ChildProcess {
  const [command, before] = pinned(core, process.execPath, nodeFlags);
  return fork(script, args, { execPath: command, execArgv: before });
}

export function forkServer(
  core: number,
  script: URL,
  args: readonly string[],
  nodeFlags?: readonly string[],
): Promise<Forked> {
  const child = forkOn(core, script, args, nodeFlags);
  return new Promise((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve({ child, port: message.port }));
    child.once('exit', (code) => reject(new Error(`${script.pathname} ended with code ${code}`)));
  });
}
