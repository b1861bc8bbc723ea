import type { JsonObject } from '@qmp/protocol/codecs';
import { QmpClient, type QmpClientOptions } from 'qmp';

/** Sees each message of a session as it passes. */
export interface Watcher {
  onSent(message: JsonObject): void;
  onReceived(message: JsonObject): void;
}

/** A client that somebody looks over the shoulder of. */
export class WatchedClient extends QmpClient {
  readonly #watcher: Watcher;

  constructor(watcher: Watcher, options: QmpClientOptions) {
    super(options);
    this.#watcher = watcher;
  }

  protected override onOutbound(message: JsonObject): JsonObject {
    this.#watcher.onSent(message);
    return super.onOutbound(message);
  }

  protected override onInbound(message: JsonObject): JsonObject {
    this.#watcher.onReceived(message);
    return super.onInbound(message);
  }
}
