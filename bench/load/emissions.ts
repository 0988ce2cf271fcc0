// When the fake model server wrote each event of a paced stream, by the word that marks the request: so that a relay is judged
// by what the server did, not by what it was to do. It must not know sockets.

/** Milliseconds on a clock that all processes of the machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

const log = new Map<string, readonly number[]>();

export function recordEmissions(mark: string, times: readonly number[]): void {
  log.set(mark, times);
}

/** The log as an HTTP answer; it is empty afterwards. */
export function emissionLog(): Buffer {
  const body = Buffer.from(JSON.stringify(Object.fromEntries(log)));
  log.clear();
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

export type Emissions = Readonly<Record<string, readonly number[]>>;

export async function fetchEmissions(upstream: number): Promise<Emissions> {
  const answer = await fetch(`http://127.0.0.1:${upstream}/emissions`);
  return (await answer.json()) as Emissions;
}
