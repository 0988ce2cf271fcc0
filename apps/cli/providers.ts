// What to suggest when somebody adds a provider by its protocol.

export interface Suggestion {
  /** Of the connection. */
  readonly name: string;
  readonly upstream: string;
  readonly credential: string;
}

export const PROVIDERS: Readonly<Record<string, Suggestion>> = {
  openai: { name: 'gpt', upstream: 'https://api.openai.com', credential: 'env:OPENAI_API_KEY' },
  anthropic: { name: 'claude', upstream: 'https://api.anthropic.com', credential: 'env:ANTHROPIC_API_KEY' },
};
