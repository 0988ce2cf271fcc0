// Covers what may be a secret in a line that is to be shown. Rather too much than too little; it keeps the length, so that a
// caret below still points at the right place.

const COVER = '•';

/** Values of keys that hold secrets. A plain reference is no secret and may be seen. */
const SECRET_KEY =
  /((?:credential|secret|token|pass(?:word|wd|phrase)?|api[-_]?key|key)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,}#][^,}#]*)/gi;
const PLAIN_REFERENCE =
  /^["']?(?:env:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:file|vault|aws-sm|k8s|vault-transit|aws-kms):[\w./-]*)["']?\s*$/;

/** A user and password before the host of a URL. */
const USERINFO = /(:\/\/)([^/\s@"']+)(?=@)/g;

/** Unbroken runs that no word and no number look like. */
const RUN = /[A-Za-z0-9+=]{12,}/g;

export function veil(line: string): string {
  return line
    .replace(USERINFO, (_, before: string, user: string) => before + cover(user))
    .replace(SECRET_KEY, (all, key: string, value: string) =>
      PLAIN_REFERENCE.test(value) ? all : key + cover(value),
    )
    .replace(RUN, (run) => (looksRandom(run) ? cover(run) : run));
}

function cover(text: string): string {
  return text.replaceAll(/\S/g, COVER);
}

function looksRandom(run: string): boolean {
  const digits = /\d/.test(run);
  const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run);
  return (digits && /[A-Za-z]/.test(run)) || (mixed && run.length >= 20) || run.length >= 32;
}
