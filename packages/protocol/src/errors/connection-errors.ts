import type { Runstate } from '../runstate/runstate.ts';
import { QmpError } from './qmp-error.ts';

/** How far an attempt had come: opening the link, or setting the session up on it. */
export type ConnectPhase = 'connection' | 'session';

/** `connect()` or `accept()` failed; `cause` says why. The object is `idle` again and can be used again. */
export class ConnectError extends QmpError {
  override readonly name = 'ConnectError';
  readonly code = 'CONNECT_FAILED';
  readonly phase: ConnectPhase;

  constructor(message: string, options: { readonly phase: ConnectPhase; readonly cause: unknown }) {
    super(message, options);
    this.phase = options.phase;
  }
}

/** The call does not fit the state that the object is in. Nothing has happened. */
export class StateError extends QmpError {
  override readonly name = 'StateError';
  readonly code = 'WRONG_STATE';
  readonly state: Runstate;
  /** The states in which the call would have been right. */
  readonly required: readonly Runstate[];

  constructor(message: string, options: { readonly state: Runstate; readonly required: readonly Runstate[] }) {
    super(message);
    this.state = options.state;
    this.required = options.required;
  }
}

/** An address that cannot be read, or that this platform cannot reach. Thrown before anything happens. */
export class AddressError extends QmpError {
  override readonly name = 'AddressError';
  readonly code = 'BAD_ADDRESS';
  /** The address as it was given, without what is secret in it. */
  readonly address: unknown;

  constructor(message: string, options: { readonly address: unknown; readonly cause?: unknown }) {
    super(message, options);
    this.address = options.address;
  }
}

/** A wait took longer than its `timeoutMs`. The message says what was waited for. */
export class TimeoutError extends QmpError {
  override readonly name = 'TimeoutError';
  readonly code = 'TIMED_OUT';
  readonly timeoutMs: number;

  constructor(message: string, options: { readonly timeoutMs: number; readonly cause?: unknown }) {
    super(message, options);
    this.timeoutMs = options.timeoutMs;
  }
}

/** This side ended the session, by `disconnect()` or `abort()`, while something still waited for it. */
export class DisconnectedError extends QmpError {
  override readonly name = 'DisconnectedError';
  readonly code = 'DISCONNECTED';
}

/** The peer closed the connection. */
export class EndOfStreamError extends QmpError {
  override readonly name = 'EndOfStreamError';
  readonly code = 'END_OF_STREAM';
}

/** The link broke; `cause` is the system's error. */
export class ConnectionLostError extends QmpError {
  override readonly name = 'ConnectionLostError';
  readonly code = 'CONNECTION_LOST';
}
