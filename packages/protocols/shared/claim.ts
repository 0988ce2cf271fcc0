// Which requests a protocol understands, as a table of routes. What is not listed literally is not claimed, so that no second
// spelling of a path, a query or a content type reaches the model server unread.
import type { Claim, Operation, RequestHead } from '../protocol.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operation: Operation;
  /** The path goes on with `/<model>`. */
  readonly model?: true;
  /** Query parameters that may be given, with the whole of what they may say. */
  readonly query?: Readonly<Record<string, RegExp>>;
}

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*;?\s*$/i;
/** A model's name as one path segment; a slash inside it is percent-encoded. */
const MODEL = /^[A-Za-z0-9](?:[A-Za-z0-9._:@-]|%3A|%40|%2F(?=[A-Za-z0-9]))*$/i;

/** True for JSON in UTF-8; RFC 8259 knows no other encoding on the wire. */
export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && JSON_TYPE.test(contentType);
}

export function claimBy(routes: readonly Route[], head: RequestHead): Claim | undefined {
  for (const route of routes) {
    if (route.method !== head.method || !queryFits(route, head.query)) continue;
    if (route.model) {
      const name = head.path.startsWith(`${route.path}/`) ? head.path.slice(route.path.length + 1) : '';
      if (MODEL.test(name))
        return { operation: route.operation, body: false, model: decodeURIComponent(name) };
    } else if (route.path === head.path && (route.method === 'GET' || isJson(head.contentType))) {
      return { operation: route.operation, body: route.method === 'POST' };
    }
  }
  return undefined;
}

function queryFits(route: Route, query: string): boolean {
  if (query === '') return true;
  const seen = new Set<string>();
  return query.split('&').every((part) => {
    const [name = '', ...value] = part.split('=');
    if (seen.has(name)) return false;
    seen.add(name);
    return (
      route.query !== undefined &&
      Object.hasOwn(route.query, name) &&
      route.query[name]!.test(value.join('='))
    );
  });
}
