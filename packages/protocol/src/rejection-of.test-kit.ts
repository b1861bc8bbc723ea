/** What a promise rejects with; watched from now on, so that it may reject before the test comes to look. */
export function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Expected a rejection, but got ${String(value)}`);
    },
    (reason: unknown) => reason,
  );
}
