// Loaded into Portkey's process before it starts. With the release of @hono/node-server that npm resolves for it, it fails on
// every stream: it writes to the headers of a fetched response, which are immutable. Here they are copied, and nothing else.
const original = globalThis.fetch;

globalThis.fetch = async (...call: Parameters<typeof fetch>): Promise<Response> => {
  const response = await original(...call);
  Object.defineProperty(response, 'headers', { value: new Headers(response.headers) });
  return response;
};
