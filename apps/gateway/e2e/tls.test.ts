// TLS on both ports, over real sockets: what is served, who gets in, and certificates that change while it serves.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigSource, createLog, type Gateway, startGateway } from '../index.ts';
import { issueKey } from '../issue-key.ts';
import { makeCertificate } from '../testing/certificate.ts';

const authority = makeCertificate('an authority');
const server = makeCertificate('the gateway', authority);
const renewed = makeCertificate('the gateway, renewed', authority);
const clients = makeCertificate('authority of clients');
const client = makeCertificate('a client', clients);
const otherClients = makeCertificate('another authority of clients');
const newClient = makeCertificate('a new client', otherClients);

const TRUST = { ca: authority.cert };
const AS_CLIENT = { ...TRUST, cert: client.cert, key: client.key };
const AS_NEW_CLIENT = { ...TRUST, cert: newClient.cert, key: newClient.key };

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly peer: PeerCertificate;
}

/** The answer, or the code of the error that came instead. Each call is a connection of its own. */
function call(url: string, options: RequestOptions & { body?: string }): Promise<Answer | string> {
  return new Promise((resolve) => {
    const sent = request(url, { ...options, agent: false }, (response) => {
      const peer = (response.socket as TLSSocket).getPeerCertificate();
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, peer }));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    sent.end(options.body);
  });
}

let directory: string;
let leaky: Leaky;
let source: ConfigSource;
let gateway: Gateway;

const write = (name: string, text: string) => writeFileSync(path.join(directory, name), text);

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-tls-'));
  leaky = await startLeaky();
  write('cert.pem', server.cert);
  write('key.pem', server.key);
  write('clients.pem', clients.cert);
  write('credential', leaky.credential);
  write(
    'sluice.yaml',
    `listen:
  data: { address: 127.0.0.1:0, tls: { cert: file:cert.pem, key: file:key.pem } }
  admin: { address: 127.0.0.1:0, tls: { cert: file:cert.pem, key: file:key.pem, client_ca: file:clients.pem } }
connections:
  gpt: { protocol: openai, upstream: "${leaky.url}", credential: file:credential }
access:
  - { groups: [engineering], policy: standard }
`,
  );
  const opened = ConfigSource.openFile(path.join(directory, 'sluice.yaml'));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  source = opened.source;
  gateway = await startGateway(source, createLog('silent'));
});

afterAll(async () => {
  await gateway.close(2000);
  await leaky.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a port with a certificate', () => {
  it('serves calls under TLS', async () => {
    const { key, stored } = issueKey({ name: 'test', groups: ['engineering'] }, Date.now());
    await gateway.ledger.keys.insert(stored);
    const answer = await call(`${gateway.dataUrl}/gpt/v1/chat/completions`, {
      ...TRUST,
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content: 'echo: over TLS' }] }),
    });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('over TLS') });
  });

  it('speaks nothing else', async () => {
    await expect(fetch(gateway.dataUrl.replace('https:', 'http:'))).rejects.toThrow();
    expect(
      await call(`${gateway.dataUrl}/healthz`, { ...TRUST, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }),
    ).toBeTypeOf('string');
  });
});

describe('a port with an authority for clients', () => {
  const health = () => `${gateway.adminUrl}/healthz`;

  it('answers those with a certificate of that authority, and still wants their token', async () => {
    expect(await call(health(), AS_CLIENT)).toMatchObject({ status: 200 });
    expect(await call(`${gateway.adminUrl}/api/v1/keys`, AS_CLIENT)).toMatchObject({ status: 401 });
    const token = readFileSync(gateway.adminTokenFile, 'utf8').trim();
    const headers = { authorization: `Bearer ${token}` };
    expect(await call(`${gateway.adminUrl}/api/v1/keys`, { ...AS_CLIENT, headers })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['without a certificate', TRUST],
    ['with one of another authority', AS_NEW_CLIENT],
    ['with one that they signed themselves', { ...TRUST, cert: otherClients.cert, key: otherClients.key }],
  ])('answers nothing to those %s', async (_, options) => {
    expect(await call(health(), options)).toBeTypeOf('string');
  });
});

describe('a certificate that changes', () => {
  const peerOf = async (options: RequestOptions, url = gateway.dataUrl) => {
    const answer = await call(`${url}/healthz`, options);
    return typeof answer === 'string' ? answer : answer.peer.subject.CN;
  };

  it('is served to new connections once its files are read again, on both ports', async () => {
    expect(await peerOf(TRUST)).toBe('the gateway');
    write('cert.pem', renewed.cert);
    write('key.pem', renewed.key);
    source.reload();
    expect(await peerOf(TRUST)).toBe('the gateway, renewed');
    expect(await peerOf(AS_CLIENT, gateway.adminUrl)).toBe('the gateway, renewed');
  });

  it('stays as it is when the new key is not its own', async () => {
    write('key.pem', server.key);
    expect(source.reload()).toMatchObject({ type: 'rejected' });
    expect(await peerOf(TRUST)).toBe('the gateway, renewed');
    write('key.pem', renewed.key);
    source.reload();
  });

  it('lets in the clients of a new authority, and no longer those of the old one', async () => {
    write('clients.pem', otherClients.cert);
    source.reload();
    expect(await peerOf(AS_NEW_CLIENT, gateway.adminUrl)).toBe('the gateway, renewed');
    expect(await peerOf(AS_CLIENT, gateway.adminUrl)).not.toContain('the gateway');
  });

  it('is still asked for when a reload no longer names an authority: that counts from the next start', async () => {
    const file = path.join(directory, 'sluice.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(', client_ca: file:clients.pem', ''));
    expect(source.reload()).toMatchObject({ type: 'applied', atNextStart: ['listen.admin'] });
    expect(await peerOf(TRUST, gateway.adminUrl)).not.toContain('the gateway');
    expect(await peerOf(AS_NEW_CLIENT, gateway.adminUrl)).toBe('the gateway, renewed');
  });
});
