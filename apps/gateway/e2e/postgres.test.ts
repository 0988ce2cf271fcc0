// The gateway with its record in PostgreSQL: it answers, two of them share keys and the record, and a wrong key is refused.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { noPostgres, startPostgres, type TestPostgres } from '@sluice/ledger/testing/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigSource, createLog, type Gateway, startGateway } from '../index.ts';
import { issueKey } from '../issue-key.ts';
import { configText } from '../testing/harness.ts';

describe.skipIf(noPostgres !== undefined)(
  `gateways on one PostgreSQL${noPostgres === undefined ? '' : ` (skipped: ${noPostgres})`}`,
  () => {
    let server: TestPostgres;
    let leaky: Leaky;
    const home = mkdtempSync(path.join(tmpdir(), 'sluice-gateways-'));
    const running: Gateway[] = [];

    beforeAll(async () => {
      [server, leaky] = await Promise.all([startPostgres(), startLeaky()]);
    });
    afterAll(async () => {
      await Promise.all(running.map((gateway) => gateway.close(0)));
      await Promise.all([server.remove(), leaky.close()]);
      rmSync(home, { recursive: true, force: true });
    });

    /** In a directory of its own, with the keys of the first one if it is to share them. */
    async function start(name: string, withKey: boolean): Promise<Gateway> {
      const directory = path.join(home, name);
      mkdirSync(path.join(directory, 'data'), { recursive: true });
      writeFileSync(path.join(directory, 'credential'), `${leaky.credential}\n`, { mode: 0o600 });
      writeFileSync(path.join(directory, 'password'), server.password, { mode: 0o600 });
      for (const key of withKey ? ['sluice.key', 'sluice.log.key'] : [])
        copyFileSync(path.join(home, 'one/data', key), path.join(directory, 'data', key));
      const url = `postgres://${server.user}@${server.host}:${server.port}/${server.database}`;
      const text = configText(leaky.url, {}).replace(
        'store: sqlite:data/sluice.db',
        `store: { url: "${url}", password: file:password }`,
      );
      const file = path.join(directory, 'sluice.yaml');
      writeFileSync(file, text);
      const opened = ConfigSource.openFile(file);
      if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
      const gateway = await startGateway(opened.source, createLog('error'));
      running.push(gateway);
      return gateway;
    }

    it('share keys and the record, and let no gateway in with another seal key', async () => {
      const one = await start('one', false);
      const two = await start('two', true);
      const { key, stored } = issueKey({ name: 'shared', groups: ['engineering'] }, Date.now());
      await one.ledger.keys.insert(stored);
      const response = await fetch(`${two.dataUrl}/gpt/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content: 'echo: hello' }] }),
      });
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('hello');
      const session = response.headers.get('x-sluice-session')!;
      const replay = await one.ledger.replay(session, { reveal: true });
      expect(replay?.summary.state).toBe('ended');
      expect(replay?.forwarded?.toString()).toContain('echo: hello');
      await expect(start('three', false)).rejects.toMatchObject({ name: 'KeyUnusable' });
    });
  },
);
