// Signs of attacks in English prompts. Each row is looked for at the words that complete a request (`instructions`,
// `system prompt`, `API key`); the check weighs what stands before them in the sentence.
import { asksAbout } from '../checks/intent.ts';
import { confidenceOf, type Sign, sentence, weigh } from '../checks/score.ts';
import type { Match } from '../detector.ts';

const FORGET: Sign = [
  /\b(?:ignor(?:e|es|ing)|disregard(?:ing)?|forget|overrid(?:e|es|ing)|overwrite|bypass(?:es|ing)?|neglect|discard|drop|scrap|violate|break|cancel|void|erase|circumvent|evade|abandon|delete|suspend|unlearn|remove|disable|not bound by|never ?mind|no longer (?:follow|obey|bound|have)|(?:do not|don.?t|stop|without|not|never|needn.?t|cease) (?:follow|following|obey|obeying|adhere|adhering|listen|apply|abide|consider|comply|complying|care))\b/i,
  0.5,
];
const WHICH: Sign = [
  /\b(?:previous|prior|above|earlier|preceding|former|foregoing|existing|initial|original|system|safety|content|past|any|all|your|old|every|given|openai|hidden|ethical|moral|internal|these|those|its|their|his)\b/i,
  0.3,
];
/** Not to follow: what, need not be said. */
const REFUSE: Sign = [
  /\b(?:do not|don.?t|stop|no longer|cease) (?:follow|following|obey|obeying|adhere|adhering)\b/i,
  0.3,
];
/** Whose lines, columns and files are meant: somebody's work, not the model's orders. */
const WORK: Sign = [
  /\b(?:lint(?:er)?|config(?:uration)? file|in the config|css|git|compiler|firewall|regex|board game|recipe|yaml|css|function|class|script)\b/i,
  -0.4,
];

/** Talk about attacks: teaching, tests, detection. */
const TALK =
  /\b(?:how (?:do|does|can|could|to|would|should)|explain (?:what|how|why|the)|what (?:is an?|does)|tutorial|example of|difference between|attackers?|paper|article|blog|dataset|classif\w+|detect\w*|prevent\w*|attempts? to|phrases? like|such as|prompt injections?)\b/i;

export function overrides({ text, left }: Match): number | false {
  const before = sentence(left);
  if (!FORGET[0].test(before) || TALK.test(before)) return false;
  return confidenceOf(weigh(before + text, [FORGET, REFUSE, WHICH, WORK]), 0.8);
}

/** "everything you were told", "what I said before": the words before say whose. */
export function overridesWhatWasSaid({ left }: Match): number | false {
  const before = sentence(left);
  if (!FORGET[0].test(before) || TALK.test(before)) return false;
  return confidenceOf(
    weigh(before, [
      FORGET,
      [/\b(?:everything|anything|whatever|all(?: that)?|what)\b/i, 0.3],
      [/\b(?:you|i|we|was|were|been)\b|above/i, 0.1],
    ]),
    0.85,
  );
}

export const TELL =
  /\b(?:print|show|display|list|dump|output|reveal|give|send|tell|read|return|echo|expose|leak|disclose|divulge|share|provide|extract|cat|fetch|paste|post|repeat|recite|say|spell|copy|include|append|encode|email|forward|upload|exfiltrate|summari[sz]e|translate|paraphrase|rephrase|quote|reproduce|convert|describe|make a|put|write|open|view|see|need|want|know|access|retrieve|get|render|replay|type|explain)\b/i;
