/**
 * Streams that are pushed into on one side and read on the other: what transports and clients are made of.
 *
 * @module
 */
export { ChunkStream, type ChunkSource } from '../transport/chunk-stream.ts';
export { BoundedStream, type BoundedStreamOptions } from './bounded-stream.ts';
