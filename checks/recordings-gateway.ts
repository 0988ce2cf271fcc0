// `npm run recordings`: replays recorded exchanges with real providers through the protocols alone, and through a running
// gateway over HTTP, where nothing may change but what is masked. Skips, saying so, without recordings.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startHarness } from '@sluice/gateway/testing/harness';
import {
  compare,
  header,
  type Interaction,
  joined,
  type Outcome,
  recordingsFolder,
  replayRecordings,
} from './recordings.ts';

/** A model server that gives the recorded answer to whatever comes, and keeps what came. */
class Recorded {
  interaction: Interaction | undefined;
  received = Buffer.alloc(0);
  readonly server: Server = createServer((request, response) => void this.#answer(request, response));

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    this.received = Buffer.concat(pieces);
    const { code, body, headers } = this.interaction!.response;
    response.writeHead(code, { 'content-type': header(headers, 'content-type') ?? 'application/json' });
    // In small pieces, as a network may deliver them.
    for (let at = 0; at < body.length; at += 97) response.write(body.slice(at, at + 97));
    response.end();
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`),
      );
    });
  }
}

/** Recorded requests name images, tools and files; the check is about texts, so all of that is let out. */
const POLICY = `  standard:
    extends: built-in
    egress: { urls: ["*"], tools: ["*"], files: true, stored: true }`;

async function throughGateway(provider: 'openai' | 'anthropic'): Promise<readonly Outcome[] | undefined> {
  const upstream = new Recorded();
  const url = await upstream.listen();
  const name = provider === 'openai' ? 'gpt' : 'claude';
  const harness = await startHarness({ policies: POLICY });
  await harness.reconfigure((yaml) => yaml.replaceAll(harness.leaky.url, url));
  try {
    return await replayRecordings(provider, async (interaction) => {
      upstream.interaction = interaction;
      const { request } = interaction;
      const { pathname, search } = new URL(request.url);
      const response = await fetch(`${harness.gateway.dataUrl}/${name}${pathname}${search}`, {
        method: request.method,
        headers: {
          authorization: `Bearer ${harness.key}`,
          'content-type': header(request.headers, 'content-type') ?? 'application/json',
        },
        ...(request.method === 'GET' ? {} : { body: request.body }),
      });
      const text = await response.text();
      if (response.status === 404 && text.includes('unsupported_operation'))
        return { result: 'unsupported', detail: pathname };
      if (response.status !== interaction.response.code)
        return { result: 'refused', detail: `status ${response.status}` };
      if (!upstream.received.equals(Buffer.from(request.body)))
        return { result: 'differs', detail: 'the request' };
      if (text === interaction.response.body) return { result: 'same', detail: 'byte for byte' };
      const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      return streamed
        ? compare(joined(Buffer.from(text)), joined(Buffer.from(interaction.response.body)))
        : compare(text, interaction.response.body);
    });
  } finally {
    await harness.close();
    upstream.server.close();
  }
}

let bad = 0;
for (const provider of ['openai', 'anthropic'] as const) {
  const outcomes = await throughGateway(provider);
  if (outcomes === undefined) {
    process.stdout.write(
      `${provider}, through the gateway: no recordings found in ${process.env.SLUICE_RECORDINGS === undefined ? 'the default folder' : recordingsFolder()}; skipped\n`,
    );
    continue;
  }
  for (const outcome of outcomes)
    process.stdout.write(
      `${provider}, through the gateway: ${outcome.name}: ${outcome.result} (${outcome.detail})\n`,
    );
  bad += outcomes.filter(({ result }) => result === 'differs' || result === 'refused').length;
}
if (bad > 0) process.exitCode = 1;
