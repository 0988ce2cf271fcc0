// Asks a person at a terminal for what was left out of `connections add`. Without a terminal nothing is asked: what is needed
// and missing is a mistake in the command.
import { Failure } from './failure.ts';
import { PROVIDERS, type Suggestion } from './providers.ts';

export interface Given {
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly upstream?: string | undefined;
  readonly credential?: string | undefined;
}

export interface Wanted {
  readonly name: string;
  readonly protocol: string;
  readonly upstream: string;
  /** A reference; undefined for none. */
  readonly credential: string | undefined;
}

export async function completed(given: Given): Promise<Wanted> {
  const person = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return person ? asked(given) : presumed(given);
}

/** A provider's own address and the usual place of its credential need not be said; what a thing is and is called does. */
function presumed({ name, protocol, upstream, credential }: Given): Wanted {
  const known = protocol === undefined ? undefined : PROVIDERS[protocol];
  if (name === undefined || protocol === undefined || known === undefined)
    throw new Failure(
      'usage',
      'Without a terminal to ask at, say what to add: sluice connections add <name> --protocol <protocol> [--upstream <url>]',
    );
  return {
    name,
    protocol,
    upstream: upstream ?? known.upstream,
    credential: credential ?? (upstream === undefined ? known.credential : undefined),
  };
}

async function asked(given: Given): Promise<Wanted> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const answered = async (answer: Promise<unknown>): Promise<string> => {
    const value = await answer;
    if (isCancel(value)) throw new Failure('usage', 'Nothing was changed.');
    return typeof value === 'string' ? value.trim() : '';
  };
  const ask = (message: string, initialValue: string) => answered(text({ message, initialValue }));
  const protocol =
    given.protocol ??
    (await answered(
      select({
        message: 'What does the model server speak?',
        options: Object.keys(PROVIDERS).map((value) => ({ value, label: value })),
      }),
    ));
  const { name, upstream, credential } = PROVIDERS[protocol] as Suggestion;
  const chosen = {
    name: given.name ?? (await ask('Name of the connection', name)),
    upstream: given.upstream ?? (await ask('URL of the model server', upstream)),
  };
  const reference =
    given.credential ??
    (await ask(
      'Where its credential is: env:NAME or file:PATH, empty for none',
      chosen.upstream === upstream ? credential : '',
    ));
  return { ...chosen, protocol, credential: reference === '' ? undefined : reference };
}
