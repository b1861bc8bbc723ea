import {
  type Address,
  AsyncProtocol,
  checkMilliseconds,
  type CallOptions,
  Deadline,
  describeMessage,
  ignore,
  nobodyMustCatch,
  type SessionEnd,
  type Transport,
} from '@qmp/protocol';
import { checkMessageLimit, type JsonObject, JsonStreamCodec, type JsonValue } from '@qmp/protocol/codecs';
import type { QapiModel } from '@qmp/qapi';
import { platformConnector } from '#connector';
import { ServerParseError } from '../errors/session-errors.ts';
import { EventHub } from '../events/event-hub.ts';
import type { Events } from '../events/events.ts';
import { isQmpSecret } from '../logging/secrets.ts';
import { parseErrorInfo } from '../messages/error-reply.ts';
import { isEvent } from '../messages/event.ts';
import type { Greeting } from '../messages/greeting.ts';
import type {
  CommandArguments,
  CommandName,
  CommandParameters,
  CommandReturns,
  QapiSchema,
} from '../schema/qapi-schema.ts';
import type { Qemu } from '../schema/types/qemu-11.1.gen.ts';
import { checkArguments, checkCommandName, checkMessage } from './check-misuse.ts';
import { CommandQueue, type CommandWire } from './command-queue.ts';
import { type CommandMessage, CommandRequest } from './command-request.ts';
import { askPeer, type HandshakePeer, isProbeReply, negotiate, receiveGreeting } from './handshake.ts';
import { openSchema } from './open-schema.ts';
import type { ExecuteOptions, QmpClientOptions, QmpConnectOptions, RawOptions } from './options.ts';
import type { SessionSchema } from './session-schema.ts';

/** With out-of-band enabled QEMU stops reading when more than this many in-band commands queue up. */
const IN_BAND_LIMIT = 8;

/** Of those who ask for nothing special. */
const DEFAULTS: QmpConnectOptions = {};
const NO_CAPABILITIES: readonly string[] = [];

/**
 * A client of QEMU's, the storage daemon's or another server's QMP monitor: commands with their replies, events, and a
 * session that ends cleanly or says why it did not.
 *
 * ```ts
 * const vm = await QmpClient.connect('/run/vm.sock');
 * const { status } = await vm.execute('query-status');
 * await vm.disconnect();
 * ```
 */
export class QmpClient<S extends QapiSchema = Qemu> extends AsyncProtocol<JsonObject> {
  readonly #options: QmpClientOptions;
  /** Made when somebody listens, or when the first event comes. */
  #hub: EventHub | undefined;
  #greeting: Greeting | undefined;
  #capabilities = NO_CAPABILITIES;
  #droppedReplies = 0;
  /** Those of the current session, or of the next one. */
  #commands = this.#newQueue();
  /** How the latest session died, if it did. */
  #loss: Error | undefined;
  /** Of the current session, once somebody has asked. */
  #schema: SessionSchema | undefined;

