import { StateError } from '../errors/connection-errors.ts';
import type { Runstate } from './runstate.ts';

const STANDING: { readonly [State in Runstate]: string } = {
  idle: 'is idle and has no session',
  connecting: 'is already connecting',
  running: 'is already connected and running',
  disconnecting: 'is disconnecting; call disconnect() to return to idle',
};

/** The error for a call that does not fit the state; the text names both states, and what to do where that is clear. */
export function stateError(who: string, state: Runstate, required: Runstate, hint?: string): StateError {
  const advice = hint === undefined ? '' : `: ${hint}`;
  const message = `${who} ${STANDING[state]} (required: ${required})${advice}`;
  return new StateError(message, { state, required: [required] });
}
