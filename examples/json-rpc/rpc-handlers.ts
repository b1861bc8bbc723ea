import { describeCause, type NamedLog } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { RPC_ERROR_NUMBERS, RpcError } from './rpc-error.ts';
import type { RpcNotification, RpcParams, RpcRequest } from './rpc-message.ts';

/** What a request handler is told besides the arguments. */
interface RequestContext {
  /** Aborts when the peer cancels the request and when the session ends. */
  readonly signal: AbortSignal;
}

/** Answers requests: what it returns is the result (`undefined` becomes null); what it throws is the error. */
export type RequestHandler = (
  params: RpcParams | undefined,
  context: RequestContext,
) => JsonValue | undefined | void | Promise<JsonValue | undefined | void>;

/** Takes notifications. */
export type NotificationHandler = (params: RpcParams | undefined) => void;

/** The methods that one side offers to the other. */
export class RpcHandlers {
  readonly #log: NamedLog;
  readonly #requests = new Map<string, RequestHandler>();
  readonly #notifications = new Map<string, NotificationHandler>();

  constructor(log: NamedLog) {
    this.#log = log;
  }

  onRequest(method: string, handler: RequestHandler): void {
    this.#requests.set(method, handler);
  }

  onNotification(method: string, handler: NotificationHandler): void {
    this.#notifications.set(method, handler);
  }

  /** Takes a notification; a handler that throws is reported. */
  notify({ method, params }: RpcNotification): void {
    try {
      this.#notifications.get(method)?.(params);
    } catch (error) {
      this.#log.error(() => `the handler of ${method} failed: ${describeCause(error)}`, error);
    }
  }

  /** The reply to a request, errors included. Never rejects. */
  async answer({ id, method, params }: RpcRequest, signal: AbortSignal): Promise<JsonObject> {
    try {
      const handler = this.#requests.get(method);
      if (handler === undefined) {
        throw new RpcError(`There is no method ${method}`, { number: RPC_ERROR_NUMBERS.methodNotFound });
      }
      const result = await handler(params, { signal });
      return { jsonrpc: '2.0', id, result: result ?? null };
    } catch (error) {
      return { jsonrpc: '2.0', id, error: this.#toRpcError(error, method, signal).toJson() };
    }
  }

  #toRpcError(error: unknown, method: string, signal: AbortSignal): RpcError {
    if (error instanceof RpcError) return error;
    if (signal.aborted && error === signal.reason) {
      return new RpcError('The request was cancelled', { number: RPC_ERROR_NUMBERS.requestCancelled });
    }
    this.#log.error(() => `the handler of ${method} failed: ${describeCause(error)}`, error);
    return new RpcError('Internal error', { number: RPC_ERROR_NUMBERS.internalError });
  }
}
