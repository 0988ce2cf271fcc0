// Is a request aimed at the model and its surroundings, or does somebody ask how a thing is done? Words only.

/** Questions about the subject and talk about attacks: documentation, teaching, tests. */
const ABOUT =
  /\b(?:how (?:do|does|can|could|to|would|should|are|is)|explain (?:what|how|why|the)|what (?:is an?|does)|tutorial|documentation|example of|difference between|best practices?|why (?:do|does|is|are)|never|don'?t|do not|should not|shouldn'?t|must not|avoid|wie (?:kann|setze|macht|lese|zeige)|comment (?:faire|puis|peut)|c[óo]mo (?:puedo|se|hago)|attackers?|paper|article|blog|dataset|classif\w+|detect\w*|phrases? like|such as|prompt injections? (?:is|are|like))\b[^.!?\n]*$/i;

/** True when the text before a phrase makes it a question about, or a warning against, the thing. */
export function asksAbout(left: string): boolean {
  return ABOUT.test(left);
}

/** Possessives and pointers that aim a request at the model itself or at the machine that it runs on. */
const AIMED =
  /\b(?:your|you|yours|me|us|all|every|full|entire|exact|verbatim|hidden|current|this (?:system|server|machine|container|environment)|the (?:system|server|host|production|database|hidden|current|environment|contents?)|deine[nmrs]?|ihre[nmrs]?|alle|tes|ton|ta|vos|votre|toutes?|tous|tus?|sus?|todas?|todos)\b/i;

/** 0.85 for a request aimed at the model, 0.5 for one that may be. */
export function aim(text: string): number {
  return AIMED.test(text) ? 0.85 : 0.5;
}
