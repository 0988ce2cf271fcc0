// Ordinary prose, written for this benchmark: what most prompts and answers are made of. Nothing in it is sensitive.

export const PROSE = `The old harbour wakes before the town does. At five in the morning the first boats come in past \
the breakwater, low in the water and slow, and the gulls that have slept on the roof of the ice house lift all at once \
as if somebody had clapped. There is little talk. A rope is thrown, somebody catches it without looking, and the crates \
begin to move from hand to hand along the quay. By six the auction hall is bright and loud, and by seven it is over: \
the floor is hosed down, the vans are gone, and the only sign that anything has happened is a smell of salt and diesel \
that will hang about until noon. My grandmother used to say that you could tell the price of herring from the speed at \
which the buyers drank their coffee. She was seldom wrong. In the years when the shoals stayed far out, the men stood \
around for an hour with cold cups in their hands, and nobody wanted to be the first to leave. In the good years they \
burned their tongues and ran. We moved inland when I was nine, and I did not come back until last spring, to write \
about the new research station that stands where the cannery was. The scientists there are studying how the sea grass \
returns when the trawlers stop, and their answer, in short, is that it returns faster than anyone had dared to hope. \
They showed me maps with patches of green that doubled every second summer. They also showed me the budget, which does \
not double, and a boat that has been waiting for an engine since the autumn. I asked what they would do with more money, \
and the youngest of them laughed and said that she would buy a better coffee machine first and the engine second, since \
nobody can count sea grass half asleep. In the evening I walked out along the breakwater. The light was on in the small \
tower at the end of it, although the lamp is automatic now and the keeper's rooms are let to painters. One of them had \
left the window open, and I could hear a radio playing a waltz, and under it the water moving in and out between the \
stones, as it always has. It struck me that the sound had not changed at all. Everything that people had built here was \
different from what I remembered, and everything that they had left alone was the same. I do not want to make too much \
of that. Still, when I think about how places are kept, I find that I think first of what was not done to them: of the \
road that was not widened, the marsh that was not drained, the wall that somebody decided, after a long meeting and a \
good deal of shouting, to mend instead of replace. `;
