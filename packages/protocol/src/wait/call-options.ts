/** How long a call may wait; every call that waits takes these. */
export interface CallOptions {
  /** Ends the wait: the call throws `signal.reason` unchanged. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the wait with a `TimeoutError`; `Infinity` waits as long as it takes. */
  readonly timeoutMs?: number | undefined;
}
