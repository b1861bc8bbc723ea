import {
  AsyncProtocol,
  describeCause,
  describeMessage,
  DisconnectedError,
  type DisconnectOptions,
  type ProtocolOptions,
} from '@qmp/protocol';
import { checkMilliseconds, Deadline, Deferred, ignore } from '@qmp/protocol/wait';
import type { JsonObject } from '@qmp/protocol/codecs';

import { isQmpSecret } from '../../logging/secrets.ts';
import { contentOfInbound, type Inbound, type InboundValue } from '../codec/inbound.ts';
import { type Outbound, type OutboundContent, WrittenMessage } from '../codec/outbound.ts';
import { ServerCodec, type ServerCodecOptions } from '../codec/server-codec.ts';
import type { WireValue } from '../codec/wire-value.ts';
import { ClientTooSlowError } from '../client-too-slow-error.ts';
import { CommandError } from '../command-error.ts';
import type { ServerClient } from '../server-client.ts';
import { negotiate } from './negotiation.ts';
import { idOf, parseRequest, type Request } from './request.ts';
import { RequestQueue, type RequestWorker } from './request-queue.ts';

const GRACE_MS = 5_000;

/** What all sessions of a server have in common. */
export interface SessionHost {
  readonly codec: ServerCodecOptions;
  readonly greeting: WrittenMessage;
  /** What a client may enable. */
  readonly offers: readonly string[];
  readonly maxUnsentBytes: number;
  /**
   * Carries out a command of a client that has negotiated: a JSON value, or a promise of one; `undefined` where there is
   * no reply.
   */
  execute(request: Request, client: ClientSession): unknown;
  onSessionEnd(client: ClientSession): void;
}

/** One client's session, seen from the server. */
export class ClientSession extends AsyncProtocol<Inbound, Outbound> implements ServerClient, RequestWorker {
  readonly #host: SessionHost;
  readonly #queue = new RequestQueue(this);
  /** Undefined until it has negotiated. */
  #capabilities: readonly string[] | undefined;
  /** Made for a handler that asks. */
  #gone: AbortController | undefined;
  /** Set once the client has gone, or is being hung up on. */
  #goneReason: Error | undefined;
  /** Settles when what was sent has left, if there was much. */
  #flushed: Promise<void> | undefined;
  /** Lets the end of the stream be the end of the session, once all is said. */
  #letGo: (() => void) | undefined;

  constructor(host: SessionHost, options: ProtocolOptions) {
    super(() => new ServerCodec(host.codec), options);
    this.#host = host;
  }

  get hasNegotiated(): boolean {
    return this.#capabilities !== undefined;
  }

  get capabilities(): readonly string[] {
    return this.#capabilities ?? [];
  }

  get takesOutOfBand(): boolean {
    return this.#capabilities?.includes('oob') === true;
  }

