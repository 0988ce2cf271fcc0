// Profiles work done in this process. It must not know what the work is.
import { Session } from 'node:inspector/promises';
import type { Profile } from './profile.ts';

/** Microseconds between samples. */
const INTERVAL = 200;

/** Repeats the work for a while, first unwatched so that it is compiled, and returns the profile. */
export async function profileOf(work: () => void, ms: number): Promise<Profile> {
  const repeat = (until: number): void => {
    while (performance.now() < until) work();
  };
  repeat(performance.now() + ms / 2);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  repeat(performance.now() + ms);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return {
    nodes: profile.nodes.map(({ id, callFrame, children = [] }) => ({ id, callFrame, children })),
    samples: profile.samples ?? [],
    timeDeltas: profile.timeDeltas ?? [],
    startTime: profile.startTime,
  };
}
