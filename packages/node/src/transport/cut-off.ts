/** What readers and writers are told when this side ends a link at once: the reason, if it is an error itself. */
export function cutOff(reason?: unknown): Error {
  return reason instanceof Error ? reason : new Error('The link was cut off on this side', { cause: reason });
}
