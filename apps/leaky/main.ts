// The model server as a process of its own: `LEAKY_PORT`, `LEAKY_CREDENTIAL` and `LEAKY_TOKEN_MS` say how.
import { startLeaky } from './server.ts';

const { LEAKY_PORT, LEAKY_CREDENTIAL, LEAKY_TOKEN_MS } = process.env;

const leaky = await startLeaky({
  port: Number(LEAKY_PORT ?? 0),
  tokenMs: Number(LEAKY_TOKEN_MS ?? 20),
  ...(LEAKY_CREDENTIAL !== undefined && { credential: LEAKY_CREDENTIAL }),
});
process.stdout.write(`${JSON.stringify({ url: leaky.url, credential: leaky.credential })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leaky.close());
