// What a URL carries out: its host, and how much of path and query looks like data instead of a place. Pure: no URL class.
import { decodeBase64 } from './base64.ts';
import { entropy } from './entropy.ts';
import { randomness } from './randomness.ts';

export interface UrlParts {
  /** Lower case, without port and without credentials. Empty when the text has none. */
  readonly host: string;
  readonly path: string;
  /** After the question mark, fragment included. */
  readonly query: string;
}

/** Splits the first absolute or scheme-relative URL in the text. */
export function urlParts(text: string): UrlParts | undefined {
  const found =
    /(?:[a-z][a-z0-9+.-]*:)?[\\/]{2}(?:[^\s/?#@\\]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:"'<>()\\]+)(?::\d+)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?/i.exec(
      text,
    );
  if (!found) return undefined;
  return {
    host: found[1]!.toLowerCase().replace(/\.$/, ''),
    path: found[2] ?? '',
    query: (found[3] ?? '').replace(/\)$/, '').replace(/^\?/, ''),
  };
}

/** Names of parameters that carry text away, as published attacks use them. */
const CARRIER =
  /^(?:q|d|data|info|text|msg|message|content|payload|leak|exfil\w*|secret|secrets|key|api_?key|token|pass\w*|pwd|cred\w*|env|config|conversation|history|chat|context|prompt|system\w*|user|username|email|mail|name|phone|ssn|card|body|log|c|p|s|m|t|x|u|v|h|b64|base64|enc|encoded|cookie|session|summary|answer|output|result|dump|stolen|steal|collect|track\w*)$/i;

/** Parameters of badges, thumbnails and caches. */
const HARMLESS =
  /^(?:style|logo|logocolor|label|labelcolor|color|colour|branch|w|width|h|height|size|fit|crop|auto|format|fm|quality|raw|v|ver|version|cachebust|cb|theme|utm_\w+|lang|locale|hl|page|tab|event|job|flag|url|dpr|resize|sanitize|inline|show_owner|columns|max|anon)$/i;

const TEMPLATE = /\{[^}]*\}|\[[A-Z_ ]{3,}\]|<[A-Z_ ]{3,}>|%7B|\$\{|\{\{/i;

function decoded(value: string): string {
  return value
    .replace(/\+/g, ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Hosts whose readers do not see who asked for what: badges, encyclopaedias, and forms that the person sends. */
const KNOWN =
  /(?:^|\.)(?:shields\.io|badgen\.net|badge\.fury\.io|travis-ci\.(?:org|com)|circleci\.com|codecov\.io|coveralls\.io|appveyor\.com|david-dm\.org|github\.com|githubusercontent\.com|gitlab\.com|wikipedia\.org|wikimedia\.org|w3\.org|ietf\.org|mozilla\.org|stackoverflow\.com|twitter\.com|x\.com|bsky\.app|facebook\.com|linkedin\.com|reddit\.com|youtube\.com|www\.google\.[a-z.]+|maps\.google\.com|microsoft\.com|apple\.com)$/;

/** True when base64 hides readable text. */
function hidesText(text: string): boolean {
  const plain = text.length >= 12 ? decodeBase64(text) : undefined;
  return plain !== undefined && /^[\t\n\r\x20-\x7e]+$/.test(plain);
}

/** 0 to 1: how much a piece of a URL looks like carried data. Ids are everywhere; what reads as text is not. */
function carried(piece: string): number {
  const text = decoded(piece);
  if (TEMPLATE.test(text)) return 0.8;
  if (/@[\w-]+\.\w|\b\d{3}-\d{2}-\d{4}\b|\b(?:sk|ghp|AKIA|eyJ|xox|glpat)[-_A-Z0-9]/.test(text)) return 1;
  if (hidesText(text)) return 1;
  if (text.split(/\s+/).filter((word) => word.length > 1).length >= 3) return 0.8;
  if (/^[0-9a-f]{16,}$/i.test(text)) return text.length > 40 ? 0.8 : 0.5;
  if (text.length >= 16 && /^[A-Za-z0-9+/=_-]+$/.test(text) && randomness(text) > 0.8 && entropy(text) > 3.2)
    return text.length > 48 ? 0.85 : 0.6;
  return text.length > 96 ? 0.7 : 0;
}

/** How much one `name=value` of a query carries. */
function carriedByPair(pair: string): number {
  const [name = '', ...rest] = pair.split('=');
  const value = rest.join('=');
  if (value === '') return carried(name);
  if (HARMLESS.test(name)) return carried(value) * 0.5;
  if (!CARRIER.test(name)) return carried(value);
  const length = decoded(value).length;
  return Math.max(carried(value) + 0.15, length >= 16 ? 0.7 : length >= 5 ? 0.6 : 0);
}

/** 0 to 1: how much of the URL is data. 0 for a bare host, a plain path, and the parameters of badges and thumbnails. */
export function carriesData({ host, path, query }: UrlParts): number {
  if (KNOWN.test(host)) return 0;
  const hash = query.indexOf('#');
  const sent = hash >= 0 ? query.slice(0, hash) : query;
  const scores = sent.split(/[&;]/).map(carriedByPair);
  for (const segment of path.split('/'))
    scores.push(carried(segment.replace(/\.(?:png|gif|jpe?g|svg|webp)$/i, '')) * 0.9);
  // A fragment stays in the browser, for a script on the page to read.
  if (hash >= 0) scores.push(carried(query.slice(hash + 1)) * 0.7);
  // A label that no person chose, before the registered name: data sent through name lookups.
  for (const label of host.split('.').slice(0, -2)) scores.push(label.length >= 16 ? carried(label) : 0);
  return Math.min(1, Math.max(...scores));
}