const ASK = /\b(?:what(?:'s|’s)?|which|how were you|is|are|where|do you|can you|could you)\b/i;
const YOURS =
  /\b(?:your|you|yours|me|us|all|every|any|full|entire|exact|verbatim|word for word|hidden|current|this (?:system|server|machine|container|process|conversation|session|chat)|the (?:system|server|host|production|database|hidden|environment|contents?|output|file))\b/i;
/** Somebody wants work done, or text about the thing. */
const MADE =
  /\b(?:write|create|build|implement|generate|add|draft|fix|refactor|test|design)\b[^.]{0,50}\b(?:function|class|script|code|test|component|program|endpoint|page|docs?|documentation|guide|essay|article|story|poem|scene|song|policy|section|email|summary|tutorial|how|that|which)\b/i;

function requests(signs: readonly Sign[], least: number) {
  return ({ text, left }: Match): number | false => {
    const before = sentence(left);
    if (asksAbout(before) || MADE.test(before)) return false;
    return confidenceOf(weigh(before + text, signs) + (YOURS.test(before + text) ? 0.3 : 0), least);
  };
}

/** "your instructions", "the system prompt", "the words above". */
export const asksForPrompt = requests(
  [
    [TELL, 0.5],
    [ASK, 0.4],
    [/\b(?:set|write|good|better|example|sample|role|parameter|field|api|translate|meaning)\b/i, -0.25],
    [/\b(?:system[ _-]?prompt|hidden|secret|initial|initiali[sz]ation)\b/i, 0.2],
    [/\b(?:repeat|recite|output|reproduce|copy)\b/i, 0.2],
    [/\b(?:you|your) (?:were|got|received|initial|system|are following)\b/i, 0.1],
  ],
  0.7,
);
export const asksForMachine = requests(
  [
    [TELL, 0.5],
    [ASK, 0.4],
    [
      /\b(?:i|we|my|our|he|she|they|users?|customers?|how|in docker|forgot|set|load|validate|starts? with|best)\b/i,
      -0.35,
    ],
    [/\bto me\b|\bgive me\b|\bi (?:need|want|lost)\b/i, 0.35],
  ],
  0.7,
);
/** A thing that nobody asks for in passing: a verb is enough. */
export const asksForFile = requests(
  [
    [TELL, 0.7],
    [ASK, 0.2],
  ],
  0.7,
);

/** Signs that stand by themselves, unless somebody teaches or tests. */
export const unlessTaught =
  (confidence: number) =>
  ({ left }: Match): number | false =>
    TALK.test(sentence(left)) ? false : confidence;

/** Weaker ones, beside a word that addresses the model or makes it somebody else. */
const beside =
  (least: number) =>
  ({ left, text }: Match): number | false => {
    const before = left + text;
    if (TALK.test(sentence(left))) return false;
    return confidenceOf(
      weigh(before, [
        [
          /\b(?:you|your|yourself|act as|pretend|imagine|roleplay|role-play|character|respond|answer|reply|responses?|game|story|hypothetical)\b/i,
          0.4,
        ],
        [
          /\b(?:ai|a\.i\.|chatgpt|gpt|assistant|chatbot|language model|llm|bot|model|persona|robot|openai|dan)\b/i,
          0.35,
        ],
        [/\b(?:never|no|not|without|any|free|ignore|bypass|always|must|cannot|regardless)\b/i, 0.2],
      ]),
      least,
    );
  };

export const besideModel = beside(0.55);
/** For words that ordinary stories have as well. */
export const closeBesideModel = beside(0.75);

/** What a document says to the model that reads it. */
export const toTheReader = ({ left, text }: Match): number | false => {
  const before = left + text;
  return confidenceOf(
    weigh(before, [
      [
        /\b(?:ai|assistants?|language models?|llms?|chatbots?|agents?|chatgpt|claude|gemini|copilot|bots?)\b/i,
        0.4,
      ],
      [
        /\b(?:do not|don.?t|never|without|must(?: not)?|should|please|instead|if you|when you|before (?:answering|you)|important|attention|note to|instructions?|system)\b/i,
        0.3,
      ],
      [/\b(?:ai|assistant|llm|language model|bot|agents?)\b[^.\n]{0,30}(?::|reading|when you)/i, 0.2],
      [/<!--|display:\s*none|\[system|\bsystem:|"body"|(?:^|\n)#|\bfrom:|hidden/i, 0.25],
    ]),
    0.55,
  );
};

const SECRET =
  /\b(?:api|secrets?|passwords?|keys?|tokens?|credentials?|system|prompt|instructions|hidden|flag|code ?word|configuration|env)\b/i;

/** A change of writing asked for what is secret. */
export const disguisesSecret = ({ left, text }: Match): number | false => {
  const before = left + text;
  if (asksAbout(sentence(left)) || MADE.test(sentence(left))) return false;
  return confidenceOf(
    weigh(before, [
      [SECRET, 0.4],
      [TELL, 0.3],
      [/\b(?:your|the|you were|given|hidden|that you|around the filter|bypass)\b/i, 0.2],
      [/\b(?:python|javascript|java|library|function|in code|user|users|image|file)\b/i, -0.3],
    ]),
    0.8,
  );
};

/** A great many of the same. */
export const repeats = ({ left }: Match): number | false =>
  confidenceOf(
    weigh(sentence(left), [
      [/\b(?:repeat|say|write|print|output|type|keep)\b/i, 0.4],
      [/\b(?:word|letter|token|string|phrase|text|character|number|following|this|poem)s?\b|["“'‘]/i, 0.3],
      [/\b(?:test|request|job|loop|experiment|measurement|exercise|cycle)s?\b/i, -0.5],
    ]),
    0.7,
  );

/** What the model was trained on, asked for as it stands. */
export const asksForTraining = requests(
  [
    [
      /\b(?:verbatim|word for word|exact(?:ly)?|memori[sz]ed|samples?|personal|private|e-?mails?|phone|addresses|complete|continue|finish|recite|quote|reproduce|conversations|passage|document)\b/i,
      0.4,
    ],
    [TELL, 0.3],
    [ASK, 0.4],
    [/\b(?:my|our) (?:model|training|data)\b|\bclean|\bsplit|\bprepare/i, -0.4],
  ],
  0.7,
);
