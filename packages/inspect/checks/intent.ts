// Does somebody ask how a thing is done, or talk about it? Words only.

/** Questions about the subject and talk about attacks: documentation, teaching, tests. */
const ABOUT =
  /\b(?:how (?:do|does|can|could|to|would|should|are|is)|explain (?:what|how|why|the)|what (?:is an?|does)|tutorial|documentation|example of|difference between|best practices?|why (?:do|does|is|are)|never|don'?t|do not|should not|shouldn'?t|must not|avoid|wie (?:kann|setze|macht|lese|zeige)|comment (?:faire|puis|peut)|c[óo]mo (?:puedo|se|hago)|attackers?|paper|article|blog|dataset|classif\w+|detect\w*|phrases? like|such as|prompt injections? (?:is|are|like))\b[^.!?\n]*$/i;

/** True when the text before a phrase makes it a question about, or a warning against, the thing. */
export function asksAbout(left: string): boolean {
  return ABOUT.test(left);
}
