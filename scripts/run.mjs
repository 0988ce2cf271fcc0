// `node scripts/run.mjs <file.ts> …`: runs any file of the project on the pinned Node.
import { main } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.mjs <file.ts> [arguments]\n');
  process.exitCode = 2;
} else {
  await main(file, args);
}
