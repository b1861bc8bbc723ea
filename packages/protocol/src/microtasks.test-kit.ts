const ENOUGH = 200;

/** Lets everything happen that waits for promises only, and nothing that waits for a timer. */
export async function microtasks(): Promise<void> {
  for (let count = 0; count < ENOUGH; count += 1) await Promise.resolve();
}

/** Whether a promise is still pending once everything that can happen has happened. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let state: 'pending' | 'settled' = 'pending';
  const settle = (): void => {
    state = 'settled';
  };
  promise.then(settle, settle);
  await microtasks();
  return state === 'pending';
}
