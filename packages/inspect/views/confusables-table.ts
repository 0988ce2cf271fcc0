// Look-alikes of ASCII characters that NFKC leaves alone, and characters that show nothing. Data only.
// Source: Unicode UTS #39 (confusables) and UAX #44 (Default_Ignorable_Code_Point), reduced to what reads as ASCII.

/** ASCII character, then every character that reads as it. */
export const LOOKALIKES: readonly (readonly [string, string])[] = [
  ['A', 'АΑᎪᗅꓮ'],
  ['B', 'ВΒᏴᗷꓐ'],
  ['C', 'СϹᏟꓚⲤ'],
  ['D', 'Ꭰᗞᗪꓓ'],
  ['E', 'ЕΕᎬꓰⴹ'],
  ['F', 'Ϝᖴꓝ'],
  ['G', 'ԌᏀᏳꓖ'],
  ['H', 'НΗᎻᕼꓧⲎ'],
  ['I', 'ІΙӀⲒ'],
  ['J', 'ЈᎫᒍꓙͿ'],
  ['K', 'КΚᏦꓗⲔ'],
  ['L', 'ᏞᒪꓡⳐ'],
  ['M', 'МΜϺᎷᗰꓟⲘ'],
  ['N', 'ΝꓠⲚ'],
  ['O', 'ОΟՕⲞꓳ'],
  ['P', 'РΡᏢᑭꓑⲢ'],
  ['Q', 'ԚⵕꝖ'],
  ['R', 'ᎡᏒᖇꓣ'],
  ['S', 'ЅՏᏕᏚꓢ'],
  ['T', 'ТΤᎢꓔⲦ'],
  ['U', 'Սᑌꓴ'],
  ['V', 'Ѵᐯꓦⴸ'],
  ['W', 'ԜᎳᏔꓪ'],
  ['X', 'ХΧ᙭ꓫⲬ'],
  ['Y', 'УҮΥᎩꓬⲨ'],
  ['Z', 'ΖᏃꓜ'],
  ['a', 'аɑα'],
  ['b', 'ЬᏏ'],
  ['c', 'сᴄⲥ'],
  ['d', 'ԁᏧ'],
  ['e', 'еҽ'],
  ['f', 'ƒꬵ'],
  ['g', 'ɡց'],
  ['h', 'һհᏂ'],
  ['i', 'іιıɩɪᎥ'],
  ['j', 'јʝ'],
  ['k', 'κкᴋ'],
  ['l', 'ӏǀ'],
  ['m', 'ᴍ'],
  ['n', 'ոռ'],
  ['o', 'оοօσᴏⲟ'],
  ['p', 'рρⲣ'],
  ['q', 'ԛգզ'],
  ['r', 'гᴦⲅ'],
  ['s', 'ѕꜱƽ'],
  ['t', 'τᴛ'],
  ['u', 'υսᴜʋ'],
  ['v', 'νѵᴠ'],
  ['w', 'ԝѡᴡ'],
  ['x', 'хχⲭ'],
  ['y', 'уүγʏ'],
  ['z', 'ᴢ'],
  ['3', 'ЗƷӠ'],
  ['6', 'б'],
  ['-', '‐‑‒–−'],
  ['"', '“”„‟'],
  ["'", '‘‚‛'],
  [':', '꞉ː∶'],
  ['/', '∕⁄⧸'],
  ['*', '∗⁎'],
  ['~', '∼˜'],
  ['_', '‗'],
  ['.', '۔'],
];

/** Shown as nothing: removed. Inclusive ranges of code points. */
export const INVISIBLE: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad], // soft hyphen
  [0x0300, 0x036f], // combining marks, stacked over a letter to disguise it
  [0x0483, 0x0489],
  [0x061c, 0x061c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f], // zero-width space, joiners, direction marks
  [0x202a, 0x202e], // embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, isolates
  [0x20d0, 0x20ff],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f], // variation selectors
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff], // byte-order mark
  [0xffa0, 0xffa0],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe0001],
  [0xe007f, 0xe007f],
  [0xe0100, 0xe01ef], // variation selectors supplement
];

/** Copies of ASCII runs: [first, last, code point of the ASCII character that the first stands for]. */
export const ASCII_COPIES: readonly (readonly [number, number, number])[] = [
  [0xe0020, 0xe007e, 0x20], // tag characters
  [0x1f150, 0x1f169, 0x41], // negative circled letters
  [0x1f170, 0x1f189, 0x41], // negative squared letters
  [0x1f1e6, 0x1f1ff, 0x41], // regional indicators
];

/** Left as they are although NFKC changes them: common in prose, and no help in reading a disguise. */
export const KEPT = '…™ªº¼½¾´¨¯¸';
