import { type Address, type CallOptions, describeCause, type Listener, type Transport } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { platformConnector } from '#connector';

import type { EventName, QapiSchema, VersionInfo } from '../schema/qapi-schema.ts';
import type { Qemu } from '../schema/types/qemu-11.1.gen.ts';
import { CommandError } from './command-error.ts';
import type { CommandHandlers, CommandCall, FallbackHandler } from './command-handler.ts';
import type { QmpServerOptions } from './options.ts';
import type { ServerClient } from './server-client.ts';
import { ClientSession, type SessionHost } from './session/client-session.ts';
import type { Request } from './session/request.ts';

type AnyHandler = (args: JsonObject, call: CommandCall) => JsonValue | undefined | Promise<JsonValue | undefined>;

/** The data of an event as a parameter list: required, optional or absent, as the schema says. */
export type EventParameters<D> = [D] extends [undefined]
  ? [data?: undefined]
  : undefined extends D
    ? [data?: D]
    : [data: D];

/**
 * A QMP server: the other side of `QmpClient`, which answers as QEMU does.
 *
 * ```ts
 * await using server = new QmpServer({ handlers: { 'query-status': () => ({ status: 'running', running: true }) } });
 * const address = await server.listen('127.0.0.1:0');
 * server.emit('STOP');
 * ```
 */
export class QmpServer<S extends QapiSchema = Qemu> implements AsyncDisposable {
  readonly #options: QmpServerOptions<S>;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #sessions = new Set<ClientSession>();
  readonly #listeners = new Set<Listener>();
  readonly #closing = new AbortController();
  readonly #host: SessionHost;

  constructor(options: QmpServerOptions<S> = {}) {
    this.#options = options;
    for (const [name, handler] of Object.entries(options.handlers ?? {})) {
      if (handler !== undefined) this.#handlers.set(name, handler as AnyHandler);
    }
    const offers = options.oob === false ? [] : ['oob'];
    this.#host = {
      greeting: { QMP: { version: this.version, capabilities: offers } } as unknown as JsonObject,
      offers,
      execute: (request, session) => this.#execute(request, session),
      onSessionEnd: (session) => this.#sessions.delete(session),
    };
  }

  /** What its greeting says, and `query-version`. */
  get version(): VersionInfo {
    return this.#options.version ?? { qemu: { micro: 0, minor: 1, major: 11 }, package: '' };
  }

  /** Those that are connected at the moment, whether they have negotiated or not. */
  get clients(): ReadonlySet<ServerClient> {
    return this.#sessions;
  }

  /**
   * Serves everybody who connects at an address; may be called for several. Resolves, once it listens, with where it
   * really does: the port of `127.0.0.1:0` is filled in.
   */
  async listen(at: Address, options: CallOptions = {}): Promise<string> {
    const { connector = platformConnector } = this.#options;
    const listener = await connector.listen(at, { signal: options.signal ?? this.#closing.signal });
    this.#listeners.add(listener);
    void this.#accept(listener);
    return listener.description;
  }

  /** Serves a client on a ready-made transport. */
  serve(transport: Transport): ServerClient {
    const session = new ClientSession(this.#host, { name: this.#options.name, logger: this.#options.logger });
    this.#sessions.add(session);
    session.connect(transport).catch(() => this.#sessions.delete(session));
    this.#options.onClient?.(session);
    return session;
  }

  /** Replaces the handler of a command, until what is returned is disposed of. */
  handle<const N extends keyof CommandHandlers<S> & string>(
    command: N,
    handler: NonNullable<CommandHandlers<S>[N]>,
  ): Disposable {
    const before = this.#handlers.get(command);
    this.#handlers.set(command, handler as unknown as AnyHandler);
    return {
      [Symbol.dispose]: () => {
        if (before === undefined) this.#handlers.delete(command);
        else this.#handlers.set(command, before);
      },
    };
  }

  /** Sends an event to every client that has negotiated. */
  emit<const N extends EventName<S>>(event: N, ...[data]: EventParameters<S['events'][N]>): void {
    const now = this.#options.now === undefined ? Date.now() : this.#options.now();
    const timestamp =
      now === undefined
        ? { seconds: -1, microseconds: -1 }
        : { seconds: Math.floor(now / 1000), microseconds: Math.floor((now % 1000) * 1000) };
    const message: JsonObject = { timestamp, event, data: data as JsonObject | undefined };
    for (const session of this.#sessions) session.notify(message);
  }

  /** Stops listening and hangs up on all clients. */
  async close(options: { readonly graceMs?: number | undefined } = {}): Promise<void> {
    this.#closing.abort(new Error('The server has been closed'));
    await Promise.all([...this.#listeners].map((listener) => listener.close()));
    await Promise.all([...this.#sessions].map((session) => session.disconnect(options).catch(describeCause)));
  }

  /** {@link close} that never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #accept(listener: Listener): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const transport = await listener.accept({ signal }).catch(() => undefined);
      if (transport === undefined) continue;
      const client = this.serve(transport);
      if (this.#options.clients === 'one') await client.closed;
    }
  }

  #execute(request: Request, session: ClientSession): JsonValue | Promise<JsonValue> {
    const { command, isOutOfBand } = request;
    const handler: AnyHandler | FallbackHandler | undefined = this.#handlers.get(command) ?? this.#options.fallback;
    if (handler === undefined) {
      throw new CommandError('CommandNotFound', `The command ${command} has not been found`);
    }
    const call: CommandCall = {
      command,
      isOutOfBand,
      client: session,
      get signal() {
        return session.gone;
      },
    };
    const result = handler(request.arguments, call);
    return result instanceof Promise ? result.then((value) => value ?? {}) : (result ?? {});
  }
}
