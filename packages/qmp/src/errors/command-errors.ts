import { describeCause, ProtocolError, QmpError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import type { ErrorInfo } from '../messages/error-reply.ts';

/** A command as it was sent and what came back. Accessors, so that printing an error prints no secret. */
export interface Exchange {
  readonly sent: JsonObject;
  readonly received: JsonObject;
}

/** The server understood the command and said no. */
export class ExecuteError extends QmpError {
  override readonly name = 'ExecuteError';
  readonly code = 'COMMAND_FAILED';
  /** The server's error class, such as `GenericError` or `CommandNotFound`. */
  readonly errorClass: string;
  /** The server's text; for people, not to be parsed. */
  readonly description: string;
  readonly command: string;
  readonly #exchange: Exchange;

  constructor(command: string, error: ErrorInfo, exchange: Exchange) {
    super(`${command}: ${error.desc}`);
    this.errorClass = error.class;
    this.description = error.desc;
    this.command = command;
    this.#exchange = exchange;
  }

  /** The command as it was sent; may hold secrets. */
  get sent(): JsonObject {
    return this.#exchange.sent;
  }

  /** The whole reply. */
  get received(): JsonObject {
    return this.#exchange.received;
  }
}

/** The session ended before the reply came: whether the command took effect is not known. `cause` says how it ended. */
export class ExecInterruptedError extends QmpError {
  override readonly name = 'ExecInterruptedError';
  readonly code = 'COMMAND_INTERRUPTED';
  readonly command: string;

  constructor(command: string, options: { readonly cause: unknown }) {
    super(`${command}: no reply before the session ended: ${describeCause(options.cause)}`, options);
    this.command = command;
  }
}

/** A reply that is neither a return nor a well-formed error. Only its command fails; the session goes on. */
export class BadReplyError extends ProtocolError {
  override readonly name = 'BadReplyError';
  override readonly code = 'BAD_REPLY';
  readonly command: string;
  readonly #exchange: Exchange;

  constructor(command: string, why: string, exchange: Exchange) {
    super(`${command}: the reply is malformed: ${why}`);
    this.command = command;
    this.#exchange = exchange;
  }

  /** The command as it was sent; may hold secrets. */
  get sent(): JsonObject {
    return this.#exchange.sent;
  }

  /** The whole reply. */
  get received(): JsonObject {
    return this.#exchange.received;
  }
}
