/**
 * What tests of a protocol need: two transports that talk to each other in memory, and links on which things go wrong.
 *
 * @module
 */
export { redactSecrets } from '../logging/redact-secrets.ts';
export { connectorThrough } from './connector-through.ts';
export type {
  ByteFault,
  ByteFaultOptions,
  Direction,
  Fault,
  FaultOptions,
  MessageFault,
  PerFault,
} from './fault-options.ts';
export { faulty } from './faulty.ts';
export type { Frame, Framer } from './framer.ts';
export { JsonFramer } from './json-framer.ts';
export { MemoryTransport, transportPair, type TransportPairOptions } from './transport-pair.ts';
