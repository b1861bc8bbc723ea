import type { JsonValue } from '@qmp/protocol/codecs';

import type { MessageWriter } from './message-writer.ts';
import type { WireValue } from './wire-value.ts';

/** What a message for clients is made of. */
export interface OutboundContent {
  readonly [member: string]: JsonValue | WireValue | undefined;
}

/** A message for one client, or one that was written out beforehand, for many. */
export type Outbound = OutboundContent | WrittenMessage;

/** A message as it goes on the wire. */
export class WrittenMessage {
  readonly content: OutboundContent;
  readonly text: string;

  /** @throws TypeError naming the path of what JSON cannot say. */
  constructor(content: OutboundContent, writer: MessageWriter) {
    this.content = content;
    this.text = writer.write(content);
  }
}
