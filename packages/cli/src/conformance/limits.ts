/** How long a rule may take. */
export interface Limits {
  readonly timeoutMs: number;
  /** Ends everything, with its reason. */
  readonly stop?: AbortSignal;
}
