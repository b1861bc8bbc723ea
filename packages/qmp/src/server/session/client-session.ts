import {
  AsyncProtocol,
  checkMilliseconds,
  Deadline,
  describeCause,
  describeMessage,
  type DisconnectOptions,
  ignore,
  type ProtocolOptions,
} from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';

import { isQmpSecret } from '../../logging/secrets.ts';
import type { Inbound, InboundValue } from '../codec/inbound.ts';
import { Outbound, type OutboundContent } from '../codec/outbound.ts';
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
  readonly greeting: Outbound;
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
  /** Settles when what was sent has left, if there was much. */
  #flushed: Promise<void> | undefined;

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
    if (finished !== undefined) await atMost(graceMs, finished);
    await super.disconnect(options);
  }

  notify(message: JsonObject): void {
    this.announce(new Outbound(message));
  }

  /** Sends a message, if the client is to have it; one that does not read what it gets is cut off. */
  announce(message: Outbound): void {
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
    if (inbound.kind === 'end') this.#gone?.abort(new Error('The client has gone'));
    return this.#queue.push(inbound);
  }

  protected override describeMessage(message: Inbound | Outbound): string {
    return describeMessage(contentOf(message), isQmpSecret);
  }

  /** Clients come and go. */
  protected override isExpectedEnd(): boolean {
    return true;
  }

  protected override onSessionEnd(): void {
    this.#gone?.abort(new Error('The session has ended'));
    void this.#queue.stop();
    this.#host.onSessionEnd(this);
  }

  #answer(inbound: InboundValue): void | Promise<void> {
    const id = idOf(inbound.value);
    try {
      const result = this.#execute(parseRequest(inbound, this.takesOutOfBand));
      if (!(result instanceof Promise)) {
        this.#return(id, result);
        return;
      }
      return result.then(
        (returned) => this.#return(id, returned),
        (error: unknown) => this.#refuse(id, error),
      );
    } catch (error) {
      this.#refuse(id, error);
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

  #return(id: WireValue | undefined, result: unknown): void {
    if (result === undefined) return;
    try {
      this.#reply({ return: result as WireValue, id });
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  #refuse(id: WireValue | undefined, thrown: unknown): void {
    const desc = describeCause(thrown);
    const isMeant = thrown instanceof CommandError;
    if (!isMeant) this.log.error(() => `a command failed: ${desc}`, thrown);
    this.#reply({ id, error: { class: isMeant ? thrown.errorClass : 'GenericError', desc } });
  }

  #reply(content: OutboundContent): void {
    if (this.runstate === 'running') this.#post(new Outbound(content));
  }

  /** @throws TypeError for what JSON cannot say. */
  #post(message: Outbound): void {
    const flushed = this.send(message);
    if (flushed !== undefined) this.#flushed = flushed.catch(ignore);
  }
}

function contentOf(message: Inbound | Outbound): unknown {
  if (message instanceof Outbound) return message.content;
  if (message.kind === 'value') return message.value;
  return message.kind === 'fault' ? message.description : '(the client sends nothing more)';
}

/** Waits no longer than that. */
async function atMost(milliseconds: number, finished: Promise<void>): Promise<void> {
  const patience = new Promise<void>((resolve) => {
    const deadline = new Deadline({ timeoutMs: milliseconds }, () => 'the reply', resolve as () => void);
    void finished.then(() => {
      deadline.dispose();
      resolve();
    });
  });
  await patience;
}
