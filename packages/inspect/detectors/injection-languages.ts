// Signs of attacks in other languages than English, from the table of words. Where verbs stand first, the thing asked for
// completes a request; where they stand last, the verb does. What stands before it in the sentence is weighed.
import { confidenceOf, sentence } from '../checks/score.ts';
import type { Match } from '../detector.ts';
import { WORDS } from './tables/attack-words.ts';

export type Judge = (match: Match) => number | false;
/** A pattern and what is made of a match of it. */
export type Anchor = readonly [pattern: string, judge: Judge];

/** How a thing is done or was forgotten, in the same languages. */
const ABOUT =
  /\b(?:r[eé]sum|zusammenf|fasse den|samenvat|podsumuj|résume|wie (?:kann|setze|macht|lese|definier)|comment|c[óo]mo|come (?:si|posso|imposto)|hoe (?:kan|stel)|jak (?:ustawi|mog)|nasıl|habe mein|ho dimenticato|he olvidado|esqueci|oublié mon|zapomnia|vergeten\b.*wachtwoord|montage|lavadora|lavatrice|waschmaschine|schach)|как (?:задать|установить|настроить)|我忘记|忘れました|잊어버렸|方法|설정하는|अपना पासवर्ड|كيف|نسيت|как\b|правила игры|总结|要約|요약|кратк/i;

interface Pair {
  /** Words that make up the end and the beginning of a request where verbs stand first. */
  readonly verbs: 'forget' | 'tell';
  readonly things: 'rules' | 'prompt' | 'machine';
  /** Whether words must say which things are meant. */
  readonly which: boolean;
}

function anchorsOf({ verbs, things, which }: Pair): Anchor[] {
  return Object.values(WORDS).map((words) => {
    const [last, first] = words.verbLast ? [words[verbs], words[things]] : [words[things], words[verbs]];
    const [complement, meant] = [
      new RegExp(`(?:^|[^\\p{L}\\p{M}])(?:${first})|[\\p{Lo}](?:${first})`, 'iu'),
      new RegExp(words.which, 'iu'),
    ];
    const judge: Judge = ({ text, left }) => {
      const before = sentence(left);
      if (!complement.test(` ${before}`) || ABOUT.test(before + text)) return false;
      const pointed = meant.test(before) || meant.test(text);
      return confidenceOf(0.6 + (pointed ? 0.3 : 0), which ? 0.9 : 0.6);
    };
    // Other words of the table may follow at once; the next unit of a longer word is not waited for.
    return [`(?:${patternOf(last)})`, judge] as const;
  });
}

/** The table's shorthand in the syntax of the automata: no gaps without end, and spaces as people write them. */
const patternOf = (words: string): string =>
  words
    .replaceAll('[^.!?]{0,40}', '[^.!?]{0,12}')
    .replaceAll('[^.!?]{0,30}', '[^.!?]{0,12}')
    .replaceAll(' ', '[ \\t]{1,3}')
    .replaceAll('[ \\t]{1,3}?', '[ \\t]?')
    .replaceAll('[-[ \\t]{1,3}]', '[- ]');

export const forgetsRules = anchorsOf({ verbs: 'forget', things: 'rules', which: true });
export const tellsPrompt = anchorsOf({ verbs: 'tell', things: 'prompt', which: false });
export const tellsMachine = anchorsOf({ verbs: 'tell', things: 'machine', which: false });
export const isFree: readonly Anchor[] = Object.values(WORDS).map(({ free }) => [
  patternOf(free),
  ({ left, text }) =>
    /(?:\bKI\b|\bIA\b|\bAI\b|\bИИ|人工智能|AI|ذكاء|एआई|yapay|chatbot|assist|du bist|tu es|eres|sei|você|je bent|jesteś|ты\b|теперь|你现在|あなたは|너는|أنت|तुम|artık)/i.test(
      left + text,
    )
      ? 0.8
      : false,
]);
