// Whether a text that words announced as an address begins with one, and where it ends. Knows no country's streets.

/** A number, then a name: `12 Rue X`, `12/3 Some Rise`, `4-7 Αλμυρού`. Or a name, then a number. */
const NUMBER_FIRST =
  /^#?\p{Nd}{1,5}\p{L}?(?:[/-]\p{Nd}{1,4}\p{L}?)?,? (?:[\p{Lu}\p{Lo}]|\p{Nd}{1,3}(?:st|nd|rd|th)\b)[\p{L}\p{M}.'’]/u;
const NAME_FIRST = /^[\p{Lu}\p{Lo}][^\p{Nd}:()?!]{2,60}?[ ,\-–.](?:n[º°.] ?|no[.:] ?|#)?\p{Nd}/u;
/** Han, kana and Hangul are written without blanks. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}]{2}[^:()?!]{0,40}\p{Nd}/u;

/** Addresses of machines, dates, times, sums. */
const OTHER = /[@_*$%]|:\/\/|\d\.\d|0x|\d:\d|\d{7}|\d ?[ap]m\b/i;

/** Where a sentence goes on behind an address, or another field begins. */
const END =
  /[.!?](?:\s+(?=\p{Lu}\p{Ll}+ \p{Ll})|\s*$)|,? (?:is|was|were|has|and|but|or|on|last|this|next|since|with|for|because|thanks?|please|where|that|which|who|if|when|until|from|before|after|by|not|now|so|as|today|tomorrow|yesterday)\b|["'”’),]+\s*$|\s+$/u;

/** Code units of the address that `text` begins with; 0 when it begins with none. */
export function postalValue(text: string): number {
  const end = END.exec(text)?.index ?? text.length;
  const value = text.slice(0, end);
  if (OTHER.test(value)) return 0;
  return NUMBER_FIRST.test(value) || NAME_FIRST.test(value) || UNSPACED.test(value) ? end : 0;
}
