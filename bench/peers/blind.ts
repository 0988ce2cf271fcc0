// The blind Node proxy, in its plain form and with writes gathered.
import { forkServer } from './fork.ts';
import { CHAT_PATH, type Peer, PROXY_CORE, stopProcess } from './peer.ts';

const script = new URL('./blind-server.ts', import.meta.url);

function blindPeer(name: string, about: string, flags: readonly string[]): Peer {
  return {
    name,
    about,
    start: async ({ upstream }) => {
      const { child, port } = await forkServer(PROXY_CORE, script, [String(upstream), ...flags]);
      return {
        target: { port, path: CHAT_PATH, headers: { authorization: 'Bearer bench' } },
        pid: child.pid,
        stop: () => stopProcess(child),
      };
    },
  };
}

export const blind = blindPeer(
  'blind',
  "blind Node proxy: Node's http server and undici's dispatcher, nothing read",
  [],
);
export const blindGathered = blindPeer(
  'blind, gathered',
  'the same, with all that arrives in one turn of the loop in one write',
  ['gather'],
);
