import { ConnectionLostError, EndOfStreamError } from './connection-errors.ts';
import { describeCause } from './describe-cause.ts';

/** The link to a peer broke; `when` says what was going on, if that is worth a word. */
export function connectionLost(peer: string, cause: unknown, when = ''): ConnectionLostError {
  return new ConnectionLostError(`${peer}: connection lost${when}: ${describeCause(cause)}`, { cause });
}

/** Whether the link is gone, and nothing worse: no broken protocol. */
export function isEndOfLink(error: unknown): boolean {
  return error instanceof EndOfStreamError || error instanceof ConnectionLostError;
}
