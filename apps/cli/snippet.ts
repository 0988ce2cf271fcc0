// What a developer pastes: the official client with the base URL of a connection.
import type { Config } from '@sluice/gateway';

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

export function snippet(config: Config, name: string): string {
  const { host, port } = config.listen.data;
  const protocol = config.connections[name]?.protocol ?? '';
  const client =
    CLIENTS[protocol]?.(`http://${host.includes(':') ? `[${host}]` : host}:${port}/${name}`) ?? '';
  return `${client}\nA key for a caller: sluice keys create --name ci --groups engineering\n`;
}
