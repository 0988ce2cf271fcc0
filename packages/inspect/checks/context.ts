// Words on the left of a value that say what it is. Looks at bounded context only; knows no format.

const CREDENTIAL = /key|token|secret|pass|pwd|auth|cred|bearer|api|dsn|signature|webhook|private|login/i;
const OPERATOR = /(?:[:=|,>(]|=>|:=|\bis|\bist|\best|\bes|\bwas)\s*\\?["'`]?$/i;

/** The last `units` code units of the left context. */
export function tail(left: string, units: number): string {
  return left.length > units ? left.slice(-units) : left;
}

/**
 * True when the left context names `provider` and either names a credential or ends as an assignment does.
 * A bare mention of the provider before a hash is not enough.
 */
export function namesCredential(left: string, provider: RegExp): boolean {
  const found = provider.exec(left);
  if (!found) return false;
  const between = left.slice(found.index);
  return (
    CREDENTIAL.test(between.slice(found[0].length)) || OPERATOR.test(between) || CREDENTIAL.test(found[0])
  );
}

/** True when one of the words stands within `units` on the left. */
export function near(left: string, words: RegExp, units = 96): boolean {
  return words.test(tail(left, units));
}
