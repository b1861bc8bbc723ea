import { ProtocolError } from '@qmp/protocol';
import type { IncomingMessage, OutgoingMessage } from './wire-message.ts';

/** A line that damages the same packet more often than this is of no use. */
const MOST_RESENDS = 3;

/**
 * Packets over a line that may damage them: each is acknowledged, with `+` when it is whole and with `-` when it is to
 * be sent again. Where both sides trust the line they can do without.
 */
export class PacketLink {
  readonly #write: (message: OutgoingMessage) => void;
  #mode: 'acknowledging' | 'trusting' = 'acknowledging';
  /** The packet that the other side has not acknowledged yet. */
  #unconfirmed: { readonly payload: string; readonly resends: number } | undefined;

  constructor(write: (message: OutgoingMessage) => void) {
    this.#write = write;
  }

  send(payload: string): void {
    if (this.#mode === 'acknowledging') this.#unconfirmed = { payload, resends: 0 };
    this.#write({ kind: 'packet', payload });
  }

  /**
   * Takes what arrives, and answers it. The answer stands on the wire before anything that is sent because of it.
   *
   * @returns the payload of a packet that is whole.
   * @throws ProtocolError when a packet does not get through.
   */
  take(message: IncomingMessage): string | undefined {
    switch (message.kind) {
      case 'packet':
        if (this.#mode === 'acknowledging') this.#write({ kind: 'received' });
        return message.payload;
      case 'damaged':
        if (this.#mode === 'trusting') throw new ProtocolError(`A packet is damaged: ${message.why}`);
        this.#write({ kind: 'resend' });
        return undefined;
      case 'resend':
        this.#resend();
        return undefined;
      case 'received':
        this.#unconfirmed = undefined;
        return undefined;
    }
  }

  /** Both sides have agreed that the line can be trusted. */
  trust(): void {
    this.#mode = 'trusting';
    this.#unconfirmed = undefined;
  }

  #resend(): void {
    if (this.#unconfirmed === undefined) return;
    const { payload, resends } = this.#unconfirmed;
    if (resends === MOST_RESENDS) {
      throw new ProtocolError(`The packet '${payload.slice(0, 40)}' did not get through, in ${MOST_RESENDS + 1} tries`);
    }
    this.#unconfirmed = { payload, resends: resends + 1 };
    this.#write({ kind: 'packet', payload });
  }
}
