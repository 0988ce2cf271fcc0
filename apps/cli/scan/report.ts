// Findings for people: a line for each place, below it the text around with everything found in it masked.
import { visible } from '../text.ts';
import { excerpt, placesOf, type Spot } from './place.ts';

const COLOURS: Readonly<Record<string, number>> = { secret: 31, pii: 33, injection: 35, exfil: 36 };

function painted(text: string, code: number, colours: boolean): string {
  return colours ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export function reportOf(
  file: string,
  text: string,
  spots: readonly Spot[],
  { firstLine = 1, colours = false }: { readonly firstLine?: number; readonly colours?: boolean },
): string {
  const placeAt = placesOf(text, firstLine);
  return spots
    .map((spot) => {
      const { line, column } = placeAt(spot.start);
      const colour = COLOURS[spot.kind.split('.')[0]!] ?? 34;
      const place = painted(`${visible(file)}:${line}:${column}`, 1, colours);
      const { before, after } = excerpt(text, spot, spots);
      const head = `${place}  ${painted(spot.kind, colour, colours)}  (${spot.end - spot.start} characters, ${spot.detector})`;
      return `${head}\n    ${painted(before, 2, colours)}${painted('••••', colour, colours)}${painted(after, 2, colours)}\n`;
    })
    .join('');
}
