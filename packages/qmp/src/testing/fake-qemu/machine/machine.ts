import type { ShutdownCause } from '../../../schema/types/qemu-11.1.gen.ts';
import { type Disk, Disks } from '../block/disks.ts';
import { NodeGraph } from '../block/node-graph.ts';
import { NodeOpener } from '../block/open-node.ts';
import { ChardevTable } from '../chardevs/chardev-table.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { DeviceTree } from '../devices/device-tree.ts';
import { Unplug } from '../devices/unplug.ts';
import { type GuestHabits, WILLING_GUEST } from '../guest/guest-habits.ts';
import { GuestReactions } from '../guest/guest-reactions.ts';
import type { Emit } from '../handlers.ts';
import { JobTable } from '../jobs/job-table.ts';
import { Balloon } from '../memory/balloon.ts';
import { MemorySlots } from '../memory/memory-slots.ts';
import { IncomingMigration } from '../migration/incoming.ts';
import { MigrationCapabilities } from '../migration/migration-capabilities.ts';
import { MigrationParameters } from '../migration/migration-parameters.ts';
import { Migration } from '../migration/migration.ts';
import { NetdevTable } from '../netdevs/netdev-table.ts';
import { ObjectTable } from '../objects/object-table.ts';
import { Power } from '../run-state/power.ts';
import { RunState } from '../run-state/run-state.ts';
import { Screen } from '../screen/screen.ts';
import { VmSnapshots } from '../snapshots/vm-snapshots.ts';
import { Cpus } from './cpus.ts';
import type { MachineOptions } from './machine-options.ts';

const DEFAULT_MEMORY_BYTES = 128 * 2 ** 20;

/** What a machine needs to be put together. */
export interface MachineHost {
  readonly options: MachineOptions;
  readonly habits: Partial<GuestHabits>;
  readonly disks: Readonly<Record<string, Disk>> | undefined;
  readonly clock: VirtualClock;
  readonly emit: Emit;
  /** QEMU's process ends. */
  onEnd(reason: ShutdownCause): void;
}

/** All parts of the machine, connected with each other. What they do is their own business. */
export class Machine {
  readonly runState: RunState;
  readonly power: Power;
  readonly reactions: GuestReactions;
  readonly jobs: JobTable;
  readonly disks: Disks;
  readonly graph: NodeGraph = new NodeGraph();
  readonly opener: NodeOpener;
  readonly snapshots: VmSnapshots;
  readonly objects: ObjectTable;
  readonly chardevs: ChardevTable = new ChardevTable('unix:/run/fake-qemu.sock,server=on');
  readonly netdevs: NetdevTable = new NetdevTable();
  readonly memory: MemorySlots;
  readonly devices: DeviceTree;
  readonly unplug: Unplug;
  readonly balloon: Balloon;
  readonly cpus: Cpus;
  readonly capabilities: MigrationCapabilities = new MigrationCapabilities();
  readonly parameters: MigrationParameters = new MigrationParameters();
  readonly migration: Migration;
  readonly incoming: IncomingMigration;
  readonly screen: Screen = new Screen();

  constructor(host: MachineHost) {
    const { options, habits, disks, clock, emit } = host;
    const { memoryBytes: sizeBytes = DEFAULT_MEMORY_BYTES, memorySlots: slots, cpus = 1 } = options;
    this.runState = new RunState(firstStatus(options), emit);
    this.reactions = new GuestReactions({ ...WILLING_GUEST, ...habits }, clock, this.runState);
    this.power = new Power(this.runState, emit, {
      onPowerdown: () => this.#onPowerdown(),
      onReset: () => this.#onReset(),
      onEnd: (reason) => {
        this.jobs.end();
        host.onEnd(reason);
      },
    });
    this.jobs = new JobTable(clock, emit);
    this.disks = new Disks(disks);
    this.opener = new NodeOpener(this.graph, this.disks);
    this.snapshots = new VmSnapshots(this.graph, this.runState, clock);
    this.objects = new ObjectTable(sizeBytes);
    this.memory = new MemorySlots({ sizeBytes, slots });
    this.devices = new DeviceTree(this);
    this.unplug = new Unplug(this.devices, this.reactions, clock, emit);
    this.balloon = new Balloon(this.devices, this.memory, this.reactions, emit);
    this.cpus = new Cpus(cpus);
    const { runState, memory, capabilities, parameters } = this;
    this.migration = new Migration({ clock, emit, runState, memory, capabilities, parameters });
    this.incoming = new IncomingMigration(runState, capabilities, emit);
    this.#furnish(options);
  }

  /** What stands on the command line is there from the beginning. */
  #furnish({ objects = [], blockdevs = [], devices = [{ driver: 'VGA' }] }: MachineOptions): void {
    for (const object of objects) this.objects.add(object);
    for (const blockdev of blockdevs) this.opener.add(blockdev);
    for (const device of devices) this.devices.add(device, false);
  }

  #onPowerdown(): void {
    if (this.reactions.habits.onPowerdown === 'ignores') return;
    this.reactions.add(() => this.power.shutDown('guest-shutdown'));
  }

  #onReset(): void {
    this.reactions.forget();
    this.unplug.reset();
  }
}

function firstStatus({ isStopped = false, isIncoming = false }: MachineOptions): 'running' | 'prelaunch' | 'inmigrate' {
  if (isIncoming) return 'inmigrate';
  return isStopped ? 'prelaunch' : 'running';
}
