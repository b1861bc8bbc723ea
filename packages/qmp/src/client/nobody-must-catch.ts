import { ignore } from '@qmp/protocol';

/**
 * Does the work; a rejection that nobody looks at is no unhandled one. Unlike with a plain `catch`, the error's stack goes
 * on to whoever awaits the result: V8 follows a promise with a single reaction only, so ours comes after it has rejected.
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
