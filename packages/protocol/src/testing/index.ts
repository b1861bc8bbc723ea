/**
 * What tests of a protocol need: two transports that talk to each other in memory.
 *
 * @module
 */
export { MemoryTransport, transportPair, type TransportPairOptions } from './transport-pair.ts';
