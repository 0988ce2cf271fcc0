// The command line. Its modules are compiled once and kept beside the dependencies, so that a small command is quick.
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Whoever reads our output may stop reading (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/sluice'));
const { main } = await import('./program.ts');
process.exitCode = await main(process.argv.slice(2));
