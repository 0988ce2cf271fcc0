// `npm run crash`: kills a process that writes the ledger at random moments and reports what was lost, which must be
// nothing. `--kills N` (default 50), `--json FILE`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crash } from '@sluice/ledger/testing/crash';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, json: { type: 'string' } },
});

const report = await crash(Number(values.kills), 400, Math.random);
process.stdout.write(
  `ledger: ${report.kills} kills, ${report.receipts} receipts, ${report.lost} lost, ${report.interrupted} exchanges ` +
    `interrupted, ${report.stillOpen} left open, positions ${report.whole ? 'without' : 'WITH'} gaps\n`,
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (report.lost > 0 || report.stillOpen > 0 || !report.whole) process.exitCode = 1;
