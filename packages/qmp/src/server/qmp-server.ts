import {
  type Address,
  type CallOptions,
  describeCause,
  DisconnectedError,
  type Listener,
  type Transport,
} from '@qmp/protocol';
import { Deadline, ignore } from '@qmp/protocol/wait';
import type { JsonObject } from '@qmp/protocol/codecs';
import { platformConnector } from '#connector';

import type { EventName, QapiSchema } from '../schema/qapi-schema.ts';
import type { Qemu } from '../schema/types/qemu-11.1.gen.ts';
import { acceptClients } from './accept-clients.ts';
import { MessageWriter } from './codec/message-writer.ts';
import { WrittenMessage } from './codec/outbound.ts';
import type { CommandHandlers } from './command-handler.ts';
import { type AnyHandler, Dispatcher } from './dispatcher.ts';
import { type Clock, systemClock } from './events/clock.ts';
import { EventRates } from './events/event-rates.ts';
import { timestampOf } from './events/timestamp.ts';
import { serverVersion, tellsPositions } from './model/server-version.ts';
import type { CloseOptions, EventParameters, QmpServerOptions } from './options.ts';
import type { ServerClient } from './server-client.ts';
import { ClientSession, type SessionHost } from './session/client-session.ts';
import { standardHandlers } from './standard-handlers.ts';

const MAX_UNSENT_BYTES = 16 * 1024 * 1024;

/** As many as systems let wait. */
const BACKLOG = 511;

/**
 * The other side of `QmpClient`: a server that speaks QMP as QEMU does, on any number of listeners and ready-made
 * transports, for doubles of QEMU, replays and proxies. What it does is up to its handlers.
 *
 * ```ts
 * const server = new QmpServer({ handlers: { 'query-status': () => ({ status: 'running', running: true }) } });
 * const address = await server.listen('127.0.0.1:0');
 * server.emit('STOP');
 * await server.close();
 * ```
 */
export class QmpServer<S extends QapiSchema = Qemu> implements AsyncDisposable {
  readonly #options: QmpServerOptions<S>;
  readonly #clock: Clock;
  readonly #dispatcher: Dispatcher;
  readonly #host: SessionHost;
  readonly #rates: EventRates | undefined;
  readonly #clients = new Set<ClientSession>();
  readonly #listeners = new Set<Listener>();
  /** What lets clients in, at each of them. */
  readonly #receptions: Promise<void>[] = [];
  readonly #closing = new AbortController();
  /** Whom the next client waits for, where there is one at a time. */
  #latest: ClientSession | undefined;

