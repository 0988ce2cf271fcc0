// `sluice sessions export` and `key`: evidence for someone who trusts neither the gateway nor its database.
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { adminClient } from '../admin.ts';
import { configOption } from '../config.ts';
import { parseSpan } from '../output.ts';
import { visible } from '../text.ts';

interface Options {
  readonly config: string;
  readonly out: string;
  readonly session?: string;
  readonly since?: string;
  readonly principal?: string;
  readonly connection?: string;
  readonly model?: string;
  readonly finding?: string;
}

export function registerExport(command: Command): void {
  command
    .command('export')
    .description('a bundle of evidence: entries, proofs, policies and reports, without what was said')
    .requiredOption('--out <file>', 'the zip file to write')
    .option('--session <id>', 'one session, by its whole id')
    .option('--since <span>', 'how far back: 2h, 90d')
    .option('--principal <subject>', 'of one caller, by subject')
    .option('--connection <name>', 'of one connection')
    .option('--model <name>', 'of one model')
    .option('--finding <kind>', 'in which this was found, a kind or a branch')
    .addOption(configOption())
    .action(exported);
  command
    .command('key')
    .description("the log's public key: what evidence is verified with")
    .addOption(configOption())
    .action(key);
}

async function exported({ config, out, since, ...wanted }: Options): Promise<void> {
  const order = { ...wanted, ...(since !== undefined && { since: Date.now() - parseSpan(since) }) };
  const bundle = await adminClient(config).download('/evidence', order);
  writeFileSync(out, bundle, { mode: 0o600 });
  process.stdout.write(`Wrote ${visible(out)}. Check it with: sluice verify ${visible(out)} --key <key>\n`);
}

async function key({ config }: { readonly config: string }): Promise<void> {
  const log = (await adminClient(config).call('GET', '/log')) as { readonly key: string };
  process.stdout.write(`${visible(log.key)}\n`);
}
