import { ConnectionLostError, EndOfStreamError } from './connection-errors.ts';
import { describeCause } from './describe-cause.ts';

/** The link to a peer broke. */
export function connectionLost(peer: string, cause: unknown): ConnectionLostError {
  return new ConnectionLostError(`${peer}: connection lost: ${describeCause(cause)}`, { cause });
}

/** Whether the link is gone, and nothing worse: no broken protocol. */
export function isEndOfLink(error: unknown): boolean {
  return error instanceof EndOfStreamError || error instanceof ConnectionLostError;
}
