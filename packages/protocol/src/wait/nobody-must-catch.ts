import { ignore } from './deferred.ts';

/** Does the work; a rejection that nobody looks at is no unhandled one. */
export function nobodyMustCatch<T>(work: () => Promise<T>): Promise<T> {
  const result = carryOut();
  return result;

  async function carryOut(): Promise<T> {
    try {
      return await work();
    } catch (error) {
      excuseRejection(() => result);
      throw error;
    }
  }
}

/**
 * Called by an async function that is about to reject: makes its result, if nobody looks at it, no unhandled rejection.
 * Unlike with a plain `catch` on the result, the error's stack goes on to whoever awaits it: V8 follows a promise with
 * a
 * single reaction only, so this one comes after the rejection.
 */
export function excuseRejection(result: () => Promise<unknown>): void {
  queueMicrotask(() => void result().catch(ignore));
}