  static readonly #wire: CommandWire<QmpClient> = {
    send: (client, request) => client.send(request.message),
    isOpen: (client) => client.runstate === 'running',
  };

  /** @throws RangeError for a `maxMessageBytes` or `timeoutMs` that is none. */
  constructor(options: QmpClientOptions = DEFAULTS) {
    const { maxMessageBytes } = options;
    if (maxMessageBytes !== undefined) checkMessageLimit(maxMessageBytes);
    super(maxMessageBytes === undefined ? createCodec : () => new JsonStreamCodec({ maxMessageBytes }), {
      name: options.name,
      logger: options.logger,
      connector: options.connector ?? platformConnector,
    });
    if (options.timeoutMs !== undefined) checkMilliseconds('timeoutMs', options.timeoutMs);
    this.#options = options;
  }

  /**
   * A connected client.
   *
   * @throws as `connect`.
   */
  static async connect<S extends QapiSchema = Qemu>(
    to: Address | Transport,
    options: QmpConnectOptions = DEFAULTS,
  ): Promise<QmpClient<S>> {
    const client = new QmpClient<S>(options);
    await client.connect(to, options);
    return client;
  }

  /** What the server announces by itself. */
  get events(): Events<S> {
    // The hub deals in wire events; the schema gives them their types.
    return this.#eventHub as unknown as Events<S>;
  }

  /** The greeting of the current or latest session; undefined before one has come. */
  get greeting(): Greeting | undefined {
    return this.#greeting;
  }

  /** The capabilities that are enabled, such as `oob`. */
  get capabilities(): readonly string[] {
    return this.#capabilities;
  }

  /** How many replies were dropped, over all sessions: late ones, and those that answer nothing. */
  get droppedReplies(): number {
    return this.#droppedReplies;
  }

  /**
   * Executes a command and returns what the server returns. Giving up by `signal` or `timeoutMs` gives up the reply, it
   * does not undo the command.
   *
   * @throws StateError when not running; ExecuteError when the server says no; ExecInterruptedError when the session
   * ends
   *   first; BadReplyError; TimeoutError; `signal.reason`; TypeError for arguments that are no JSON, naming where.
   */
  execute<const N extends CommandName<S>>(
    command: N,
    ...rest: CommandParameters<CommandArguments<S, N>, ExecuteOptions>
  ): Promise<CommandReturns<S, N>> {
    // The schema vouches for both ends of the wire.
    return this.executeRaw(command, rest[0] as JsonObject | undefined, rest[1]) as Promise<CommandReturns<S, N>>;
  }

  /** {@link execute} for any name, untyped: for commands that the schema does not know. */
  executeRaw(command: string, args?: JsonObject, options: ExecuteOptions = {}): Promise<JsonValue> {
    try {
      checkCommandName(command);
      checkArguments(command, args);
      if (options.fds !== undefined && options.fds.length > 0) throw this.#cannotPassFds(command);
      const message: CommandMessage =
        options.oob === true
          ? { 'exec-oob': command, arguments: args, id: undefined }
          : { execute: command, arguments: args, id: undefined };
      this.#schema?.checkArguments(command, args);
      const result = this.#submit(new CommandRequest(message, { id: 'assigned', wants: 'return' }), options);
      return this.#schema?.checkReturn(command, result) ?? result;
    } catch (error) {
      return rejected(error);
    }
  }

  /**
   * Sends a message as it is and returns the whole reply, errors included.
   *
   * @throws RangeError when its own id is in use; otherwise as {@link execute}, but for ExecuteError and BadReplyError.
   */
  raw(message: JsonObject, options: RawOptions = {}): Promise<JsonObject> {
    try {
      checkMessage(message);
      const id = options.assignId === false ? 'own' : 'assigned';
      const request = new CommandRequest({ ...message }, { id, wants: 'reply' });
      return this.#submit(request, options) as Promise<JsonObject>;
    } catch (error) {
      return rejected(error);
    }
  }

  /**
   * What this very server can do, as it says itself when it is asked, once a session:
   * `(await vm.schema()).command('blockdev-backup')?.argument('x-perf')`.
   *
   * @throws as {@link execute}; a guest agent cannot say, and refuses.
   */
  schema(options: CallOptions = {}): Promise<QapiModel> {
    return nobodyMustCatch(async () => {
      this.requireState('running');
      const opened = this.#schema ?? (await openSchema());
      // Others may have been faster.
      this.#schema ??= opened;
      return await this.#schema.live((query) => this.executeRaw(query), options);
    });
  }

  protected override async establishSession(): Promise<void> {
    const { awaitGreeting = true, negotiate: negotiates = true, oob = true, validate = false } = this.#options;
    this.#schema = undefined;
    if (validate !== false) this.#schema = await openSchema(validate);
    this.#greeting = undefined;
    this.#capabilities = NO_CAPABILITIES;
    this.#loss = undefined;
    const peer: HandshakePeer = {
      receive: (waitingFor) => this.receive(waitingFor),
      takesEvent: (message) => this.#takesEvent(message),
      send: (message) => this.send(message),
    };
    if (awaitGreeting || negotiates) this.#greeting = await receiveGreeting(peer);
    if (negotiates) {
      const offered = this.#greeting?.QMP.capabilities ?? [];
      const enabled = oob && offered.includes('oob') ? ['oob'] : NO_CAPABILITIES;
      await negotiate(peer, this.#commands.takeId(), enabled);
      this.#capabilities = enabled;
      if (enabled.length > 0) this.#commands.limitInBand(IN_BAND_LIMIT);
    }
    await this.#schema?.prepare(this.#commands.takeId(), (query) => askPeer(peer, query));
    await super.establishSession();
  }

  protected override onMessage(message: JsonObject): void {
    if (!this.#takesEvent(message)) this.#onReply(message);
  }

  protected override describeMessage(message: JsonObject): string {
    return describeMessage(message, isQmpSecret);
  }

  protected override isExpectedEnd(): boolean {
    return this.#commands.hasSentQuit;
  }

  protected override onSessionEnd(end: SessionEnd): void {
    this.#loss = end.kind === 'lost' ? end.error : undefined;
    this.#schema = undefined;
    const commands = this.#commands;
    this.#commands = this.#newQueue();
    commands.end(end);
    this.#hub?.end(end);
  }

  /** Sends a request and waits as long as the options allow; giving up gives up its reply. */
  #submit(request: CommandRequest, options: CallOptions): Promise<JsonValue> {
    this.requireState('running');
    const { signal, timeoutMs = this.#options.timeoutMs } = options;
    // Made first: options that are wrong, or a signal that has aborted, let nothing be sent.
    if (signal !== undefined || timeoutMs !== undefined) this.#limit(request, { signal, timeoutMs });
    try {
      this.#commands.submit(request);
    } catch (error) {
      request.deadline?.dispose();
      throw error;
    }
    return request.result;
  }

  #limit(request: CommandRequest, patience: CallOptions): void {
    const commands = this.#commands;
    request.deadline = new Deadline(
      patience,
      () => commands.describeWait(request),
      (reason) => commands.giveUp(request, reason),
    );
  }

  #cannotPassFds(command: string): TypeError {
    const peer = String(this.peer);
    const why = peer.startsWith('unix:') ? 'this platform has no call for it' : `it takes a UNIX socket, not ${peer}`;
    return new TypeError(`${command}: cannot pass file descriptors: ${why}`);
  }

  #takesEvent(message: JsonObject): boolean {
    if (!isEvent(message)) return false;
    this.#schema?.checkEvent(message);
    this.#eventHub.dispatch(message);
    return true;
  }

  #onReply(reply: JsonObject): void {
    if (reply['id'] === undefined && reply['error'] !== undefined && !this.#commands.expectsReplyWithoutId) {
      throw new ServerParseError(parseErrorInfo(reply)?.desc ?? describeMessage(reply['error']), reply);
    }
    const route = this.#commands.deliver(reply);
    if (route === 'delivered' || isProbeReply(reply)) return;
    this.#droppedReplies += 1;
    this.log.warn(
      () =>
        `dropped a reply that is ${route === 'late' ? 'late' : 'to nothing that was asked'}: ${this.describeMessage(reply)}`,
    );
  }

  #newQueue(): CommandQueue<QmpClient> {
    // The schema does not matter to the wire.
    return new CommandQueue(this as unknown as QmpClient, QmpClient.#wire);
  }

  get #eventHub(): EventHub {
    this.#hub ??= new EventHub({
      lossInForce: () => (this.runstate === 'disconnecting' ? this.#loss : undefined),
      report: (error, event) => this.log.failed(`a listener of ${event.event}`, error),
    });
    return this.#hub;
  }
}

function createCodec(): JsonStreamCodec {
  return new JsonStreamCodec();
}

/** A call that failed before anything was sent. */
function rejected(error: unknown): Promise<never> {
  const result = Promise.reject(error);
  result.catch(ignore);
  return result;
}
