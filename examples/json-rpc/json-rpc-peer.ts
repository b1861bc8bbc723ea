import { AsyncProtocol, type CallOptions, describeCause, type ProtocolOptions, type SessionEnd } from '@qmp/protocol';
import { Deadline, nobodyMustCatch } from '@qmp/protocol/wait';
import { type JsonObject, type JsonValue, parseJson, stringifyJson } from '@qmp/protocol/codecs';
import { ContentLengthCodec } from './content-length-codec.ts';
import type { RpcOutcome } from './outgoing-requests.ts';
import { RequestInterruptedError, RPC_ERROR_NUMBERS, RpcError } from './rpc-error.ts';
import { type NotificationHandler, type RequestHandler, RpcHandlers } from './rpc-handlers.ts';
import { isRpcId, readRpcMessage, type RpcId, type RpcParams, type RpcRequest } from './rpc-message.ts';
import { causeOf, RpcSession } from './rpc-session.ts';

/** The Language Server Protocol's notification; JSON-RPC itself knows no cancellation. */
const CANCEL = '$/cancelRequest';

/** How a {@link JsonRpcPeer} makes the requests that open a session. */
export type Introduce = (method: string, params?: RpcParams) => Promise<JsonValue>;

/**
 * One end of a JSON-RPC 2.0 session with Content-Length framing. There is no client and no server: each side calls the
 * other's methods and offers its own.
 *
 * ```ts
 * const peer = new JsonRpcPeer({ connector: nodeConnector });
 * peer.onRequest('hostname', () => hostname());
 * await peer.connect('/run/calculator.sock');
 * const product = await peer.request('multiply', [6, 7], { timeoutMs: 1_000 });
 * ```
 */
export class JsonRpcPeer extends AsyncProtocol<string> {
  readonly #handlers: RpcHandlers = new RpcHandlers(this.log);
  #session = new RpcSession();