  /** @throws RangeError for a `maxUnsentBytes` that is none. */
  constructor(options: QmpServerOptions<S> = {}) {
    const { model, fallback, handlers = {}, clock = systemClock } = options;
    const version = serverVersion(options.version, model);
    const offers = options.oob === false ? [] : ['oob'];
    const { maxUnsentBytes = MAX_UNSENT_BYTES } = options;
    if (!(maxUnsentBytes >= 0)) {
      throw new RangeError(`maxUnsentBytes is ${maxUnsentBytes}; expected a number of bytes, 0 or more`);
    }
    this.#options = options;
    this.#clock = clock;
    this.#dispatcher = new Dispatcher(model, fallback);
    this.#rates = options.limitEventRates === true ? new EventRates(clock, (event) => this.#send(event)) : undefined;
    const writer = new MessageWriter(options.pretty === true);
    this.#host = {
      codec: { writer, tellsPositions: options.errorPositions ?? tellsPositions(version) },
      greeting: new WrittenMessage({ QMP: { version, capabilities: offers } }, writer),
      offers,
      maxUnsentBytes,
      execute: (request, client) => this.#dispatcher.execute(request, client),
      onSessionEnd: (client) => this.#clients.delete(client),
    };
    const table = this.#dispatcher.handlers;
    for (const [command, handler] of standardHandlers(version, model, () => table.keys())) table.set(command, handler);
    for (const [command, handler] of Object.entries(handlers)) {
      if (handler !== undefined) table.set(command, handler as AnyHandler);
    }
  }

  /** Those that are connected now, whether they have negotiated or not. */
  get clients(): ReadonlySet<ServerClient> {
    return this.#clients;
  }

  /**
   * Listens for clients, at as many addresses as it is called for, until the server is closed. Resolves with where it
   * really listens: with the port in the place of the 0 in `127.0.0.1:0`.
   *
   * @throws AddressError for an address that cannot be read; DisconnectedError once the server is closed; TimeoutError;
   *   `signal.reason`; the platform's error when nobody can listen there.
   */
  async listen(at: Address, options: CallOptions = {}): Promise<string> {
    this.#closing.signal.throwIfAborted();
    const listener = await this.#open(at, options);
    if (this.#closing.signal.aborted) await listener.close();
    this.#closing.signal.throwIfAborted();
    this.#listeners.add(listener);
    this.#receptions.push(
      acceptClients(listener, {
        signal: this.#closing.signal,
        turn: () => this.#latest?.closed,
        onClient: (transport) => this.serve(transport),
        onFailure: (description, error) => this.#report(description, error),
      }),
    );
    return listener.description;
  }

  /**
   * Serves a client on a ready-made transport; where there is one at a time it may have to wait.
   *
   * @throws DisconnectedError once the server is closed; the transport is closed, too, then.
   */
  serve(transport: Transport): ServerClient {
    const { signal } = this.#closing;
    if (signal.aborted) {
      transport.abort(signal.reason);
      throw signal.reason;
    }
    const { name = 'QmpServer', logger, clients } = this.#options;
    const client = new ClientSession(this.#host, { name: `${name} for ${transport.description}`, logger });
    const before = this.#latest;
    if (clients === 'one') this.#latest = client;
    if (before === undefined) this.#begin(client, transport);
    else void before.closed.then(() => this.#begin(client, transport));
    return client;
  }

  /**
   * Gives a command another handler, until what is returned is disposed of: in a test, for what goes wrong once.
   */
  handle<const N extends keyof CommandHandlers<S> & string>(
    command: N,
    handler: NonNullable<CommandHandlers<S>[N]>,
  ): Disposable {
    const { handlers } = this.#dispatcher;
    const before = handlers.get(command);
    const own = handler as unknown as AnyHandler;
    handlers.set(command, own);
    return {
      [Symbol.dispose]: () => {
        if (handlers.get(command) !== own) return;
        if (before === undefined) handlers.delete(command);
        else handlers.set(command, before);
      },
    };
  }

  /**
   * Sends an event to every client that has negotiated.
   *
   * @throws TypeError naming the path of what JSON cannot say; nothing has been sent then.
   */
  emit<const N extends EventName<S>>(event: N, ...[data]: EventParameters<S['events'][N]>): void {
    // The schema vouches for it.
    const content = data as JsonObject | undefined;
    const timestamp = timestampOf(this.#clock.now());
    const message = new WrittenMessage({ timestamp, event, data: content }, this.#host.codec.writer);
    if (this.#rates === undefined) this.#send(message);
    else this.#rates.pass(event, content, message);
  }

  /**
   * Stops listening and hangs up on all clients. The signals of handlers abort; what they are carrying out may still be
   * answered within `graceMs`, 5,000 unless told otherwise. So a handler that closes the server must not wait for it.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    this.#closing.abort(new DisconnectedError('The server has been closed'));
    this.#rates?.[Symbol.dispose]();
    await Promise.all([
      ...[...this.#listeners].map((listener) => listener.close()),
      ...[...this.#clients].map((client) => client.disconnect(options).catch(ignore)),
    ]);
    await Promise.all([...this.#receptions, this.#latest?.closed]);
  }

  /** {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #begin(client: ClientSession, transport: Transport): void {
    this.#clients.add(client);
    // How it ends is told by `closed`.
    client.connect(transport).catch(ignore);
    if (this.#closing.signal.aborted) {
      client.abort(this.#closing.signal.reason);
      return;
    }
    try {
      this.#options.onClient?.(client);
    } catch (error) {
      this.#report(`onClient failed: ${describeCause(error)}`, error);
    }
  }

  #send(event: WrittenMessage): void {
    for (const client of this.#clients) client.announce(event);
  }

  async #open(at: Address, patience: CallOptions): Promise<Listener> {
    const { connector = platformConnector } = this.#options;
    const attempt = new AbortController();
    const deadline = new Deadline(
      patience,
      () => 'it to listen',
      (reason) => attempt.abort(reason),
    );
    try {
      const signal = AbortSignal.any([attempt.signal, this.#closing.signal]);
      // Many may come at once, and whoever hangs up for its part (`socat`, `nc -N`) is answered all the same.
      return await connector.listen(at, { signal, allowHalfOpen: true, backlog: BACKLOG });
    } finally {
      deadline.dispose();
    }
  }

  #report(description: string, error: unknown): void {
    try {
      this.#options.logger?.error(`${this.#options.name ?? 'QmpServer'}: ${description}`, { error });
    } catch {
      // A logger that throws cannot be told so.
    }
  }
}
