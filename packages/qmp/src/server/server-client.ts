import type { DisconnectOptions, SessionEnd } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';

/** A client of a server, as the server's user sees it. */
export interface ServerClient extends AsyncDisposable {
  /** Where it is, while it is connected: `unix:/run/vm.sock`, `tcp:127.0.0.1:40123`. */
  readonly peer: string | undefined;
  /** Whether it has negotiated: until then it may not execute commands, and gets no events. */
  readonly hasNegotiated: boolean;
  /** What it has enabled, such as `oob`. */
  readonly capabilities: readonly string[];
  /** How its session ends. Never rejects. */
  readonly closed: Promise<SessionEnd>;
  /**
   * Sends a message to this client alone, as it is, once it has negotiated: an event that is not for the others.
   *
   * @throws TypeError naming the path of what JSON cannot say.
   */
  notify(message: JsonObject): void;
  /**
   * Hangs up on it, after the reply to the command that is being carried out, for which it waits `graceMs` at most, 5,000
   * unless told otherwise. So the handler of that command must not wait for this.
   */
  disconnect(options?: DisconnectOptions): Promise<void>;
  /** Hangs up on it now. */
  abort(reason?: unknown): void;
}
