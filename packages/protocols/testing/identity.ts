// Editors for tests that change nothing: one passes everything at once, one holds a few characters back.
import type { LaneEditor, LaneInfo, OpenLane } from '@sluice/types';

/** Passes text through; remembers the lanes that were opened and what each was given. */
export function identity(seen?: Map<string, { info: LaneInfo; text: string }[]>, hold = 0): OpenLane {
  return (info) => {
    const entry = { info, text: '' };
    if (seen !== undefined) seen.set(info.id, [...(seen.get(info.id) ?? []), entry]);
    let held = '';
    const editor: LaneEditor = {
      push(chunk) {
        entry.text += chunk;
        held += chunk;
        const out = held.slice(0, Math.max(0, held.length - hold));
        held = held.slice(out.length);
        return out;
      },
      end() {
        const out = held;
        held = '';
        return out;
      },
      get held() {
        return held.length;
      },
      edits: 0,
    };
    return editor;
  };
}
