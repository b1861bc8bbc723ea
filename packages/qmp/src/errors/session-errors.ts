import { ProtocolError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';

/**
 * What the peer sent first is no QMP greeting; the message says what it looks like. `cause` is set when it was no JSON.
 */
export class GreetingError extends ProtocolError {
  override readonly name = 'GreetingError';
  override readonly code = 'BAD_GREETING';
  /** The message in place of the greeting, where it was one. */
  readonly received: JsonObject | undefined;

  constructor(message: string, options: { readonly received?: JsonObject; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.received = options.received;
  }
}

/** The server refused `qmp_capabilities`; carries its class and text. */
export class NegotiationError extends ProtocolError {
  override readonly name = 'NegotiationError';
  override readonly code = 'NEGOTIATION_FAILED';
  /** The server's error class. */
  readonly errorClass: string;
  /** The server's text. */
  readonly description: string;

  constructor(errorClass: string, description: string) {
    super(`Capabilities negotiation failed: ${errorClass}: ${description}`);
    this.errorClass = errorClass;
    this.description = description;
  }
}

/** The server could not parse what it got, and no one knows what it dropped: the session ends. */
export class ServerParseError extends ProtocolError {
  override readonly name = 'ServerParseError';
  override readonly code = 'SERVER_PARSE_ERROR';
  /** The server's error, which names no command. */
  readonly received: JsonObject;

  constructor(description: string, received: JsonObject) {
    super(`The server could not parse a request: ${description}`);
    this.received = received;
  }
}
