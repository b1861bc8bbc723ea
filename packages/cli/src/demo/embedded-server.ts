import { AsyncProtocol, ignore, type Connector } from '@qmp/protocol';
import { JsonStreamCodec, type JsonObject, type JsonValue } from '@qmp/protocol/codecs';

const VERSION = { qemu: { major: 0, minor: 0, micro: 0 }, package: 'embedded stand-in, not QEMU' };

/** What the server does for a command, with what it returns. */
type Handler = (this: EmbeddedServer) => JsonValue;

/**
 * Plays QEMU's part where there is none: a QMP server with a machine that can be stopped, continued and quit. It is the
 * same protocol class that the client is made of, the other way round.
 */
export class EmbeddedServer extends AsyncProtocol<JsonObject> {
  #isNegotiated = false;
  #isRunning = true;

  static readonly #handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
    ['query-version', () => VERSION],
    ['query-name', () => ({ name: 'qmp-demo' })],
    ['query-status', function () {
      return { status: this.#isRunning ? 'running' : 'paused', running: this.#isRunning };
    }],
    ['stop', function () {
      return this.#setRunning(false);
    }],
    ['cont', function () {
      return this.#setRunning(true);
    }],
    ['quit', function () {
      this.#announce('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });
      return {};
    }],
  ]);

  constructor(options: { readonly connector: Connector }) {
    super(() => new JsonStreamCodec(), { name: 'embedded', connector: options.connector });
  }
}
