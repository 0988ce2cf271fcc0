// From the place of the record in the configuration to what the ledger is opened with: for the gateway, and for the command
// line beside it.
import type { StateOptions } from '@sluice/ledger';
import type { StoreConfig } from './config/config.ts';

export function ledgerOptions({
  store,
  seal: { keyFile },
}: {
  readonly store: StoreConfig;
  readonly seal: { readonly keyFile: string };
}): StateOptions {
  if (store.kind === 'sqlite') return { path: store.path, keyFile };
  const { kind: _kind, password, ...place } = store;
  return { postgres: { ...place, password: password?.reveal() }, keyFile };
}
