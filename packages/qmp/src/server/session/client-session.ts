import { AsyncProtocol, describeMessage, type ProtocolOptions, type SessionEnd } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import { isQmpSecret } from '../../logging/secrets.ts';
import type { Inbound } from '../codec/inbound.ts';
import { ServerCodec } from '../codec/server-codec.ts';
import { CommandError } from '../command-error.ts';
import type { ServerClient } from '../server-client.ts';
import { parseRequest, type Request } from './request.ts';

/** So many requests may wait while out-of-band execution is enabled; then nothing more is read. */
const QUEUE_LIMIT = 8;

/** What sessions ask of their server. */
export interface SessionHost {
  readonly greeting: JsonObject;
  /** Carries out a command of a client that has negotiated. */
  execute(request: Request, session: ClientSession): JsonValue | Promise<JsonValue>;
  /** What a client may enable. */
  readonly offers: readonly string[];
  onSessionEnd(session: ClientSession): void;
}

/** One client's session, seen from the server. */
export class ClientSession extends AsyncProtocol<Inbound, JsonObject> implements ServerClient {
  readonly #host: SessionHost;
  #capabilities: readonly string[] | undefined;
  #waiting: Inbound[] = [];
  #isBusy = false;
  #room: (() => void) | undefined;
  #gone: AbortController | undefined;

  constructor(host: SessionHost, options: ProtocolOptions) {
    super(() => new ServerCodec(), options);
    this.#host = host;
  }

  get hasNegotiated(): boolean {
    return this.#capabilities !== undefined;
  }

  get capabilities(): readonly string[] {
    return this.#capabilities ?? [];
  }

  /** Aborts when the client goes. */
  get gone(): AbortSignal {
    this.#gone ??= new AbortController();
    return this.#gone.signal;
  }

  /** Sends an event, if the client is to have it. */
  notify(event: JsonObject): void {
    if (this.hasNegotiated && this.runstate === 'running') void this.send(event);
  }

  protected override async establishSession(): Promise<void> {
    void this.send(this.#host.greeting);
    await super.establishSession();
  }

  protected override onMessage(inbound: Inbound): void | Promise<void> {
    if (inbound.kind === 'value' && this.#overtakes(inbound.value)) {
      void this.#answer(inbound);
      return;
    }
    this.#waiting.push(inbound);
    if (!this.#isBusy) void this.#work();
    const limit = this.capabilities.includes('oob') ? QUEUE_LIMIT : 1;
    if (this.#waiting.length + (this.#isBusy && limit === 1 ? 1 : 0) < limit) return;
    return new Promise((resolve) => {
      this.#room = resolve;
    });
  }

  protected override describeMessage(message: Inbound | JsonObject): string {
    return describeMessage('kind' in message && 'value' in message ? message.value : message, isQmpSecret);
  }

  protected override isExpectedEnd(): boolean {
    return true;
  }

  protected override onSessionEnd(_end: SessionEnd): void {
    this.#gone?.abort();
    this.#waiting = [];
    this.#room?.();
    this.#host.onSessionEnd(this);
  }

  #overtakes(value: JsonValue): boolean {
    return typeof value === 'object' && value !== null && 'exec-oob' in value && !('execute' in value);
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const done = this.#answer(next);
      if (done !== undefined) await done;
      this.#room?.();
    }
    this.#isBusy = false;
  }

  #answer(inbound: Inbound): void | Promise<void> {
    if (inbound.kind === 'end') {
      void this.disconnect();
      return;
    }
    if (inbound.kind === 'fault') {
      this.#reply(undefined, { error: { class: 'GenericError', desc: inbound.description } });
      return;
    }
    const { value } = inbound;
    const id = typeof value === 'object' && value !== null && 'id' in value ? value['id'] : undefined;
    try {
      const result = this.#execute(parseRequest(value, this.capabilities.includes('oob')));
      if (!(result instanceof Promise)) {
        this.#reply(id, { return: result });
        return;
      }
      return result.then(
        (returned) => this.#reply(id, { return: returned }),
        (error: unknown) => this.#refuse(id, error),
      );
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  #execute(request: Request): JsonValue | Promise<JsonValue> {
    if (request.command === 'qmp_capabilities') return this.#negotiate(request.arguments);
    if (this.#capabilities === undefined) {
      throw new CommandError('CommandNotFound', "Expecting capabilities negotiation with 'qmp_capabilities'");
    }
    return this.#host.execute(request, this);
  }

  #negotiate({ enable = [] }: JsonObject): JsonValue {
    if (this.#capabilities !== undefined) {
      throw new CommandError('CommandNotFound', 'Capabilities negotiation is already complete, command ignored');
    }
    const wanted = enable as readonly string[];
    for (const capability of wanted) {
      if (!this.#host.offers.includes(capability)) {
        throw new CommandError('GenericError', `Capability ${capability} not available`);
      }
    }
    this.#capabilities = wanted;
    return {};
  }

  #refuse(id: JsonValue | undefined, thrown: unknown): void {
    const [errorClass, desc] =
      thrown instanceof CommandError
        ? [thrown.errorClass, thrown.message]
        : ['GenericError', thrown instanceof Error ? thrown.message : String(thrown)];
    if (!(thrown instanceof CommandError)) this.log.error(() => `a handler failed: ${desc}`, thrown);
    this.#reply(id, { error: { class: errorClass, desc } });
  }

  #reply(id: JsonValue | undefined, reply: JsonObject): void {
    if (this.runstate !== 'running') return;
    void this.send('error' in reply ? { id, ...reply } : { ...reply, id });
  }
}
