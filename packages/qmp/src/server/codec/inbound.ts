import type { WireValue } from './wire-value.ts';

/** What a client's bytes turn out to be. */
export type Inbound = InboundValue | InboundFault | InboundEnd;

/** A JSON value; only objects are requests. */
export interface InboundValue {
  readonly kind: 'value';
  readonly value: WireValue;
  /** Whether there are doubles in it that a `number` would not show as such. */
  readonly hasDoubles: boolean;
  /** Of its tokens. */
  readonly byteLength: number;
}

/** What cannot be a message. */
export interface InboundFault {
  readonly kind: 'fault';
  /** In QEMU's words. */
  readonly description: string;
}

/** The client sends nothing more. */
export interface InboundEnd {
  readonly kind: 'end';
}
