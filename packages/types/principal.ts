// The authenticated caller.

export interface Principal {
  /** Stable and unique: `key:<id>` or `oidc:<issuer>#<sub>` or `local:admin`. */
  readonly subject: string;
  /** For people to read: a name, an e-mail address or the key's name. */
  readonly display: string;
  readonly groups: readonly string[];
  readonly method: 'key' | 'oidc' | 'local';
  /** The person behind it, for the four-eyes rule: a key counts as its owner. */
  readonly person: string;
  /** Connections this credential is limited to; undefined means that only the access rules decide. */
  readonly connections?: readonly string[];
  /** RFC 8693 `act` claim: who acts on the person's behalf. */
  readonly actor?: string;
  /** Epoch milliseconds after which the credential is no longer good. */
  readonly expiresAt?: number;
}
