import type { JsonObject } from '@qmp/protocol/codecs';
import { QmpClient } from 'qmp';
import type { Transcript } from '../transcript.ts';

/** A client that writes down what passes. */
export class WatchedClient extends QmpClient {
  readonly #transcript: Transcript;

  constructor(transcript: Transcript) {
    super({ oob: false });
    this.#transcript = transcript;
  }

  protected override onOutbound(message: JsonObject): JsonObject {
    this.#transcript.sent(message);
    return super.onOutbound(message);
  }

  protected override onInbound(message: JsonObject): JsonObject {
    this.#transcript.received(message);
    return super.onInbound(message);
  }
}
