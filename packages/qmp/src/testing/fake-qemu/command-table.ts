import { bitmapCommands } from './block/bitmap-commands.ts';
import { nodeCommands } from './block/node-commands.ts';
import { blockJobStarters } from './block-jobs/block-job-starters.ts';
import { chardevCommands } from './chardevs/chardev-commands.ts';
import type { VirtualClock } from './clock/virtual-clock.ts';
import { deviceCommands } from './devices/device-commands.ts';
import { mediaCommands } from './devices/media-commands.ts';
import type { HostFiles } from './files/host-files.ts';
import type { Emit, Handlers } from './handlers.ts';
import { blockJobCommands } from './jobs/block-job-commands.ts';
import { jobCommands } from './jobs/job-commands.ts';
import { machineCommands } from './machine/machine-commands.ts';
import type { MachineOptions } from './machine/machine-options.ts';
import type { Machine } from './machine/machine.ts';
import { memoryCommands } from './memory/memory-commands.ts';
import { migrationCommands } from './migration/migration-commands.ts';
import { humanMonitorCommands } from './monitor/human-monitor-commands.ts';
import { netdevCommands } from './netdevs/netdev-commands.ts';
import { objectCommands } from './objects/object-commands.ts';
import { qomCommands } from './qom/qom-commands.ts';
import { QomTree } from './qom/qom-tree.ts';
import { runStateCommands } from './run-state/run-state-commands.ts';
import { screenCommands } from './screen/screen-commands.ts';
import { internalSnapshotCommands } from './snapshots/internal-snapshot-commands.ts';
import { overlayCommands } from './snapshots/overlay-commands.ts';
import { vmSnapshotCommands } from './snapshots/vm-snapshot-commands.ts';

/** What the commands need beside the machine. */
export interface CommandSurroundings {
  readonly options: MachineOptions;
  readonly clock: VirtualClock;
  readonly files: HostFiles;
  readonly emit: Emit;
  /** How fast disks are. */
  readonly diskBytesPerSecond: number;
}

/** All commands that the fake can carry out. */
export function commandTable(machine: Machine, surroundings: CommandSurroundings): Handlers {
  const { runState, power, jobs, disks, graph, opener, devices, memory, objects } = machine;
  const { options, clock, files, emit, diskBytesPerSecond: bytesPerSecond } = surroundings;
  return {
    ...runStateCommands(runState, power),
    ...machineCommands(options, machine.cpus),
    ...memoryCommands(memory, machine.balloon),
    ...nodeCommands(graph, opener),
    ...bitmapCommands(graph),
    ...overlayCommands(graph, opener, disks),
    ...internalSnapshotCommands(graph, clock),
    ...jobCommands(jobs),
    ...blockJobCommands(jobs),
    ...blockJobStarters({ graph, opener, jobs, bytesPerSecond }, disks),
    ...vmSnapshotCommands(machine.snapshots, jobs),
    ...deviceCommands(devices, machine.unplug, machine.migration),
    ...mediaCommands(devices, graph, opener, emit),
    ...netdevCommands(machine.netdevs, devices),
    ...chardevCommands(machine.chardevs),
    ...objectCommands(objects),
    ...qomCommands(new QomTree(machine)),
    ...migrationCommands(machine),
    ...screenCommands(machine.screen, devices, files),
    ...humanMonitorCommands(machine, options),
  };
}
