// The load generator, in its own process: takes orders, answers with figures. It must not know which peer it drives.
import { type Caller, openCallers } from './caller.ts';
import { calls } from './calls.ts';
import type { Answer, Order } from './orders.ts';
import { chatRequests, conversation } from './requests.ts';
import { streams } from './streams.ts';

let held: Caller[] = [];

process.on('message', (message: { id: number; order: Order }) => {
  run(message.order).then(
    (answer) => process.send?.({ id: message.id, answer }),
    (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function run(order: Order): Promise<Answer> {
  switch (order.kind) {
    case 'calls':
      return {
        calls: await calls({
          ...order,
          request: chatRequests(order.target, order.model),
          streamed: !order.model.startsWith('bench-whole'),
        }),
      };
    case 'conversation':
      return {
        calls: await calls({
          target: order.target,
          request: conversation(order.target, order.messages, order.fresh),
          connections: 1,
          ms: order.ms,
          streamed: false,
        }),
      };
    case 'streams':
      return { streams: await streams(order) };
    case 'open':
      return { opened: await open(order) };
    case 'close':
      for (const caller of held) caller.close();
      held = [];
      return { opened: 0 };
  }
}

/** Opens streams and waits for the first event of each; returns how many there are. */
async function open(order: Extract<Order, { kind: 'open' }>): Promise<number> {
  const callers = await openCallers(order.target.port, order.streams);
  held.push(...callers);
  const request = chatRequests(order.target, order.model);
  let opened = 0;
  for (let i = 0; i < callers.length; i += 50) {
    await Promise.all(
      callers.slice(i, i + 50).map(
        (caller) =>
          new Promise<void>((done) => {
            const count = (): void => {
              opened++;
              done();
            };
            caller.send(request(), { body: count, end: () => done() });
          }),
      ),
    );
  }
  return opened;
}
