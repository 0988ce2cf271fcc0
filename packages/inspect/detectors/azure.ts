// Microsoft Azure: storage and service bus keys, shared access signatures, directory client secrets, DevOps tokens.
import { decodeBase64 } from '../checks/base64.ts';
import { isPlaceholder } from '../checks/placeholder.ts';
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const ACCOUNT_KEY = `${sample('base64', 86, 'azure')}==`;
const BUS_KEY = `${sample('base64', 43, 'azure')}=`;
const SIGNATURE = `${sample('base62', 20, 'sas')}%2B${sample('base62', 22, 'sas')}%3D`;

const storageKey: Detector = {
  id: 'azure-account-key',
  kind: 'secret.azure-account-key',
  about:
    'Key of a storage, Cosmos, Batch or similar account: 64 bytes in base64, after a setting that names a key.',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
  misses: 'Keys without a name that ends in key.',
  family: 'word',
  ignoreCase: true,
  patterns: [
    `key[0-9]?(?:[_ ]?(?:value|base64))?["'\\x60\\])\\\\]*[ \\t]*(?:=>|[=:,]|is)[ \\t]*\\\\?["'\\x60]?[a-z0-9+/]{86}==`,
  ],
  check: ({ text }) => (isPlaceholder(text.slice(-88, -2)) ? false : 0.95),
  trim: ({ text }) => [text.length - 88, text.length],
  examples: {
    positive: [
      `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=‹${ACCOUNT_KEY}›;EndpointSuffix=core.windows.net`,
      `AZURE_STORAGE_KEY="‹${ACCOUNT_KEY}›"`,
      `The storage key is ‹${ACCOUNT_KEY}›.`,
    ],
    negative: [
      `data:image/png;base64,${ACCOUNT_KEY}`,
      `AccountKey=${'x'.repeat(86)}==`,
      'AccountKey=<account-key>;',
    ],
    evasive: [
      { text: `AccountKey=${ACCOUNT_KEY.slice(0, 20)}\u200b${ACCOUNT_KEY.slice(20)}`, view: 'folded' },
    ],
  },
};

const busKey: Detector = {
  id: 'azure-shared-access-key',
  kind: 'secret.azure-shared-access-key',
  about: 'SharedAccessKey of Service Bus, Event Hubs, IoT Hub or Relay: 32 bytes in base64.',
  source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
  misses: 'Keys without their setting name.',
  family: 'literal',
  patterns: ['SharedAccessKey["\']?[=:][ "\']{0,2}[A-Za-z0-9+/]{43}=', 'SharedAccessKey=[A-Za-z0-9+/]{32}'],
  check: ({ text }) => (isPlaceholder(text.slice(16)) ? false : 0.95),
  trim: ({ text }) => [text.search(/[A-Za-z0-9+/]{32,}=?$/), text.length],
  examples: {
    positive: [
      `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=‹${BUS_KEY}›`,
    ],
    negative: [
      'SharedAccessKey=<key>',
      'SharedAccessKeyName=RootManageSharedAccessKeyForTheWholeNamespaceOfUs',
    ],
    evasive: [{ text: `SharedAccessKey=${BUS_KEY.slice(0, 20)}\u200b${BUS_KEY.slice(20)}`, view: 'folded' }],
  },
};

/** A signature is a SHA-256 HMAC: 32 bytes in base64, percent-encoded in a URL. */
function isSignature(value: string): boolean {
  const plain = value.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decodeBase64(plain)?.length === 32;
}

const sas: Detector = {
  id: 'azure-sas-signature',
  kind: 'secret.azure-sas-signature',
  about: 'Signature of a shared access signature URL; must decode to 32 bytes.',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-sas-overview',
  misses: 'Signatures cut out of their address.',
  family: 'word',
  patterns: ['[?&;]sig=[A-Za-z0-9%+/]{43,80}={0,1}'],
  check: ({ text }) => (isSignature(text.slice(5)) ? 0.95 : false),
  trim: ({ text }) => [5, text.length],
  examples: {
    positive: [
      `https://acme.blob.core.windows.net/c?sv=2024-11-04&se=2030-01-01&sr=c&sp=rl&sig=‹${SIGNATURE}›`,
      `https://acme.blob.core.windows.net/c?sig=‹${SIGNATURE}›&sv=2024-11-04`,
    ],
    negative: ['https://e.org/c?sig=abc', `https://e.org/c?sign=${SIGNATURE}`],
    evasive: [{ text: `?sv=2024&sig=${SIGNATURE.slice(0, 8)}\u200b${SIGNATURE.slice(8)}`, view: 'folded' }],
  },
};

export const azure: readonly Detector[] = [
  storageKey,
  busKey,
  sas,
  token({
    id: 'azure-client-secret',
    about: 'Client secret of an Entra ID application: a version digit and Q~ after three characters.',
    source: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    patterns: ['[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{30,33}[A-Za-z0-9_~-]'],
    family: 'digits',
    samples: [`${sample('base62', 3)}8Q~${sample('base62', 34)}`],
  }),
  token({
    id: 'azure-identifiable-key',
    about: 'Key of the newer identifiable form (AI services, DevOps), with its fixed signature inside.',
    source: 'https://github.com/microsoft/security-utilities',
    patterns: ['\\b[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}\\b', '\\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\\b'],
    family: 'digits',
    samples: [
      `${sample('base62', 52)}JQQJ99${sample('base62', 26)}`,
      `${sample('base62', 76)}AZDO${sample('base62', 4)}`,
    ],
  }),
];
