import { StateError } from '../errors/connection-errors.ts';
import type { Runstate } from './runstate.ts';

/** The error for a call that does not fit the state; the text names both states, and what to do where that is clear. */
export function stateError(who: string, state: Runstate, required: Runstate, hint?: string): StateError {
  const advice = hint ?? (state === 'disconnecting' ? 'call disconnect() to return to idle' : '');
  const message = `${who} is ${state} (required: ${required})${advice && `: ${advice}`}`;
  return new StateError(message, { state, required: [required] });
}
