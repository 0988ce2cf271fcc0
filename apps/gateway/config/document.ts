// `sluice.yaml` as people write it: the one source of its types, its checks of single values, its JSON Schema and its reference.
// What needs more than one value in view is in the check-*.ts files.
import { COSIGNATURE, parseVkey } from '@sluice/ledger/checkpoint/keys';
import { AccessRule, duration, name, Policy, text } from '@sluice/policy';
import { z } from 'zod';

const REFERENCE = 'a reference: `env:NAME` or `file:PATH`';
const reference = (what: string) =>
  z.string().meta({
    description: `${what}; ${REFERENCE}. Never the secret itself.`,
    pattern: '^(env|file|vault|aws-sm|k8s):.+$',
  });

const Tls = z.strictObject({
  cert: reference('Certificate chain in PEM'),
  key: reference('Its private key in PEM'),
  client_ca: reference(
    'Certificates in PEM that sign those of callers; with it, callers need one',
  ).optional(),
});

const address = () => z.string({ error: 'is not an address like 127.0.0.1:8080' });

const listener = {
  address: address().meta({ description: 'Host and port.' }),
  tls: Tls.optional().meta({ description: 'With it, only TLS is spoken there.' }),
};

const Listen = z
  .union([address(), z.strictObject(listener)], {
    error: 'is neither an address nor { address, tls }',
  })
  .meta({
    id: 'listener',
    description: 'Host and port, or `{ address, tls }`. Port 0 lets the system choose.',
    examples: ['127.0.0.1:8080'],
  });

const AdminListen = z
  .union(
    [
      address(),
      z.strictObject({
        ...listener,
        url: z
          .string()
          .optional()
          .meta({
            description:
              'Where people reach it, when that is another address: links to approvals begin with it. Default: the address, or the name of this machine when it listens on all of them.',
            examples: ['https://sluice.example.com'],
          }),
      }),
    ],
    {
      error: 'is neither an address nor { address, tls, url }',
    },
  )
  .meta({
    id: 'adminListener',
    description: 'Host and port, or `{ address, tls, url }`. Port 0 lets the system choose.',
    examples: ['127.0.0.1:8081'],
  });

export const Connection = z
  .strictObject({
    protocol: z.string().meta({
      description: 'What the model server speaks: `openai` or `anthropic`.',
      examples: ['openai', 'anthropic'],
    }),
    upstream: z.string().meta({
      description: "URL of the model server, without the provider's own path (`/v1`).",
      examples: ['https://api.openai.com'],
    }),
    credential: reference('What the model server is shown').optional(),
    default: z
      .boolean()
      .optional()
      .meta({ description: 'Serves the bare path too. At most one connection.' }),
    nonces: z.array(text()).optional().meta({
      description:
        'Top-level request fields that differ from call to call: they do not count when a repeated request is matched with its approval.',
    }),
    timeouts: z
      .strictObject({
        connect: duration().optional().meta({ description: 'Until the connection stands. Default `10s`.' }),
        first_byte: duration().optional().meta({ description: 'Until the answer begins. Default `120s`.' }),
        idle: duration().optional().meta({ description: 'Between two pieces of an answer. Default `60s`.' }),
      })
      .optional()
      .meta({ description: 'How long the model server is waited for.' }),
  })
  .meta({ id: 'connection', description: 'A registered inference service.' });

const groupList = (role: string) =>
  z
    .array(text())
    .optional()
    .meta({ description: `Groups whose members are ${role}.` });

const Oidc = z.strictObject({
  issuer: z.string().meta({
    description: 'As the provider writes it in `iss`; https, or http on this machine.',
    examples: ['https://id.acme.com/realms/acme'],
  }),
  audience: z
    .union([text(), z.array(text()).min(1, { error: 'is empty' })], { error: 'is neither text nor a list' })
    .meta({ description: 'Tokens have to be meant for it, or for one of them.' }),
  groups: z
    .union(
      [
        text(),
        z.strictObject({
          claim: text().meta({ description: 'Name of the claim, or a dotted path to it.' }),
          separator: text().optional().meta({ description: 'What separates the groups in one string.' }),
        }),
      ],
      {
        error: 'is neither the name of a claim nor { claim, separator }',
      },
    )
    .optional()
    .meta({
      description:
        'The claim that holds the groups, a dotted path allowed; with `separator` when it is one string. Default `groups`.',
    }),
});

