import { MessageTooLargeError } from './codec-errors.ts';

/** A `maxMessageBytes` as it was given, once it is known to be one. */
export function checkMessageLimit(maxMessageBytes: number): number {
  if (maxMessageBytes >= 1) return maxMessageBytes;
  throw new RangeError(`maxMessageBytes is ${String(maxMessageBytes)}; expected a number of bytes, 1 or more`);
}

export function messageTooLarge(limit: number): MessageTooLargeError {
  return new MessageTooLargeError(`A message is larger than the limit of ${String(limit)} bytes`, { limit });
}
