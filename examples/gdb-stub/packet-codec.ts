import { MessageTooLargeError, type Codec } from '@qmp/protocol/codecs';
import { checksumOf, escapePayload, expandPayload } from './payload.ts';
import type { Answer, IncomingMessage, OutgoingMessage } from './wire-message.ts';

const DOLLAR = 0x24;
const HASH = 0x23;
const SIGNS = { received: 0x2b, resend: 0x2d, interrupt: 0x03 } as const;
/** Eight times what QEMU sends at most. */
const MAX_PACKET_BYTES = 1024 * 1024;

/** Where in the stream the next byte stands. */
type Place = 'between packets' | 'in the payload' | 'in the checksum';

/**
 * The wire of GDB's remote serial protocol: `$payload#checksum`, and signs of one byte. A packet whose checksum is wrong
 * is a message, not an error: the line may be bad, and the protocol has an answer to it. Whatever stands between packets
 * and is no sign is skipped, as the protocol demands.
 */
export class PacketCodec implements Codec<IncomingMessage, OutgoingMessage> {
  #place: Place = 'between packets';
  #payload: number[] = [];
  #checksum = '';

  /**
   * @yields every packet and sign that the chunk completes.
   * @throws ProtocolError (while iterating) for a packet that is whole, but has an escape or a repetition that is none.
   * @throws MessageTooLargeError (while iterating) as soon as a packet is known to be too large.
   */
  *decode(chunk: Uint8Array): Iterable<IncomingMessage> {
    for (const byte of chunk) {
      const message = this.#take(byte);
      if (message !== undefined) yield message;
    }
  }

  /** A stub may leave in the middle of a packet: the machine is gone then, and so is what it wanted to say. */
  end(): Iterable<IncomingMessage> {
    return [];
  }

  /** @throws TypeError for a payload with characters that are no bytes. */
  encode(message: OutgoingMessage): Uint8Array {
    if (message.kind !== 'packet') return Uint8Array.of(SIGNS[message.kind]);
    const payload = escapePayload(message.payload);
    return Uint8Array.from([DOLLAR, ...payload, HASH, ...new TextEncoder().encode(checksumOf(payload))]);
  }

  #take(byte: number): IncomingMessage | undefined {
    if (byte === DOLLAR) return this.#begin();
    switch (this.#place) {
      case 'between packets':
        return answerOf(byte);
      case 'in the payload':
        if (byte === HASH) this.#place = 'in the checksum';
        else this.#payload.push(byte);
        if (this.#payload.length <= MAX_PACKET_BYTES) return undefined;
        throw new MessageTooLargeError(`A packet is larger than the limit of ${MAX_PACKET_BYTES} bytes`, {
          limit: MAX_PACKET_BYTES,
        });
      case 'in the checksum':
        this.#checksum += String.fromCharCode(byte);
        return this.#checksum.length === 2 ? this.#finish() : undefined;
    }
  }

  #begin(): IncomingMessage | undefined {
    const wasCutOff = this.#place !== 'between packets';
    this.#place = 'in the payload';
    this.#payload = [];
    this.#checksum = '';
    return wasCutOff ? { kind: 'damaged', why: 'it was cut off by another packet' } : undefined;
  }

  #finish(): IncomingMessage {
    this.#place = 'between packets';
    const expected = checksumOf(this.#payload);
    if (this.#checksum.toLowerCase() !== expected) {
      return { kind: 'damaged', why: `its checksum is ${this.#checksum}, but should be ${expected}` };
    }
    return { kind: 'packet', payload: expandPayload(this.#payload, MAX_PACKET_BYTES) };
  }
}

function answerOf(byte: number): Answer | undefined {
  if (byte === SIGNS.received) return { kind: 'received' };
  return byte === SIGNS.resend ? { kind: 'resend' } : undefined;
}
