/**
 * For tests without a QEMU, and of what goes wrong: a double of QEMU, recordings and their replay, and faulty links.
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
export { CommandError } from '../server/command-error.ts';
export type {
  CommandCall,
  CommandHandler,
  CommandHandlers,
  HandlerArguments,
  HandlerReturns,
} from '../server/command-handler.ts';
export type { EventParameters } from '../server/options.ts';
export type { ServerClient } from '../server/server-client.ts';
export type { Disk, FakeDisks } from './fake-qemu/block/disks.ts';
export type { ClockPace, FakeClock } from './fake-qemu/clock/virtual-clock.ts';
export { type EndReason, FakeQemu } from './fake-qemu/fake-qemu.ts';
export type { FakeQemuOptions } from './fake-qemu/fake-qemu-options.ts';
export type { HostFiles } from './fake-qemu/files/host-files.ts';
export { MemoryFiles } from './fake-qemu/files/memory-files.ts';
export type { Guest } from './fake-qemu/guest/guest.ts';
export type { GuestHabits } from './fake-qemu/guest/guest-habits.ts';
export type { JobFailure } from './fake-qemu/jobs/job-failure.ts';
export type { JobFaults } from './fake-qemu/jobs/job-table.ts';
export type { MachineOptions } from './fake-qemu/machine/machine-options.ts';
export type { MigrationPeer } from './fake-qemu/migration/migration-peer.ts';
export type { Picture } from './fake-qemu/screen/picture.ts';
export type { Screen } from './fake-qemu/screen/screen.ts';
