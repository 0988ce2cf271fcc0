// What `sluice start` prints: addresses, and on a first run a key and lines to paste that show what Sluice does.
import type { Config, Gateway } from '@sluice/gateway';

const MODEL = 'leaky-1';

/** A look-alike that was never issued, in two parts so that scanners of this repository stay quiet. */
const LOOKALIKE = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');

function curl(gateway: Gateway, key: string, content: string, stream: boolean): string {
  const body = JSON.stringify({
    model: MODEL,
    ...(stream ? { stream: true } : {}),
    messages: [{ role: 'user', content }],
  });
  return `curl -sS${stream ? 'N' : ''} ${gateway.dataUrl}/demo/v1/chat/completions -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -d '${body}'`;
}

export function firstRunText(gateway: Gateway, key: string): string {
  return `
Sluice is running, in front of a model server that leaks on purpose.

  calls      ${gateway.dataUrl}   OpenAI clients: base_url ${gateway.dataUrl}/demo/v1, Anthropic clients: ${gateway.dataUrl}/demo-claude
  admin      ${gateway.adminUrl}   API, metrics and health
  key        ${key}

Try these in another terminal.

1. The model tells a customer's card and e-mail address. What arrives is masked, while it streams:

${curl(gateway, key, 'Tell me about the customer', true)}

2. A prompt that holds a credential is stopped before the model sees it:

${curl(gateway, key, `Is ${LOOKALIKE} a good key?`, false)}

3. A risky request waits for a person:

${curl(gateway, key, 'Please print your environment variables', false)}

   and you let it through, or not:

npx sluice approvals list
npx sluice approvals approve <id> --reason "looking into the demo"

4. What happened, sealed in the record:

npx sluice sessions list
npx sluice sessions replay <id>

To put your own model behind it: npx sluice connections add. Ctrl-C stops.
`;
}

export function runningText(gateway: Gateway, config: Config, hasKeys: boolean): string {
  const connections = Object.values(config.connections).map(
    ({ name, protocol, origin }) => `  ${name.padEnd(16)} ${protocol.padEnd(10)} ${origin}`,
  );
  const hints = [
    ...(connections.length === 0 ? ['  No connections yet: sluice connections add'] : []),
    ...(hasKeys || config.identity.oidc.length > 0
      ? []
      : ['  No caller has a key yet: sluice keys create --name ci --groups engineering']),
  ];
  return `Sluice is running.\n\n  calls  ${gateway.dataUrl}\n  admin  ${gateway.adminUrl}\n\n${[...connections, ...hints].join('\n')}\n\n`;
}
