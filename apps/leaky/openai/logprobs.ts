// Log probabilities of tokens, with alternatives: every one of them is text that a gateway must read.

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
}

const entry = (token: string, logprob: number): TokenLogprob => ({
  token,
  logprob,
  bytes: [...Buffer.from(token)],
});

/** The first alternative is the token itself; the others are other writings of it. */
function alternativesOf(token: string, count: number): TokenLogprob[] {
  const others = [token, token.toUpperCase(), token.trimStart(), `${token}s`, token.toLowerCase()];
  return others.slice(0, count).map((other, rank) => entry(other, -0.01 - rank));
}

export function logprobsOf(tokens: readonly string[], alternatives: number): unknown[] {
  return tokens.map((token) => ({
    ...entry(token, -0.01),
    top_logprobs: alternativesOf(token, alternatives),
  }));
}

/** The older form, of completions. */
export function completionLogprobsOf(
  tokens: readonly string[],
  alternatives: number,
  offset: number,
): unknown {
  let at = offset;
  return {
    tokens,
    token_logprobs: tokens.map(() => -0.01),
    top_logprobs: tokens.map((token) =>
      Object.fromEntries(alternativesOf(token, alternatives).map((other) => [other.token, other.logprob])),
    ),
    text_offset: tokens.map((token) => {
      at += token.length;
      return at - token.length;
    }),
  };
}
