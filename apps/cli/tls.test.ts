// The command line beside a gateway whose admin port speaks TLS: it trusts the certificate that the configuration names.
import { ConfigSource, createLog, type Gateway, startGateway } from '@sluice/gateway';
import { makeCertificate } from '@sluice/gateway/testing/certificate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Folder, freePorts, newFolder } from './testing/sluice.ts';

const server = makeCertificate('the gateway', makeCertificate('an authority that nobody knows'));
const clients = makeCertificate('authority of clients');
const client = makeCertificate('an operator', clients);

let folder: Folder;
let gateway: Gateway;

beforeAll(async () => {
  folder = newFolder();
  const [port] = await freePorts(1);
  folder.write('cert.pem', server.cert);
  folder.write('key.pem', server.key);
  folder.write('clients.pem', clients.cert);
  folder.write('client.pem', client.cert);
  folder.write('client-key.pem', client.key);
  folder.write('another.pem', makeCertificate('another').cert);
  folder.write(
    'sluice.yaml',
    `listen:
  data: 127.0.0.1:0
  admin:
    address: 127.0.0.1:${port}
    tls: { cert: file:cert.pem, key: file:key.pem, client_ca: file:clients.pem }
access: [{}]
`,
  );
  folder.write('elsewhere.yaml', folder.read('sluice.yaml').replace('cert.pem', 'another.pem'));
  const opened = ConfigSource.openFile(`${folder.path}/sluice.yaml`);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  gateway = await startGateway(opened.source, createLog('silent'));
});
afterAll(async () => {
  await gateway.close(0);
  folder.remove();
});

const CERTIFIED = { SLUICE_CLIENT_CERT: 'client.pem', SLUICE_CLIENT_KEY: 'client-key.pem' };

it('asks a gateway that it knows by its certificate, showing its own', async () => {
  const ran = await folder.sluice(['approvals', 'list'], { env: CERTIFIED });
  expect(ran).toEqual({ code: 0, out: 'Nothing waits for an approval.\n', err: '' });
});

it.each<[string, string, Record<string, string>]>([
  ['that wants a certificate and gets none', 'sluice.yaml', {}],
  ['whose certificate is not the configured one', 'elsewhere.yaml', CERTIFIED],
])('cannot reach a gateway %s', async (_, config, env) => {
  const ran = await folder.sluice(['approvals', 'list', '--config', config], { env });
  expect(ran).toMatchObject({ code: 3, out: '', err: expect.stringContaining('https://127.0.0.1:') });
});
