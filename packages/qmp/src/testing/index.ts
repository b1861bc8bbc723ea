/**
 * For tests without a QEMU, and of what goes wrong: recordings, their replay, and faulty links.
 *
 * @module
 */
export {
  type ByteFault,
  type ByteFaultOptions,
  connectorThrough,
  type Direction,
  type Fault,
  type FaultOptions,
  faulty,
  MemoryTransport,
  type MessageFault,
  type PerFault,
  transportPair,
  type TransportPairOptions,
} from '@qmp/protocol/testing';
export { platformConnector } from '#connector';
export { type NumberedEntry, readRecording, type RecordingSource } from './recording/read-recording.ts';
export { record, type RecordOptions } from './recording/record.ts';
export type {
  RecordedMessage,
  RecordedText,
  RecordingEntry,
  SessionEndEntry,
  SessionHeader,
  Side,
} from './recording/recording-entry.ts';
export { RecordingError } from './recording/recording-error.ts';
export type { RecordingSink } from './recording/recording-sink.ts';
export type { ReplayMatch } from './replay/difference-of.ts';
export { ReplayError } from './replay/replay-error.ts';
export { type Replay, replay, type ReplayOptions } from './replay/replay.ts';
