// Judges what stands after a name such as `password` or `api_key`: a secret, or a word, a variable, a path, a stand-in?
import { drawnFrom } from './drawn.ts';
import { entropy } from './entropy.ts';
import { isPlaceholder, isScrambled, isSequence } from './placeholder.ts';
import { randomness } from './randomness.ts';

/** The parts of `keyword rest <operator> value`, as a pattern of detectors/assignment.ts matched them. */
export interface Assignment {
  /** The rest of the name, after the keyword. */
  readonly after: string;
  /** A comma stood between: an argument of a call or an entry of a pair, not an assignment. */
  readonly listed: boolean;
  readonly quoted: boolean;
  readonly value: string;
  /** Where `value` begins in the matched text. */
  readonly from: number;
}

const PARTS =
  /^([\w.-]*)((?:\\?["']?[,;]?\s+\{?\s*\\?["']?(?:value|default)\\?["']?[ \t]*[:=]|["'`[\])*\\]*[ \t]*(?::?[ \t]*&?(?:string|str)\??[ \t]*=|=>|:{1,3}=|[?.+|]{1,2}=|={1,3}|->|::?|>|,|\|{1,2}|\(|[ \t]+(?:is|was|ist|lautet|est|es|es:|son|é|è|är|jest|是|は|:|=|->|→)[ \t:]+|[ \t]))\s*)((?:@?\\?["'`“«])?)([\s\S]+)$/i;

/** The character that ended a bare value. */
const STOP = /[\s"'`,;<>(){}[\]”»]$/;

/**
 * Splits a match whose keyword has `keyword` code units; the value loses the quote, the full stop or the bracket that
 * ends it. `query`: it is part of a URL's query.
 */
export function splitAssignment(text: string, keyword: number, query: boolean): Assignment | undefined {
  const found = PARTS.exec(text.slice(keyword));
  if (!found) return undefined;
  const [, after, operator, quote, rest] = found as unknown as [string, string, string, string, string];
  let value = rest;
  if (quote !== '') {
    const close = value.lastIndexOf(quote.replace(/[@\\]/g, '').replace('“', '”').replace('«', '»'));
    value = (close > 0 ? value.slice(0, close) : value.replace(STOP, '')).replace(/\\$/, '');
  } else {
    value = value.replace(STOP, '');
    if (query) value = value.replace(/[&#].*$/, '');
    value = value.replace(/(?:\\[rnt].*|[\\.,;:!?)\]}]+)$/, '');
  }
  return {
    after,
    listed: operator.includes(',') && !/(?:value|default)/i.test(operator),
    quoted: quote !== '',
    value,
    from: keyword + after.length + operator.length + quote.length,
  };
}

/** After the keyword: says that the value describes a secret (its name, its length, where it lies) and is none. */
const DESCRIPTION =
  /(?:name|id|ids|ur[il]|path|file|filename|dir|type|count|limit|max|min|length|len|size|endpoint|field|label|hint|policy|ref|arn|expir\w*|ttl|age|duration|algorithm|alg|version|prefix|suffix|format|param\w*|header|placeholder|regex|pattern|selector|input|error|errors|message|text|title|description|desc|required|enabled|valid|validator|strength|reset|store|manager|provider|service|class|module|func|function|method|handler|list|usage|price|cost|index|idx|offset|position|pos|kind|status|state|location|region|env|var|variable|column|attr\w*|property|prop|rotation|scopes?|source|mode|style|icon|map|set|bytes|bits|tokens?)s?$/i;

/** Before the keyword: the value is public, or a place in a list. */
const PUBLIC =
  /(?:public|publish\w*|pub|cache|primary|foreign|sort|partition|hash|range|next|page|prev|continuation|(?<!r)sync|cursor|dedup\w*|idempotency|i18n|lang|translation|max|(?<!ad)min|num|total|prompt|completion|input|output|stop|eos|bos|pad|unk|sep|cls|mask|special|csrf_param|row|object|storage|query|lookup|group|event|meta|attribute|react|map|dict|reset|forgot|confirm|show|hide|toggle|invalid|missing|no|type|translation|locali[sz]ation|label|shortcut|hot|arrow|registry|reg)[_.\- ]*$/i;

/** True when the characters before and after the keyword say that a secret, and not a fact about one, follows. */
export function namesSecret(before: string, after: string): boolean {
  if (after !== '' && !/^(?:[_.\-A-Z0-9]|s$|s[_.\-A-Z])/.test(after)) return false;
  // `token-cache.ts`: a file, which lists map to a checksum.
  return !/\.[a-z]{1,4}$/.test(after) && !DESCRIPTION.test(after) && !PUBLIC.test(before);
}

/** Variables, calls, paths, addresses, dates, versions: what code and configuration assign instead of a secret. */
const REFERENCE = [
  /^[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)+$/,
  /^(?:https?|file|ftp|s3|gs|data|mailto|urn|chrome|javascript):/i,
  /^[~.]{0,2}\/[\w.-]+\/|^[A-Z]:\\|^\.{1,2}\/|\/$|^\/[\w/-]+$/,
  /\.(?:[jt]sx?|json|ya?ml|pem|key|crt|txt|md|py|rb|go|rs|java|html?|css|png|svg|sh|env|conf|cfg|ini|toml|xml|com|org|net|io|dev)$/i,
  /^v?\d+(?:\.\d+)+/,
  /^\d{4}-\d{2}-\d{2}|^\d{1,2}:\d{2}/,
  /^#(?:[0-9a-f]{3}){1,2}$/i,
  /^sha(?:1|256|384|512)-/,
  /^(?:true|false|null|nil|none|undefined|string|str|number|boolean|bool|bytes|any|object|void|uint8array|buffer|required|optional|secret|token|password|passwd|admin|root|user|default|base64|utf-?8|hex|sha256|md5|hs256|rs256|es256|int64|int32|float32|float64|uint32|uint64)$/i,
  /^application\/|^text\/|^image\//,
  /^[a-z]+(?:[_-][a-z]+)*[_-]?\d{1,2}$/i,
];

function isReference(value: string): boolean {
  if (!REFERENCE.some((shape) => shape.test(value))) return false;
  // Parts of a token are joined by full stops, as members of an object are.
  return !/^[\w.-]+$/.test(value) || !value.split('.').some((part) => drawnFrom(part) !== undefined);
}

/** Kinds of characters in a value: small letters, capitals, digits, others. */
function variety(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
}

/** Numbers of this length are ids and keys; times in milli-, micro- and nanoseconds begin with 1. */
const LONG_NUMBER = /^(?!1[4-9]\d{11,17}$)\d{15,40}$/;

/** Confidence that a value assigned to a key, token or secret is one; false when it is not. */
export function judgeKey(value: string): number | false {
  if (LONG_NUMBER.test(value)) return !isSequence(value) && new Set(value).size > 4 ? 0.6 : false;
  if (value.length < 8 || /\s/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isPlaceholder(value) || isSequence(value) || isReference(value)) return false;
  if (isScrambled(value)) return 0.7;
  if (/^(?:0x)?[0-9a-f]+$/i.test(value))
    return value.length >= 16 && entropy(value) >= 2.8 && /\d/.test(value) ? 0.85 : false;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 0.7;
  if (/^[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7}$/.test(value)) return randomness(value) > 0.8 ? 0.7 : false;
  const bits = entropy(value);
  if (!/\d/.test(value)) return value.length >= 20 && randomness(value) > 1.2 && bits > 3.5 ? 0.7 : false;
  if (value.length >= 16)
    return (randomness(value) > 0.6 && bits >= 3) || drawnFrom(value.replace(/^[a-z]+[_-]/i, ''))
      ? 0.85
      : false;
  return randomness(value) > 1.2 && bits >= 2.6 && variety(value) >= 2 ? 0.7 : false;
}

/** Confidence behind a name that stands for much else: letters of both cases and digits, or of one case and many of them. */
export function judgeDrawn(value: string): number | false {
  if (value.length < 20 || value.length > 512 || isPlaceholder(value) || isReference(value)) return false;
  const kind = /^[\w+/=.-]+$/.test(value) ? drawnFrom(value) : undefined;
  if (kind === 'base62') return 0.7;
  return kind === 'base36' && value.length >= 24 ? 0.6 : false;
}

/** Words by which the name of a service's setting says that a credential follows. */
const CREDENTIAL =
  /key|token|secret|pass|pwd|auth|cred|crumb|pat\b|api|bearer|access|license|dsn|session|integration|private|sid\b|client|app_?id/i;

/**
 * Confidence that a value assigned to the name of a service is a key. `name`: the service and the rest of the name.
 * Hexadecimal digits count only after a word for a credential, since lists of files and packages map names to checksums;
 * `bare`: nothing but the service is named, where 32 of them are a key of many services and a checksum of few lists; `set`: by =,
 * which lists do not write.
 */
export function judgeService(value: string, name: string, bare = false, set = false): number | false {
  const named = CREDENTIAL.test(name);
  if (LONG_NUMBER.test(value)) return named && new Set(value).size > 4 ? 0.6 : false;
  if (isPlaceholder(value) || !/[A-Za-z]/.test(value)) return false;
  // Documentation writes 12345678-ABCD-… for a UUID; behind the name of a service and of a credential it is taken at its word.
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return named || bare ? 0.7 : false;
  // So it does for other keys (abcdef1234567890…), which nobody tells from one that was issued.
  if (isSequence(value) && !(named && value.length >= 20 && /\d/.test(value))) return false;
  if (/^[0-9a-f-]+$/i.test(value)) {
    const enough = value.length >= 16 && entropy(value) > 2.8;
    return enough && (named || (bare && drawnFrom(value) === 'hex' && (set || value.length === 32)))
      ? 0.8
      : false;
  }
  if (!named) {
    const drawn = /^[\w+=|-]+$/.test(value) && value.length >= 15;
    return drawn && entropy(value) > 3.2 && randomness(value) > 1.6 ? 0.75 : false;
  }
  if (isReference(value)) return false;
  return entropy(value) > 2.8 && randomness(value) > 0.5 ? 0.75 : false;
}

/** Words in quotes behind `password` that describe a field. */
const FORM_WORD =
  /require|option|disable|enable|string|boolean|number|char|input|field|text|hidden|invalid|incorrect|missing|confirm|current|forgot|reset|change|update|verify|validat|security|account|user|login|signin|auth|credential|encrypt|hash|bcrypt|scrypt|plain|clear|prompt|interactive|environment|config|setting|default|protect|expire|match|strength|format|policy|simple|basic|digest|kerberos|keychain|keyring|vault|never|always|sometimes|anonymous|unknown|undefined|unauthor|sensitive|regexp|pattern|object|function|method|property|attribute|parameter|argument|variable|constant|internal|external|private|public|message|request|response|connection|database|server|client|system|service|application|postgres|mongo|rabbitmq|administrator|password$/i;

/** Confidence that a value assigned to a password is one; people choose them, so that words with digits or signs count. */
export function judgePassword(value: string, quoted: boolean): number | false {
  if (value.length < 5 || value.length > 128 || isPlaceholder(value) || isReference(value)) {
    // `hunter2`, `admin123`: a word and digits, which as a name would be a variable.
    const word = /^[a-z]+\d{1,6}[!?$]?$/i.test(value) && value.length >= 6 && !isPlaceholder(value);
    return word &&
      !/^(?:password|passwd|pass|pwd|user|arg|param|field|value|key|str|string|var|test|p|line|input)\d*$/i.test(
        value,
      )
      ? 0.6
      : false;
  }
  if (/\s/.test(value)) return false;
  // `secret-2-levels`, `step_1_done`: words joined by dashes with a digit among them.
  if (/^[a-z0-9]+(?:[-_.][a-z0-9]+)+$/.test(value) && randomness(value) < 0) return false;
  const kinds = variety(value);
  if (/^[A-Za-z][A-Za-z_$-]*$/.test(value)) {
    if (!quoted) return false;
    // `super$ecret`, `openthedoor`: letters in quotes, unless they are what a form, a schema or a label says.
    const chosen = /\$/.test(value) || (/^[a-z]{9,24}$/.test(value) && !FORM_WORD.test(value));
    return chosen || (value.length >= 10 && randomness(value) > 1.2) ? 0.6 : false;
  }
  if (/^\d+$/.test(value)) return value.length >= 6 && !isSequence(value) ? 0.5 : false;
  if (kinds >= 3) return 0.85;
  if (/\d/.test(value)) return 0.75;
  return /[A-Za-z]/.test(value) && /[!@#$%^&*+?~]/.test(value) ? 0.7 : false;
}
