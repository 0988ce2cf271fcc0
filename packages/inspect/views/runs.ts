// What extractors of runs of letters and digits share: they are handed units one by one while these belong to their
// alphabet, and told when a run of it is over. It must not know which alphabets there are.
import { ENCODED } from './sextets.ts';
import { type Extractor, type ExtractView, endOf, type Opener, type Run, startOf } from './view.ts';

/** Reads runs of one alphabet, character by character. */
export interface RunDecoder {
  /** The next character of a run: its value, and its place. */
  take(value: number, start: number, end: number, open: Opener): void;
  /** Hands on what has been read. */
  flush(): void;
  /** The run is over, if there was one. */
  finish(open: Opener): void;
  /** Whether no run is being read. */
  readonly idle: boolean;
  /** Lane offset from which something may still be found, or NOWHERE. Call after `flush`. */
  readonly hold: number;
  clone(open: Opener): RunDecoder;
}

/** Value of each ASCII unit in an alphabet, or -1. */
export function valuesIn(alphabet: string, ignoreCase: boolean): Int8Array {
  const values = new Int8Array(128).fill(-1);
  [...alphabet].forEach((letter, value) => {
    values[letter.charCodeAt(0)] = value;
    if (ignoreCase) values[letter.toLowerCase().charCodeAt(0)] = value;
  });
  return values;
}

class RunExtractor implements Extractor {
  private readonly values: Int8Array;
  private readonly decoder: RunDecoder;
  /** How texts are opened, as of the last run. */
  private opener: Opener | undefined;

  constructor(values: Int8Array, decoder: RunDecoder) {
    this.values = values;
    this.decoder = decoder;
  }

  get idle(): boolean {
    return this.decoder.idle;
  }

  get hold(): number {
    return this.decoder.hold;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    const { values, decoder } = this;
    this.opener = open;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      const value = unit < 128 ? values[unit]! : -1;
      if (value < 0) decoder.finish(open);
      else decoder.take(value, startOf(run, i), endOf(run, i), open);
    }
    decoder.flush();
  }

  end(): void {
    if (this.opener) this.decoder.finish(this.opener);
  }

  clone(open: Opener): Extractor {
    const copy = new RunExtractor(this.values, this.decoder.clone(open));
    copy.opener = this.opener && open;
    return copy;
  }
}

/** A view of runs of an alphabet within words that may be encoded. */
export function runs(name: string, values: Int8Array, decoder: () => RunDecoder): ExtractView {
  return { name, kind: 'extract', alphabet: ENCODED, open: () => new RunExtractor(values, decoder()) };
}
