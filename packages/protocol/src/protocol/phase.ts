import type { Session } from '../session/session.ts';
import type { Ending } from './ending.ts';
import type { Reception } from './reception.ts';

/** A state together with what it owns: leaving it means to hand that on or to release it. */
export type Phase<In, Out> = Idle | Connecting<In, Out> | Running<In, Out> | Disconnecting<In, Out>;

interface Idle {
  readonly state: 'idle';
}

/** A link is being opened; then a listener waits for a peer, or for `accept()`; then hands are shaken on a session. */
export type Connecting<In, Out> =
  | { readonly state: 'connecting' }
  | { readonly state: 'connecting'; readonly reception: Reception }
  | { readonly state: 'connecting'; readonly session: Session<In, Out> };

interface Running<In, Out> {
  readonly state: 'running';
  readonly session: Session<In, Out>;
}

export interface Disconnecting<In, Out> extends Ending {
  readonly state: 'disconnecting';
  /** What is on its way out, if it has come that far. */
  readonly leaving: Session<In, Out> | undefined;
}