  constructor(options: ProtocolOptions = {}) {
    super(() => new ContentLengthCodec(), options);
    this.onNotification(CANCEL, (params) => this.#onCancel(params));
  }

  /** Offers a method; its handler may be async, and may call methods of the other side. */
  onRequest(method: string, handler: RequestHandler): void {
    this.#handlers.onRequest(method, handler);
  }

  /** Listens to a notification. */
  onNotification(method: string, handler: NotificationHandler): void {
    this.#handlers.onNotification(method, handler);
  }

  /**
   * Calls a method of the other side. Giving up, by `signal` or `timeoutMs`, cancels the request there.
   *
   * @throws RpcError when it is answered with an error; RequestInterruptedError when the session ends first;
   *   TimeoutError; `signal.reason`; StateError without a session.
   */
  request(method: string, params?: RpcParams, options: CallOptions = {}): Promise<JsonValue> {
    return nobodyMustCatch(() => this.#request(method, params, options));
  }

  /** Tells the other side something. A promise means that it reads slowly. */
  notify(method: string, params?: RpcParams): void | Promise<void> {
    return this.#write({ jsonrpc: '2.0', method, params });
  }

  protected override async establishSession(): Promise<void> {
    this.#session = new RpcSession();
    await this.shakeHands((method, params) => this.#introduce(method, params));
    await super.establishSession();
  }

  /** Override it where a session begins with requests; `request` itself has to wait for `running`. */
  protected shakeHands(_request: Introduce): Promise<void> {
    return Promise.resolve();
  }

  protected override onMessage(text: string): void {
    let value: JsonValue;
    try {
      value = parseJson(text);
    } catch (error) {
      this.#answer([Promise.resolve(errorReply(null, RPC_ERROR_NUMBERS.parseError, describeCause(error)))], 'single');
      return;
    }
    // An empty batch is an invalid message, and answered as one.
    const messages = isBatch(value) && value.length > 0 ? value : [value];
    const replies = messages.map((message) => this.#handle(message));
    this.#answer(replies, messages === value ? 'batch' : 'single');
  }

  protected override onSessionEnd(end: SessionEnd): void {
    this.#session.end(end);
  }

  async #request(method: string, params: RpcParams | undefined, options: CallOptions): Promise<JsonValue> {
    const session = this.#session;
    const { id, outcome } = session.outgoing.open();
    let deadline: Deadline | undefined;
    try {
      deadline = new Deadline(
        options,
        () => `the reply to ${method}`,
        (reason) => {
          outcome.reject(reason);
          void this.#offer(session, stringifyJson({ jsonrpc: '2.0', method: CANCEL, params: { id } }));
        },
      );
      void this.#write({ jsonrpc: '2.0', id, method, params });
      return resultOf(method, await outcome.promise);
    } finally {
      deadline?.dispose();
      session.outgoing.forget(id);
    }
  }

  /** A request that is made while nobody else takes what arrives. */
  async #introduce(method: string, params: RpcParams | undefined): Promise<JsonValue> {
    const { id, outcome } = this.#session.outgoing.open();
    void this.#write({ jsonrpc: '2.0', id, method, params });
    while (outcome.state === 'pending') this.onMessage(await this.receive(`the reply to ${method}`));
    return resultOf(method, await outcome.promise);
  }

  /** @returns the reply that it is to get, if it is to get one. */
  #handle(value: JsonValue): Promise<JsonObject> | undefined {
    const message = readRpcMessage(value);
    switch (message.kind) {
      case 'request':
        return this.#serve(message);
      case 'notification':
        this.#handlers.notify(message);
        return undefined;
      case 'reply':
        if (!this.#session.outgoing.settle(message)) this.log.warn(() => 'dropped a reply that nobody waits for');
        return undefined;
      case 'invalid':
        return Promise.resolve(errorReply(message.id, RPC_ERROR_NUMBERS.invalidRequest, message.why));
    }
  }

  async #serve(request: RpcRequest): Promise<JsonObject> {
    const { incoming } = this.#session;
    const reply = await this.#handlers.answer(request, incoming.begin(request.id));
    incoming.finish(request.id);
    return reply;
  }

  /** Sends replies once they are known. The loop that reads does not wait for it: a handler may wait for that loop. */
  #answer(promised: readonly (Promise<JsonObject> | undefined)[], form: 'single' | 'batch'): void {
    const owed = promised.filter((reply) => reply !== undefined);
    if (owed.length === 0) return;
    const session = this.#session;
    session.incoming.owe(owed.length);
    void nobodyMustCatch(async () => {
      const replies = (await Promise.all(owed)).map((reply) => stringifyJson(reply)).join(',');
      await this.#offer(session, form === 'batch' ? `[${replies}]` : replies);
      session.incoming.pay(owed.length);
    });
  }

  #onCancel(params: RpcParams | undefined): void {
    const id = params !== undefined && 'id' in params ? params['id'] : undefined;
    if (!isRpcId(id)) return;
    this.#session.incoming.cancel(id, new DOMException('The peer cancelled the request', 'AbortError'));
  }

  #write(message: JsonObject): void | Promise<void> {
    return this.send(stringifyJson(message));
  }

  /** Sends what is of use in this very session only, and only while it lives. */
  #offer(session: RpcSession, text: string): void | Promise<void> {
    if (session.isOpen && this.runstate !== 'disconnecting') return this.send(text);
  }
}

/** @throws RpcError or RequestInterruptedError where it is no result. */
function resultOf(method: string, outcome: RpcOutcome): JsonValue {
  if (outcome.kind !== 'reply') {
    throw new RequestInterruptedError(`${method}: the session ended before the reply came`, {
      cause: causeOf(outcome),
    });
  }
  const { result, error } = outcome;
  if (error !== undefined) throw new RpcError(`${method}: ${error.message}`, error);
  return result ?? null;
}

function errorReply(id: RpcId, code: number, message: string): JsonObject {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

// Unlike Array.isArray itself, this tells a readonly array from an object.
const isBatch: (value: JsonValue) => value is readonly JsonValue[] = Array.isArray;
