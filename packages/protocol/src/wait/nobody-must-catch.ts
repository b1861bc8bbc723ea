import { ignore } from './deferred.ts';

/**
 * Does the work; a rejection that nobody looks at is no unhandled one. Unlike with a plain `catch` on the result, the
 * error's stack goes on to whoever awaits it: V8 follows a promise with a single reaction only, so this one comes after
 * the rejection.
 */
export function nobodyMustCatch<T>(work: () => Promise<T>): Promise<T> {
  const result = carryOut();
  return result;

  async function carryOut(): Promise<T> {
    try {
      return await work();
    } catch (error) {
      queueMicrotask(() => void result.catch(ignore));
      throw error;
    }
  }
}
