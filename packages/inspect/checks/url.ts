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
    path: (found[2] ?? '').replace(/[)\]]+$/, ''),
    query: (found[3] ?? '').replace(/\)$/, '').replace(/^\?/, ''),
  };
}

/** Names of parameters that carry text away, as published attacks use them. */
const CARRIER =
  /^(?:q|d|data|info|text|msg|message|content|payload|leak|exfil\w*|secret|secrets|key|api_?key|token|pass\w*|pwd|cred\w*|env|config|conversation|history|chat|context|prompt|system\w*|user|username|email|mail|name|phone|ssn|card|body|log|c|p|s|m|t|x|u|v|h|b64|base64|enc|encoded|cookie|session|summary|answer|output|result|dump|stolen|steal|collect|track\w*)$/i;

/** Parameters of badges, thumbnails and caches. */
const HARMLESS =
  /^(?:style|logo|logocolor|label|labelcolor|color|colour|branch|w|width|h|height|size|fit|crop|auto|format|fm|quality|raw|v|ver|version|cachebust|cb|theme|utm_\w+|lang|locale|hl|page|tab|event|job|flag|url|dpr|resize|sanitize|inline|show_owner|columns|max|anon|x-(?:amz|goog|ms)-[\w-]+|client_id|response_type|scope|state|nonce|code_challenge\w*|prompt|expires|sig|signature|key-pair-id|policy|gid|se|sp|sv|sr|spr|st|ixid|ixlib|auto|s|family|display)$/i;

