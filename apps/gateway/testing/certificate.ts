// Certificates for tests, made as they run: X.509 version 3 over P-256 (RFC 5280, RFC 5480), encoded by hand so that no
// other program is needed. Test code only.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface TestCertificate {
  readonly name: string;
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const explicit = (tag: number, content: Buffer): Buffer => der(0xa0 + tag, content);
const boolean = (value: boolean): Buffer => der(0x01, bytes(value ? 'ff' : '00'));
const utcTime = (at: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** ecdsa-with-SHA256, commonName, basicConstraints and subjectAltName, as encoded object identifiers. */
const OID = {
  ecdsa: bytes('06082a8648ce3d040302'),
  commonName: bytes('0603550403'),
  constraints: bytes('0603551d13'),
  altName: bytes('0603551d11'),
};

const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(OID.commonName, der(0x0c, Buffer.from(name)))));

/** For `localhost` and 127.0.0.1. Signed by `issuer`, or by itself, in which case it may sign others. */
export function makeCertificate(name: string, issuer?: TestCertificate): TestCertificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const now = Date.now();
  const constraints = sequence(
    OID.constraints,
    boolean(true),
    der(0x04, issuer === undefined ? sequence(boolean(true)) : sequence()),
  );
  const altName = sequence(
    OID.altName,
    der(0x04, sequence(der(0x82, Buffer.from('localhost')), der(0x87, bytes('7f000001')))),
  );
  const body = sequence(
    explicit(0, der(0x02, bytes('02'))),
    der(0x02, Buffer.concat([bytes('01'), randomBytes(8)])),
    sequence(OID.ecdsa),
    nameOf(issuer?.name ?? name),
    sequence(utcTime(now - 3_600_000), utcTime(now + 86_400_000)),
    nameOf(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(constraints, altName)),
  );
  const signature = sign('sha256', body, createPrivateKey(issuer?.key ?? key));
  const whole = sequence(body, sequence(OID.ecdsa), der(0x03, bytes('00'), signature));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return { name, key, cert: `-----BEGIN CERTIFICATE-----\n${lines.trimEnd()}\n-----END CERTIFICATE-----\n` };
}
