// Text that others wrote, made harmless for a terminal: a recorded answer, a model's name or an error must not move the
// cursor, recolour the screen, retitle the window or reorder what stands beside it. It must not know what the text is.

/** C0 and C1 controls, DEL; line and paragraph separators; and what turns the direction of writing (UAX #9, section 2). */
const DRIVES = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** In a text of several lines, line breaks and tabs stay. */
const DRIVES_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Controls show as their pictures (U+2400 block), and others as the replacement character. */
export function visible(text: string, keep: 'line' | 'lines' = 'line'): string {
  return text.replace(keep === 'line' ? DRIVES : DRIVES_LINES, (found) => {
    const code = found.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** For JSON: the same string in another spelling. */
export function escaped(json: string): string {
  return json.replace(DRIVES, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether a stream shows colours: https://no-color.org. */
export function colourful(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
}
