import { ConnectionLostError } from './connection-errors.ts';
import { describeCause } from './describe-cause.ts';

/** The link to a peer broke; `when` says what was going on, if that is worth a word. */
export function connectionLost(peer: string, cause: unknown, when = ''): ConnectionLostError {
  return new ConnectionLostError(`${peer}: connection lost${when}: ${describeCause(cause)}`, { cause });
}
