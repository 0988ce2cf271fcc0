// The verifier alone: `node apps/verify/main.ts BUNDLE.zip --key KEY`, with Node and nothing else.
import { run } from './program.ts';

process.exitCode = run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
