import type { CallOptions } from './call-options.ts';
import { Deadline } from './deadline.ts';
import { ignore } from './deferred.ts';

/**
 * Waits for a promise no longer than the options allow. Giving up does not undo what the promise stands for.
 *
 * @throws whatever the promise rejects with, `signal.reason`, or a `TimeoutError` that says what `waitingFor` does.
 */
export function wait<T>(promise: Promise<T>, waitingFor: () => string, options: CallOptions): Promise<T> {
  if (options.signal === undefined && options.timeoutMs === undefined) return promise;
  // The deadline may end the wait before anybody has looked at the promise.
  promise.catch(ignore);
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      deadline.dispose();
      reject(reason);
    };
    const deadline = new Deadline(options, waitingFor, giveUp);
    promise.then((value) => {
      deadline.dispose();
      resolve(value);
    }, giveUp);
  });
}
