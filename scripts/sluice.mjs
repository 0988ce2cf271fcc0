#!/usr/bin/env node
// `npx sluice …`: the command line, on the pinned Node, in the caller's own folder.
import { main } from './setup.mjs';

await main('apps/cli/main.ts', process.argv.slice(2));