const Identity = z.strictObject({
  oidc: z.array(Oidc).optional().meta({ description: 'Issuers whose tokens are accepted.' }),
  saml: z.unknown().optional().meta({ description: 'SAML sign-in. Not available in this build.' }),
  roles: z
    .strictObject({
      admin: groupList('administrators'),
      auditor: groupList('auditors'),
      approver: groupList('approvers'),
    })
    .optional()
    .meta({ description: 'Roles by group.' }),
});

const WitnessEntry = z.strictObject({
  url: z
    .string()
    .refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), { error: 'is not a URL' })
    .meta({ description: 'Its submission prefix: `/add-checkpoint` is put after it.' }),
  key: z
    .string()
    .refine((value) => parseVkey(value)?.kind === COSIGNATURE, {
      error: 'is not the public key of a witness: name+id+key, of an Ed25519 cosigner',
    })
    .meta({ description: 'Its public key, as it publishes it: `name+id+key`.' }),
});
const Store = z
  .union(
    [
      z.string(),
      z.strictObject({
        url: z.string().meta({
          description:
            'The database, without a password: `postgres://user@host:5432/database`; a socket as `postgres://user@localhost/database?host=/run/postgresql`.',
        }),
        password: reference('The password').optional(),
        tls: z.boolean().optional().meta({
          description:
            "Speak TLS, and check the server's certificate and name. Default: yes, except to this machine.",
        }),
        ca: reference(
          "Certificates in PEM that sign the server's; without it, those that the system knows",
        ).optional(),
      }),
    ],
    { error: 'is neither a store like sqlite:data/sluice.db nor { url, password, tls, ca }' },
  )
  .meta({
    description:
      'Where the record is kept: `sqlite:PATH`, relative to this file, or PostgreSQL 15 or newer as its URL or as `{ url, password, tls, ca }`, which several gateways may share. Without `password`, PGPASSFILE or PGPASSWORD is used. Default `sqlite:data/sluice.db`.',
    examples: ['sqlite:data/sluice.db', 'postgres://sluice@db.example/sluice'],
  });

export const File = z
  .strictObject({
    listen: z
      .strictObject({
        data: Listen.optional().meta({ description: 'Where callers come. Default `127.0.0.1:8080`.' }),
        admin: AdminListen.optional().meta({
          description: 'Admin API and metrics. Default `127.0.0.1:8081`.',
        }),
        grpc: Listen.optional().meta({ description: 'gRPC. Not available in this build.' }),
      })
      .optional()
      .meta({ description: 'Ports.' }),
    store: Store.optional(),
    seal: z
      .strictObject({ key: reference('The key-encryption key') })
      .optional()
      .meta({
        description:
          'What the record is sealed with. Default `file:data/sluice.key`, made at the first start.',
      }),
    log: z
      .strictObject({
        copy: text().optional().meta({
          description:
            'A file outside that always holds the newest checkpoint; best on a mount that another system keeps.',
        }),
        witnesses: z.array(WitnessEntry).optional().meta({
          description: 'Who cosigns checkpoints (C2SP `tlog-witness`), every minute.',
        }),
      })
      .optional()
      .meta({ description: 'Where checkpoints of the record go besides the store.' }),
    identity: Identity.optional().meta({ description: 'Who callers and administrators are.' }),
    connections: z
      .record(name(), Connection)
      .optional()
      .meta({ description: 'Inference services by name; a caller finds one at `/<name>/…`.' }),
    access: z.array(AccessRule).optional().meta({
      description:
        'Who may do what. The first rule that matches decides; nothing is allowed that is not listed.',
    }),
    values: z
      .record(
        name(),
        z
          .string({ error: 'is not a reference' })
          .meta({ description: `One value, or one a line; ${REFERENCE}. Never a value itself.` }),
      )
      .optional()
      .meta({
        description:
          'Known values by name, found exactly, in every policy and however they are disguised: findings of kind `canary.<name>`.',
      }),
    policies: z
      .record(name(), Policy)
      .optional()
      .meta({ description: 'Policies by name. `standard` applies where an access rule names none.' }),
  })
  .meta({ title: 'sluice.yaml', description: 'The configuration of Sluice.' });

export type FileDocument = z.output<typeof File>;
export type ConnectionDocument = z.output<typeof Connection>;
