// Drives the load generator's process: sends orders, awaits figures. It must not know peers or what is measured.
import type { ChildProcess } from 'node:child_process';
import { forkOn } from '../peers/fork.ts';
import { LOAD_CORE } from '../peers/peer.ts';
import type { Answer, CallFigures, Order, StreamFigures } from './orders.ts';

type Reply = { readonly id: number } & ({ readonly answer: Answer } | { readonly error: string });

export class Driver {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  private next = 0;

  constructor() {
    this.child = forkOn(LOAD_CORE, new URL('./generator.ts', import.meta.url), []);
    this.child.on('message', (reply: Reply) => {
      const waiter = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if ('answer' in reply) waiter?.resolve(reply.answer);
      else waiter?.reject(new Error(`load generator: ${reply.error}`));
    });
    this.child.on('exit', () => {
      for (const waiter of this.waiting.values()) waiter.reject(new Error('the load generator ended'));
    });
  }

  order(order: Order): Promise<Answer> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, order });
    });
  }

  async calls(order: Extract<Order, { kind: 'calls' | 'conversation' }>): Promise<CallFigures> {
    const answer = await this.order(order);
    if (!('calls' in answer)) throw new Error('expected figures of calls');
    return answer.calls;
  }

  async streams(order: Extract<Order, { kind: 'streams' }>): Promise<StreamFigures> {
    const answer = await this.order(order);
    if (!('streams' in answer)) throw new Error('expected figures of streams');
    return answer.streams;
  }

  stop(): void {
    this.child.disconnect();
  }
}
