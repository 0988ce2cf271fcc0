// No proxy at all: the load generator calls the fake model server.
import { CHAT_PATH, type Peer } from './peer.ts';

export const direct: Peer = {
  name: 'direct',
  about: 'no proxy: the load generator calls the model server',
  start: async ({ upstream }) => ({
    target: { port: upstream, path: CHAT_PATH, headers: { authorization: 'Bearer bench' } },
    pid: undefined,
    stop: async () => {},
  }),
};
