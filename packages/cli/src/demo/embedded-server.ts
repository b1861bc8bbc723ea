import { AsyncProtocol, describeCause, type Connector } from '@qmp/protocol';
import { JsonStreamCodec, type JsonObject, type JsonValue } from '@qmp/protocol/codecs';

import { embeddedSchema } from './embedded-schema.ts';

const VERSION = { qemu: { major: 0, minor: 0, micro: 0 }, package: 'embedded stand-in, not QEMU' };

/**
 * Plays QEMU's part where there is none: a QMP server with a machine that can be stopped, continued and quit. It is the
 * same protocol class that the client is made of, the other way round.
 */
export class EmbeddedServer extends AsyncProtocol<JsonObject> {
  #negotiation: 'pending' | 'done' = 'pending';
  #status: 'running' | 'paused' = 'running';

  constructor(options: { readonly connector: Connector }) {
    super(() => new JsonStreamCodec(), { name: 'embedded', connector: options.connector });
  }

  protected override async establishSession(): Promise<void> {
    await this.send({ QMP: { version: VERSION, capabilities: [] } });
    await super.establishSession();
  }

  protected override async onMessage(message: JsonObject): Promise<void> {
    const { execute: command, id = null } = message as { readonly execute?: JsonValue; readonly id?: JsonValue };
    const value = this.#carryOut(command);
    if (value !== undefined) await this.send({ return: value, id });
    else await this.send({ id, error: { class: 'CommandNotFound', desc: this.#refusal(command) } });
    if (command === 'quit') this.#leave();
  }

  /** What the command returns; undefined where it is refused. */
  #carryOut(command: JsonValue | undefined): JsonValue | undefined {
    if (command === 'qmp_capabilities') {
      this.#negotiation = 'done';
      return {};
    }
    if (this.#negotiation === 'pending') return undefined;
    switch (command) {
      case 'query-version':
        return VERSION;
      case 'query-name':
        return { name: 'qmp-demo' };
      case 'query-qmp-schema':
        return embeddedSchema;
      case 'query-status':
        return { status: this.#status, running: this.#status === 'running' };
      case 'stop':
        return this.#become('paused', 'STOP');
      case 'cont':
        return this.#become('running', 'RESUME');
      case 'quit':
        this.#announce('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });
        return {};
      default:
        return undefined;
    }
  }

  #refusal(command: JsonValue | undefined): string {
    if (this.#negotiation === 'pending') return 'Negotiate first: qmp_capabilities is expected before anything else';
    return `There is no command ${JSON.stringify(command)} here`;
  }

  #become(status: 'running' | 'paused', event: string): JsonValue {
    if (this.#status !== status) {
      this.#status = status;
      this.#announce(event);
    }
    return {};
  }

  #announce(event: string, data?: JsonObject): void {
    const now = Date.now();
    const timestamp = { seconds: Math.floor(now / 1000), microseconds: (now % 1000) * 1000 };
    // The reply that follows waits for a slow peer, on behalf of both.
    void this.send({ timestamp, event, ...(data === undefined ? {} : { data }) });
  }

  #leave(): void {
    this.disconnect().catch((error: unknown) => {
      this.log.debug(() => `the client was gone first: ${describeCause(error)}`);
    });
  }
}
