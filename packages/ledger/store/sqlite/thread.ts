// The worker's entrance: what is compiled for it is kept where the process that started it keeps its own, if it keeps any.
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';
import type { WorkerSetup } from './messages.ts';

const { compileCache } = workerData as WorkerSetup;
if (compileCache !== undefined) enableCompileCache(compileCache);
await import('./worker.ts');
