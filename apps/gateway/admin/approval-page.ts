// Where an approval's link leads: how to decide on it. It says nothing about the request, since whoever opens it is not known.

/** Nothing may be loaded, run or framed. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** `id` has the form of an approval's id, which needs no escaping. */
export function approvalPage(id: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Approval – Sluice</title>
<style>
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.25rem; }
  h1 { font-size: 1.35rem; line-height: 1.3; }
  pre { font: 0.9rem/1.5 ui-monospace, monospace; padding: 0.9rem 1rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
<main>
  <h1>A request waits for your decision</h1>
  <p>Sign in to the machine of the gateway, look at what is asked, and decide:</p>
  <pre>sluice approvals list
sluice approvals approve ${id} --reason "…"
sluice approvals deny ${id} --reason "…"</pre>
  <p>Nobody approves their own request. Your decision and its reason are recorded.</p>
</main>
</html>
`;
}
