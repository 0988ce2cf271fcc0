// What a developer pastes: the official client with the base URL of a connection.
import { hostname } from 'node:os';
import type { PortPlace } from '@sluice/gateway/config/places';

const CLIENTS: Readonly<Record<string, (base: string) => string>> = {
  openai: (base) => `Clients change two things:

  import OpenAI from 'openai';
  const client = new OpenAI({ baseURL: '${base}/v1', apiKey: process.env.SLUICE_KEY });

  # Python
  client = OpenAI(base_url="${base}/v1", api_key=os.environ["SLUICE_KEY"])
`,
  anthropic: (base) => `Clients change two things:

  import Anthropic from '@anthropic-ai/sdk';
  const client = new Anthropic({ baseURL: '${base}', apiKey: process.env.SLUICE_KEY });

  # Python
  client = Anthropic(base_url="${base}", api_key=os.environ["SLUICE_KEY"])
`,
};

/** Nobody can call "all addresses": the machine's name stands for them. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return hostname();
  return host.includes(':') ? `[${host}]` : host;
}

export function snippet({ host, port, tls }: PortPlace, name: string, protocol: string): string {
  const base = `${tls === undefined ? 'http' : 'https'}://${hostOf(host)}:${port}/${name}`;
  return `${CLIENTS[protocol]?.(base) ?? ''}\nA key for a caller: sluice keys create --name ci --groups engineering\n`;
}
