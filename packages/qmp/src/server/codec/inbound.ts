import type { WireValue } from './wire-value.ts';

/** What a client's bytes turn out to be. */
export type Inbound = InboundValue | InboundFault | InboundEnd;

/** A JSON value; only objects are requests. */
export class InboundValue {
  readonly kind = 'value';
  readonly value: WireValue;
  /** Whether there are doubles in it that a `number` would not show as such. */
  readonly hasDoubles: boolean;
  /** Of its tokens. */
  readonly byteLength: number;

  constructor(value: WireValue, hasDoubles: boolean, byteLength: number) {
    this.value = value;
    this.hasDoubles = hasDoubles;
    this.byteLength = byteLength;
  }
}

/** What cannot be a message. */
export class InboundFault {
  readonly kind = 'fault';
  /** In QEMU's words. */
  readonly description: string;

  constructor(description: string) {
    this.description = description;
  }
}

/** The client sends nothing more. */
export class InboundEnd {
  readonly kind = 'end';
}

/** What log records show of something that came from a client; `undefined` for anything else. */
export function contentOfInbound(message: object): { readonly shown: unknown } | undefined {
  if (message instanceof InboundValue) return { shown: message.value };
  if (message instanceof InboundFault) return { shown: message.description };
  return message instanceof InboundEnd ? { shown: 'the end of the stream' } : undefined;
}
