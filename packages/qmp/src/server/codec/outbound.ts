import type { JsonValue } from '@qmp/protocol/codecs';

import { MessageWriter } from './message-writer.ts';
import type { WireValue } from './wire-value.ts';

/** What a message for clients is made of. */
export interface OutboundContent {
  readonly [member: string]: JsonValue | WireValue | undefined;
}

/** A message for clients; it is written out once, for however many there are. */
export class Outbound {
  readonly content: OutboundContent;
  #text: string | undefined;

  constructor(content: OutboundContent) {
    this.content = content;
  }

  /**
   * As it goes on the wire.
   *
   * @throws TypeError naming the path of what JSON cannot say.
   */
  text(isPretty: boolean): string {
    this.#text ??= new MessageWriter(isPretty).write(this.content);
    return this.#text;
  }
}
