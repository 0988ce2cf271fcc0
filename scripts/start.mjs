// `npm start`: installs what is missing and starts the gateway. What starting means is the command line's business.
import { main } from './setup.mjs';

await main('apps/cli/main.ts', ['start', ...process.argv.slice(2)]);
