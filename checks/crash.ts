// `npm run crash`: kills a process that writes the ledger, and a whole gateway under load, at random moments, and reports
// what was lost, which must be nothing. `--kills N` (default 200), `--json FILE`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killUnderLoad } from '@sluice/gateway/testing/kill';
import { startLeaky } from '@sluice/leaky';
import { crash } from '@sluice/ledger/testing/crash';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, json: { type: 'string' } },
});

const report = await crash(Number(values.kills), 400, Math.random);
process.stdout.write(
  `ledger: ${report.kills} kills, ${report.receipts} receipts, ${report.lost} lost, ${report.interrupted} exchanges ` +
    `interrupted, ${report.stillOpen} left open, positions ${report.whole ? 'without' : 'WITH'} gaps, the tree ${report.tree ? 'is' : 'is NOT'} that of the entries\n`,
);
const directory = mkdtempSync(join(tmpdir(), 'sluice-crash-'));
const leaky = await startLeaky();
const gateway = await killUnderLoad({
  directory,
  leaky,
  kills: Number(values.kills),
  callers: 8,
  longest: 600,
});
await leaky.close();
rmSync(directory, { recursive: true, force: true });
process.stdout.write(
  `gateway: ${gateway.kills} kills, ${gateway.answered} answers that callers have, ${gateway.missing.length} of them missing in ` +
    `the record, ${gateway.interrupted} exchanges interrupted, ${gateway.open} left open\n`,
);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ ledger: report, gateway }, null, 2)}\n`);
if (report.lost > 0 || report.stillOpen > 0 || !report.whole || !report.tree) process.exitCode = 1;
if (gateway.missing.length > 0 || gateway.open > 0) process.exitCode = 1;
