/**
 * A packet: a command or a reply. Each character of the payload stands for one byte (U+0000 to U+00FF): most of it is
 * ASCII, the rest is data.
 */
interface Packet {
  readonly kind: 'packet';
  readonly payload: string;
}

/** The answer to a packet, one byte: it has come (`+`), or it is to be sent again (`-`). */
export interface Answer {
  readonly kind: 'received' | 'resend';
}

/** The wish that the target stops, one byte: Ctrl-C. */
interface Interrupt {
  readonly kind: 'interrupt';
}

/** A packet that did not survive the way. */
interface DamagedPacket {
  readonly kind: 'damaged';
  readonly why: string;
}

/** What the debugger sends. */
export type OutgoingMessage = Packet | Answer | Interrupt;

/** What the stub sends. */
export type IncomingMessage = Packet | Answer | DamagedPacket;
