import type { CallOptions, ConnectOptions, ProtocolOptions } from '@qmp/protocol';
import type { QapiModel } from '@qmp/qapi';

/** How a `QmpClient` is made. */
export interface QmpClientOptions extends ProtocolOptions {
  /**
   * The largest message taken from the server; 128 MiB unless told otherwise, twice the longest line of a guest agent.
   */
  readonly maxMessageBytes?: number | undefined;
  /** Wait for the server's greeting; true unless told otherwise, false for a guest agent. */
  readonly awaitGreeting?: boolean | undefined;
  /**
   * Negotiate capabilities, without which QEMU refuses all commands; true unless told otherwise, false for a guest
   * agent.
   */
  readonly negotiate?: boolean | undefined;
  /** Enable out-of-band commands when the server offers them; true unless told otherwise. */
  readonly oob?: boolean | undefined;
  /** How long each command waits for its reply unless the call says otherwise; as long as it takes if left out. */
  readonly timeoutMs?: number | undefined;
  /**
   * Check commands before they are sent, `raw` messages excepted: one that does not fit the schema rejects with a
   * `ValidationError` and is not sent. `true` checks with what the server says of itself, which is asked for while
   * connecting; not at all unless told otherwise.
   */
  readonly validate?: boolean | ValidateOptions | undefined;
}

/** What a client checks, and with what. */
export interface ValidateOptions {
  /**
   * What to check with; the server's own unless told otherwise. A guest agent does not say what it knows and needs one.
   */
  readonly model?: QapiModel | undefined;
  /**
   * Check what comes back, too, for tests: a reply that does not fit the schema rejects with a `ValidationError`, such an
   * event ends the session with one. Not unless told otherwise.
   */
  readonly replies?: boolean | undefined;
}

/**
 * How `QmpClient.connect` makes and connects a client; `timeoutMs` bounds the connecting and each command's wait
 * alike.
 */
export interface QmpConnectOptions extends QmpClientOptions, ConnectOptions {}

/** How a command waits for its reply. */
export interface ExecuteOptions extends CallOptions {
  /**
   * Send it out-of-band: it overtakes others. Only commands that allow it (QMP specification, "Out-of-band
   * execution").
   */
  readonly oob?: boolean | undefined;
  /** File descriptors to pass along, for `getfd` and `add-fd`; only over a UNIX socket. */
  readonly fds?: readonly number[] | undefined;
}

/** How `raw` sends a message. */
export interface RawOptions extends CallOptions {
  /** Put an id of the client's own on the message, over any it has; true unless told otherwise. */
  readonly assignId?: boolean | undefined;
}
