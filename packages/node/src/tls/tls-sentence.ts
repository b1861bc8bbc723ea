/** What a `DialError` is made of: its words, and the code that callers branch on. */
export interface TlsSentence {
  readonly code: string;
  readonly text: string;
}
