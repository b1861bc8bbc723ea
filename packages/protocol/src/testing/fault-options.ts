import type { Codec } from '../codecs/codec.ts';
import type { JsonObject } from '../codecs/json/json-value.ts';

/** What `maxDelayMs` is unless told otherwise. */
export const DEFAULT_MAX_DELAY_MS = 50;

/**
 * What befalls the bytes of a link: `chunk` cuts what arrives in two, `delay` holds it up for a while, `stall` holds it
 * up for ever, `cut` ends the link as if the peer had hung up, `reset` breaks it with an error, and `garbage` slips a
 * few random bytes in.
 */
export type ByteFault = 'chunk' | 'delay' | 'stall' | 'cut' | 'reset' | 'garbage';

/**
 * What befalls whole messages: `duplicate` passes one twice, `reorder` lets the next one go first, `late` holds one back
 * while others pass, and `oversize` blows one up with blanks behind its first byte, which JSON does not mind.
 */
export type MessageFault = 'duplicate' | 'reorder' | 'late' | 'oversize';

/** Which way the bytes go, seen from whoever holds the transport. */
export type Direction = 'inbound' | 'outbound';

/** One fault that has struck. */
export interface Fault {
  readonly kind: ByteFault | MessageFault;
  readonly direction: Direction;
  /** How many bytes of this direction had passed before, or how many messages where it befell one. */
  readonly at: number;
}

/** A number for each kind of fault; those left out do not strike. */
export type PerFault<K extends string> = { readonly [kind in K]?: number | undefined };

/** What goes wrong with the bytes of a link, of itself and by chance. */
export interface ByteFaultOptions<K extends string = ByteFault> {
  /** Where chance begins: the same seed gives the same faults at the same places, however the bytes arrive. 0 by default. */
  readonly seed?: number | undefined;
  /** How probable each fault is, from 0 to 1: at each byte, or for each message. */
  readonly rates?: PerFault<K> | undefined;
  /** Where a fault strikes for certain, and first of all: before the byte with this offset, or for this message; both from 0. */
  readonly at?: PerFault<K> | undefined;
  /** How long a `delay`, or a message that is `late` or waits to be overtaken, is held up at most; 50 ms by default. */
  readonly maxDelayMs?: number | undefined;
  /** Told of each fault as it strikes: what a test that fails wants to know. */
  readonly onFault?: ((fault: Fault) => void) | undefined;
  /** The size of each chunk that arrives, in bytes; as it was written, if left out. Asked anew for each chunk. */
  readonly chunkBytes?: (() => number) | undefined;
  /** Waited for before each chunk arrives: a test decides when. */
  readonly delay?: (() => Promise<void>) | undefined;
}

/** What goes wrong on a link that is made {@link faulty}. */
export interface FaultOptions<M = JsonObject> extends ByteFaultOptions<ByteFault | MessageFault> {
  /** Which direction is faulty; both if left out, each by a chance of its own. */
  readonly direction?: Direction | undefined;
  /** Tells messages apart, for the faults that befall them; JSON objects, with anything between them, if left out. */
  readonly codec?: (() => Codec<M, M>) | undefined;
  /** Which messages may be struck: only replies, say. All of them if left out; others are not counted either. */
  readonly only?: ((message: M) => boolean) | undefined;
  /** By how much `oversize` blows a message up; 1 MiB by default. */
  readonly oversizeBytes?: number | undefined;
}
