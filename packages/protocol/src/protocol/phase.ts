import type { Session } from '../session/session.ts';
import type { Attempt } from './attempt.ts';
import type { Ending } from './ending.ts';
import type { Reception } from './reception.ts';

/** A state together with what it owns: leaving it means to hand that on or to release it. */
export type Phase<In, Out> = Idle | Connecting<In, Out> | Running<In, Out> | Disconnecting<In, Out>;

interface Idle {
  readonly state: 'idle';
}

export type Connecting<In, Out> = Opening | Listening | Accepting | Establishing<In, Out>;

interface Opening {
  readonly state: 'connecting';
  readonly step: 'opening';
  readonly attempt: Attempt;
}

interface Listening {
  readonly state: 'connecting';
  readonly step: 'listening';
  readonly reception: Reception;
}

interface Accepting {
  readonly state: 'connecting';
  readonly step: 'accepting';
  readonly reception: Reception;
  readonly attempt: Attempt;
}

/** Hands are being shaken. */
export interface Establishing<In, Out> {
  readonly state: 'connecting';
  readonly step: 'establishing';
  readonly session: Session<In, Out>;
  readonly attempt: Attempt;
}

export interface Running<In, Out> {
  readonly state: 'running';
  readonly session: Session<In, Out>;
  /** For as long as `establishSession` has something left to do. */
  readonly attempt?: Attempt;
}

interface Disconnecting<In, Out> {
  readonly state: 'disconnecting';
  readonly ending: Ending;
  /** What is on its way out. */
  readonly leaving: Session<In, Out> | undefined;
}
