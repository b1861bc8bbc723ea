import type { Codec } from './codec.ts';

/** What a codec made of a stream: the messages, and the fault that ended it. */
export interface Decoded<M> {
  readonly messages: readonly M[];
  readonly fault?: unknown;
}

/** Decodes the chunks and the end of the stream behind them. */
export function decodeAll<M>(codec: Codec<M, never>, chunks: Iterable<Uint8Array>): Decoded<M> {
  const messages: M[] = [];
  try {
    for (const chunk of chunks) for (const message of codec.decode(chunk)) messages.push(message);
    for (const message of codec.end()) messages.push(message);
  } catch (fault) {
    return { messages, fault };
  }
  return { messages };
}

/** Decodes the chunks of a stream that stays open. */
export function decodeOpen<M>(codec: Codec<M, never>, ...chunks: readonly (string | Uint8Array)[]): Decoded<M> {
  const messages: M[] = [];
  try {
    for (const chunk of chunks) for (const message of codec.decode(bytes(chunk))) messages.push(message);
  } catch (fault) {
    return { messages, fault };
  }
  return { messages };
}

/** The parts, one after the other: texts are encoded, numbers are bytes. */
export function bytes(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const pieces = parts.map(toBytes);
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let length = 0;
  for (const piece of pieces) {
    all.set(piece, length);
    length += piece.length;
  }
  return all;
}

function toBytes(part: string | number | Uint8Array): Uint8Array {
  if (typeof part === 'number') return Uint8Array.of(part);
  return typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

/** @yields the bytes in chunks of at most the given size. */
export function* inChunks(all: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size);
}

/** The bytes cut at the given places, which are fractions of their length. */
export function cutAt(all: Uint8Array, fractions: readonly number[]): readonly Uint8Array[] {
  const cuts = fractions.map((fraction) => Math.floor(fraction * all.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((cut, index) => all.subarray(cut, cuts[index] ?? all.length));
}
