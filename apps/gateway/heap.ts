// How V8 collects the garbage of a relay, most of which is bodies: buffers outside its heap. It must not know what they hold.
import { setFlagsFromString } from 'node:v8';

/**
 * Bodies count like the heap itself when V8 decides that it is time for a full collection. By default every 64 MB of new
 * buffers start one, however little of them is still in use: with long bodies or fast streams that took a third of all CPU.
 */
export function countBodiesAsHeap(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
