import { ProtocolError } from '../errors/protocol-error.ts';

/** What arrived is not a message: broken JSON, invalid UTF-8, nesting too deep, or a stream cut off in the middle. */
export class DeserializationError extends ProtocolError {
  override readonly name = 'DeserializationError';
  override readonly code = 'NOT_DESERIALIZABLE';
  /** The beginning of what could not be read. */
  readonly raw: string;

  constructor(message: string, options: { readonly raw: string; readonly cause?: unknown }) {
    super(message, options);
    this.raw = options.raw;
  }
}

/** A well-formed value of the wrong type arrived, such as a number where an object was expected. */
export class UnexpectedTypeError extends ProtocolError {
  override readonly name = 'UnexpectedTypeError';
  override readonly code = 'UNEXPECTED_TYPE';
  readonly value: unknown;

  constructor(message: string, options: { readonly value: unknown }) {
    super(message);
    this.value = options.value;
  }
}

/** A message is larger than the limit allows. */
export class MessageTooLargeError extends ProtocolError {
  override readonly name = 'MessageTooLargeError';
  override readonly code = 'MESSAGE_TOO_LARGE';
  /** In bytes. */
  readonly limit: number;

  constructor(message: string, options: { readonly limit: number }) {
    super(message);
    this.limit = options.limit;
  }
}
