// Short texts that call after call repeats (the name of a model, a version, a header), in which nothing was found. What is found
// is a function of the text alone, so they are not read again. Texts in which something was found are never kept.
import type { Engine } from '@sluice/inspect';

/** UTF-16 code units of the longest text that is kept. */
const LONGEST = 64;
/** Texts kept for an engine; more begin anew. */
const MOST = 1000;

const known = new WeakMap<Engine, Set<string>>();

/** True when this engine has read the text before, as plain text without stand-ins, and found nothing in it. */
export function isClean(engine: Engine, text: string): boolean {
  return text.length <= LONGEST && (known.get(engine)?.has(text) ?? false);
}

/** Nothing was found in the text. */
export function keepClean(engine: Engine, text: string): void {
  if (text.length > LONGEST) return;
  let texts = known.get(engine);
  if (texts === undefined) known.set(engine, (texts = new Set()));
  if (texts.size >= MOST) texts.clear();
  texts.add(text);
}
