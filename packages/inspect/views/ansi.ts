// The view `ansi`: control sequences of terminals taken away (ECMA-48 sections 5.3 and 5.4), so that colours between the
// letters of a value hide nothing. It must not know what a sequence does.
import { byPattern, escapes } from './escape.ts';

export const ansi = escapes(
  'ansi',
  '\u001b',
  /[[0-9=>@-Z\\^_c]/,
  byPattern(
    /\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|[0-9=>@-Z\\^_c])/y,
    /\x1b(?:\[[0-?]{0,32}[ -/]{0,4})?$/y,
    () => '',
  ),
);
