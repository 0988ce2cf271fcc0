// The texts that Sluice writes itself: the file that the command line begins when there is none, and the configuration of the first run.

/** A commented beginning. Valid as it stands: nothing is connected yet, and the built-in policy is in force. */
export const TEMPLATE = `# sluice.yaml: the one configuration file of Sluice. \`sluice check\` reads it and says everything that is wrong at once.
# Secrets are references (env:NAME, file:PATH) and never stand here. Every key is explained in docs/reference/configuration.md.

listen: { data: 127.0.0.1:8080, admin: 127.0.0.1:8081 }
store: sqlite:data/sluice.db # relative to this file
seal: { key: file:data/sluice.key } # made at the first start; without it the record cannot be read

identity:
  # oidc:
  #   - { issuer: https://id.example.com/realms/main, audience: sluice, groups: groups }
  roles: { admin: [platform], auditor: [security], approver: [security-leads] }

# Callers reach a connection at http://<data address>/<name>/… and then the provider's own path.
connections: {}

# The first rule that matches decides; nothing is allowed that is not listed.
access:
  - { groups: [engineering], policy: standard }

policies:
  standard:
    extends: built-in # secrets blocked in prompts and masked in answers, personal data masked, exfiltration stripped
`;

export interface DemoOptions {
  /** URL of the model server that leaks on purpose. */
  readonly upstream: string;
  /** Default: `127.0.0.1:8080` and `127.0.0.1:8081`. */
  readonly data?: string;
  readonly admin?: string;
  /** Reference to the model server's credential. Default: a file in `directory` that the first run writes. */
  readonly credential?: string;
  /** Where record and key go. Default: `data`. */
  readonly directory?: string;
}

/** What is served when there is no sluice.yaml: two connections to the model server that leaks on purpose. */
export function demoConfig({
  upstream,
  data = '127.0.0.1:8080',
  admin = '127.0.0.1:8081',
  directory = 'data',
  credential = `file:${directory}/demo.credential`,
}: DemoOptions): string {
  return `listen: { data: ${quoted(data)}, admin: ${quoted(admin)} }
store: ${quoted(`sqlite:${directory}/sluice.db`)}
seal: { key: ${quoted(`file:${directory}/sluice.key`)} }
identity:
  roles: { admin: [admin], auditor: [admin], approver: [approver] }
connections:
  demo: { protocol: openai, upstream: ${quoted(upstream)}, credential: ${quoted(credential)}, default: true }
  demo-claude: { protocol: anthropic, upstream: ${quoted(upstream)}, credential: ${quoted(credential)} }
access:
  - { groups: [engineering], connections: [demo, demo-claude], policy: standard }
policies:
  standard: { extends: built-in }
`;
}

/** A YAML string: JSON's are a subset. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
