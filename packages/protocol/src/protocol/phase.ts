import type { Session } from '../session/session.ts';
import type { Ending } from './ending.ts';
import type { Reception } from './reception.ts';

/** A state together with what it owns: leaving it means to hand that on or to release it. */
export type Phase<In, Out> = Idle | Connecting<In, Out> | Running<In, Out> | Disconnecting<In, Out>;

interface Idle {
  readonly state: 'idle';
}

export type Connecting<In, Out> =
  | { readonly state: 'connecting'; readonly step: 'opening' }
  | { readonly state: 'connecting'; readonly step: 'listening' | 'accepting'; readonly reception: Reception }
  | { readonly state: 'connecting'; readonly step: 'establishing'; readonly session: Session<In, Out> };

export interface Running<In, Out> {
  readonly state: 'running';
  readonly session: Session<In, Out>;
}

interface Disconnecting<In, Out> {
  readonly state: 'disconnecting';
  readonly ending: Ending;
  /** What is on its way out. */
  readonly leaving: Session<In, Out> | undefined;
}
