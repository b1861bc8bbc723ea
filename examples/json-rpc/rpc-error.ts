import { QmpError } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** The numbers that JSON-RPC 2.0 and, for cancellation, the Language Server Protocol give to errors. */
export const RPC_ERROR_NUMBERS = {
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internalError: -32_603,
  requestCancelled: -32_800,
} as const;

/**
 * A request was answered with an error. A handler throws one to answer with it: whatever else it throws is an "internal
 * error" to the peer, without details.
 */
export class RpcError extends QmpError {
  override readonly name = 'RpcError';
  readonly code = 'RPC_ERROR';
  /** The error's `code` on the wire. */
  readonly number: number;
  readonly data: JsonValue | undefined;

  constructor(message: string, options: { readonly number: number; readonly data?: JsonValue | undefined }) {
    super(message);
    this.number = options.number;
    this.data = options.data;
  }

  /** The error as it stands in a reply. */
  toJson(): JsonObject {
    return { code: this.number, message: this.message, data: this.data };
  }
}

/** The session ended before the reply came; `cause` says how. */
export class RequestInterruptedError extends QmpError {
  override readonly name = 'RequestInterruptedError';
  readonly code = 'REQUEST_INTERRUPTED';
}
