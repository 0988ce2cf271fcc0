// `sluice verify`: the verifier, which is a program of its own and knows nothing of the gateway, under the same roof.
import { run } from '@sluice/verify';
import type { Command } from 'commander';
import { jsonOption } from '../config.ts';

interface Options {
  readonly key: string;
  readonly store?: string;
  readonly checkpoint?: string;
  readonly json?: true;
}

export function register(command: Command): void {
  command
    .argument('[bundle]', 'a bundle of evidence, as exported')
    .requiredOption('--key <key>', "the log's public key, or a file that holds it")
    .option('--store <file>', 'an embedded database instead of a bundle')
    .option('--checkpoint <file>', 'with --store: a checkpoint that was kept outside')
    .addOption(jsonOption())
    .action(verify);
}

function verify(bundle: string | undefined, { key, store, checkpoint, json }: Options): void {
  process.exitCode = run(
    [
      ...(bundle === undefined ? [] : [bundle]),
      `--key=${key}`,
      ...(store === undefined ? [] : [`--store=${store}`]),
      ...(checkpoint === undefined ? [] : [`--checkpoint=${checkpoint}`]),
      ...(json ? ['--json'] : []),
    ],
    {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    },
  );
}