  /** Aborts when the client goes, or is hung up on. */
  get gone(): AbortSignal {
    this.#gone ??= new AbortController();
    if (this.#goneReason !== undefined) this.#gone.abort(this.#goneReason);
    return this.#gone.signal;
  }

  get room(): Promise<void> | undefined {
    return this.unsentBytes > this.#host.maxUnsentBytes ? this.#flushed : undefined;
  }

  /** {@link AsyncProtocol.disconnect}, after the reply to the command that is being carried out. */
  override async disconnect(options: DisconnectOptions = {}): Promise<void> {
    const { graceMs = GRACE_MS } = options;
    checkMilliseconds('graceMs', graceMs);
    const finished = this.#queue.stop();
    this.#leave('The server hangs up');
    if (finished !== undefined) await atMost(graceMs, finished);
    await super.disconnect(options);
  }

  notify(message: JsonObject): void {
    this.announce(new WrittenMessage(message, this.#host.codec.writer));
  }

  /** Sends a message, if the client is to have it; one that does not read what it gets is cut off. */
  announce(message: WrittenMessage): void {
    if (!this.hasNegotiated || this.runstate !== 'running') return;
    const { maxUnsentBytes } = this.#host;
    if (this.unsentBytes <= maxUnsentBytes) {
      this.#post(message);
      return;
    }
    const error = new ClientTooSlowError(this.peer ?? 'a client', { unsentBytes: this.unsentBytes, maxUnsentBytes });
    this.log.warn(() => error.message);
    this.abort(error);
  }

  answer(inbound: Inbound): void | Promise<void> {
    switch (inbound.kind) {
      case 'value':
        return this.#answer(inbound);
      case 'fault':
        this.#reply({ error: { class: 'GenericError', desc: inbound.description } });
        return;
      case 'end':
        this.disconnect().catch(ignore);
    }
  }

  protected override async establishSession(): Promise<void> {
    this.#post(this.#host.greeting);
    await super.establishSession();
  }

  protected override onMessage(inbound: Inbound): void | Promise<void> {
    const room = this.#queue.push(inbound);
    if (inbound.kind !== 'end') return room;
    this.#leave('The client has gone');
    // It may still read what it has asked for.
    return new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }

  protected override describeMessage(message: Inbound | Outbound): string {
    return describeMessage(contentOf(message), isQmpSecret);
  }

  /** Clients come and go. */
  protected override isExpectedEnd(): boolean {
    return true;
  }

  protected override onSessionEnd(): void {
    this.#leave('The client has gone');
    void this.#queue.stop();
    this.#letGo?.();
    this.#host.onSessionEnd(this);
  }

  /** Tells handlers that nobody may be there any more for what they do. */
  #leave(why: string): void {
    this.#goneReason ??= new DisconnectedError(why);
    this.#gone?.abort(this.#goneReason);
  }

  #answer(inbound: InboundValue): void | Promise<void> {
    const id = idOf(inbound.value);
    let command = 'a request';
    try {
      const request = parseRequest(inbound, this.takesOutOfBand);
      ({ command } = request);
      const result = this.#execute(request);
      if (result instanceof Promise) return this.#answerLater(command, id, result);
      this.#return(id, result);
    } catch (error) {
      this.#refuse(command, id, error);
    }
  }

  async #answerLater(command: string, id: WireValue | undefined, result: Promise<unknown>): Promise<void> {
    try {
      this.#return(id, await result);
    } catch (error) {
      this.#refuse(command, id, error);
    }
  }

  #execute(request: Request): unknown {
    if (request.command === 'qmp_capabilities' && !request.isOutOfBand) {
      this.#capabilities = negotiate(request.arguments, this.#host.offers, this.hasNegotiated);
      return {};
    }
    if (this.hasNegotiated) return this.#host.execute(request, this);
    throw new CommandError('CommandNotFound', "Expecting capabilities negotiation with 'qmp_capabilities'");
  }

  /** @throws TypeError for what JSON cannot say. */
  #return(id: WireValue | undefined, result: unknown): void {
    if (result !== undefined) this.#reply({ return: result as WireValue, id });
  }

  #refuse(command: string, id: WireValue | undefined, thrown: unknown): void {
    const desc = describeCause(thrown);
    const isMeant = thrown instanceof CommandError;
    if (!isMeant) this.log.error(() => `${command} failed: ${desc}`, thrown);
    try {
      this.#reply({ id, error: { class: isMeant ? thrown.errorClass : 'GenericError', desc } });
    } catch {
      // Its class or its message is no text.
      this.#reply({ id, error: { class: 'GenericError', desc: 'The command failed' } });
    }
  }

  #reply(content: OutboundContent): void {
    if (this.runstate === 'running') this.#post(content);
  }

  /** @throws TypeError for what JSON cannot say. */
  #post(message: Outbound): void {
    const flushed = this.send(message);
    if (flushed !== undefined) this.#flushed = flushed.catch(ignore);
  }
}

function contentOf(message: Inbound | Outbound): unknown {
  if (message instanceof WrittenMessage) return message.content;
  const inbound = contentOfInbound(message);
  return inbound === undefined ? message : inbound.shown;
}

/** Waits for the reply, but no longer than that. */
async function atMost(timeoutMs: number, finished: Promise<void>): Promise<void> {
  const patience = new Deferred<void>();
  const deadline = new Deadline(
    { timeoutMs },
    () => 'the reply',
    () => patience.resolve(),
  );
  await Promise.race([finished, patience.promise]);
  deadline.dispose();
}