const TEMPLATE = /\{[^}]*\}|\[[A-Z_ ]{3,}\]|<[A-Z_ ]{3,}>|%7B|\$\{|\{\{/i;

function decoded(value: string): string {
  return value
    .replace(/\+/g, ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Hosts whose readers do not see who asked for what: badges, encyclopaedias, libraries, and forms that the person sends. */
const KNOWN =
  /(?:^|\.)(?:shields\.io|badgen\.net|badge\.fury\.io|travis-ci\.(?:org|com)|circleci\.com|codecov\.io|coveralls\.io|appveyor\.com|david-dm\.org|github\.com|githubusercontent\.com|gitlab\.com|wikipedia\.org|wikimedia\.org|w3\.org|ietf\.org|mozilla\.org|stackoverflow\.com|twitter\.com|x\.com|bsky\.app|facebook\.com|linkedin\.com|reddit\.com|youtube\.com|docs\.google\.com|www\.google\.[a-z.]+|maps\.google\.com|accounts\.google\.com|fonts\.googleapis\.com|microsoft\.com|microsoftonline\.com|apple\.com|jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|gravatar\.com|unsplash\.com)$/;
/** What carried data counts at a known host: a redirect or a search there can still hand it on. */
const AT_KNOWN = 0.55;
/** Redirects are followed this deep. */
const REDIRECTS = 2;

function fromHex(text: string): string {
  return text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

/** What a piece stands for when it is an encoding of readable text. */
function hidden(text: string): string | undefined {
  const isHex = text.length >= 16 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text);
  const plain = isHex ? fromHex(text) : text.length >= 12 ? decodeBase64(text) : undefined;
  return plain !== undefined && /^[\t\n\r\x20-\x7e]+$/.test(plain) ? plain : undefined;
}

/** 0 to 1: how much a piece of a URL looks like carried data. Ids are everywhere; what reads as text is not. */
function carried(piece: string): number {
  const text = decoded(piece);
  if (TEMPLATE.test(text)) return 0.8;
  if (/@[\w.-]+\.[a-z]{2}|\b\d{3}-\d{2}-\d{4}\b|\b(?:sk|ghp|AKIA|eyJ|xox|glpat)[-_A-Z0-9]/.test(text))
    return 1;
  if (hidden(text) !== undefined) return 1;
  if (/\w=[^&]+&\w+=/.test(text)) return 0.9;
  const words = text.split(/[\s_]+/).filter((word) => word.length > 1).length;
  if (
    words >= 3 ||
    (words > 1 && /\b(?:is|password|passwd|secret|key|token)\b/i.test(text) && /\d/.test(text))
  )
    return words >= 4 || /\d/.test(text) ? 0.85 : 0.75;
  if (/^[0-9a-f]{16,}$/i.test(text)) return text.length > 64 ? 0.8 : 0.4;
  if (text.length >= 16 && /^[A-Za-z0-9+/=_-]+$/.test(text) && randomness(text) > 0.8 && entropy(text) > 3.2)
    return text.length > 48 ? 0.85 : 0.6;
  return text.length > 96 ? 0.7 : 0;
}

/** What the target of a redirect carries, when a value is the address of one. */
function redirected(value: string, depth: number): number {
  const text = decoded(value);
  const target = /^(?:https?:)?\/\//i.test(text) ? text : hidden(text);
  const parts = target !== undefined && depth < REDIRECTS ? urlParts(target) : undefined;
  return parts && /^(?:https?:)?\/\//i.test(target ?? '') ? carriesData(parts, depth + 1) : -1;
}

/** How much one `name=value` of a query carries. */
function carriedByPair(pair: string, depth: number): number {
  const [name = '', ...rest] = pair.split('=');
  const value = rest.join('=');
  if (value === '') return carried(name);
  const target = redirected(value, depth);
  if (target >= 0) return target;
  if (HARMLESS.test(name)) return carried(value) * 0.5;
  if (!CARRIER.test(name)) return carried(value);
  const length = decoded(value).length;
  return Math.max(carried(value) + 0.15, length >= 16 ? 0.7 : length >= 5 ? 0.6 : 0);
}

/** A few plain words, as people type them into a search. */
const isQuestion = (pair: string): boolean => /^q(?:uery)?=[a-z+ -]{1,40}$/i.test(decoded(pair));

/**
 * 0 to 1: how much of the URL is data. 0 for a bare host, a plain path, and the parameters of badges and thumbnails.
 * The target of a redirect counts as the address itself.
 */
export function carriesData({ host, path, query }: UrlParts, depth = 0): number {
  const hash = query.indexOf('#');
  const sent = hash >= 0 ? query.slice(0, hash) : query;
  // A decoded address inside of another one has the pairs of the outer one behind its path.
  const split = path.search(/^[^=]*&/) < 0 ? path.length : path.indexOf('&');
  const place = path.slice(0, split);
  const behind = path.slice(split + 1).split('&');
  const pairs = [...sent.split(/[&;]/), ...behind];
  const target = Math.max(0, ...pairs.map((pair) => redirected(pair.slice(pair.indexOf('=') + 1), depth)));
  const looksUp = /\/search\b/i.test(place);
  const scores = pairs.map((pair) => carriedByPair(pair, depth) * (looksUp && isQuestion(pair) ? 0.5 : 1));
  for (const segment of place.split('/'))
    scores.push(carried(segment.replace(/\.(?:png|gif|jpe?g|svg|webp)$/i, '')) * 0.95);
  // A fragment stays in the browser, for a script on the page to read.
  if (hash >= 0) scores.push(carried(query.slice(hash + 1)) * 0.85);
  // A label that no person chose, before the registered name: data sent through name lookups.
  for (const label of host.split('.').slice(0, -2)) scores.push(label.length >= 16 ? carried(label) : 0);
  const own = Math.min(1, Math.max(0, ...scores));
  return Math.max(target, KNOWN.test(host) ? own * AT_KNOWN : own);
}

/** What an address without a host carries: it goes to whoever serves the page, with all that it says. */
export function carriesRelative(address: string): number {
  const mark = address.search(/[?#]/);
  return carriesData({
    host: '',
    path: mark < 0 ? address : address.slice(0, mark),
    query: mark < 0 ? '' : address.slice(mark + 1),
  });
}
