import { imageWithSnapshots } from '../snapshots/internal-snapshot.ts';
import type { MachineOptions } from '../machine/machine-options.ts';
import type { Machine } from '../machine/machine.ts';
import { FAKE_VERSION } from '../version.ts';
import type { Line } from './line.ts';

const MEBIBYTE = 2 ** 20;

/** What the human monitor can be asked by `info`. */
export function questions(machine: Machine, { name, uuid, accelerator }: MachineOptions): readonly Line[] {
  const { runState, cpus, balloon, chardevs, jobs } = machine;
  const { qemu, package: build } = FAKE_VERSION;
  return [
    {
      names: ['status'],
      help: 'show the current VM status',
      run: () => `VM status: ${describeStatus(runState.status)}`,
    },
    { names: ['name'], help: 'show the current VM name', run: () => name },
    {
      names: ['version'],
      help: 'show the version of QEMU',
      run: () => `${qemu.major}.${qemu.minor}.${qemu.micro}${build}`,
    },
    { names: ['uuid'], help: 'show the current VM UUID', run: () => uuid ?? '00000000-0000-0000-0000-000000000000' },
    {
      names: ['kvm'],
      help: 'show KVM information',
      run: () => `kvm support: ${accelerator === 'kvm' ? 'enabled' : 'disabled'}`,
    },
    {
      names: ['cpus'],
      help: 'show infos for each CPU',
      run: () =>
        cpus.infos
          .map(
            (cpu) => `${mark(cpu['cpu-index'])} CPU #${cpu['cpu-index']}: thread_id=${cpu['thread-id']} model=qemu64`,
          )
          .join('\n'),
    },
    {
      names: ['chardev'],
      help: 'show the character devices',
      run: () => chardevs.infos.map(({ label, filename }) => `${label}: filename=${filename}`).join('\n'),
    },
    {
      names: ['balloon'],
      help: 'show balloon information',
      run: () => `balloon: actual=${Math.floor(balloon.actualBytes / MEBIBYTE)}`,
    },
    {
      names: ['block'],
      help: 'show info of one block device or all block devices',
      most: 3,
      run: () => describeDrives(machine),
    },
    {
      names: ['block-jobs'],
      help: 'show progress of ongoing block device operations',
      run: () => (jobs.blockJobs.length > 0 ? describeJobs(machine) : 'No active jobs'),
    },
    { names: ['snapshots'], help: 'show the currently saved VM snapshots', run: () => describeSnapshots(machine) },
    { names: ['mice'], help: 'show which guest mouse is receiving events', run: () => '* Mouse #2: QEMU PS/2 Mouse' },
  ];
}

function describeStatus(status: string): string {
  if (status === 'running') return 'running';
  return status === 'paused' ? 'paused' : `paused (${status})`;
}

function mark(index: number | bigint): string {
  return index === 0 ? '*' : ' ';
}

function describeDrives({ devices }: Machine): string {
  return devices.drives
    .map(({ name, node }) =>
      node === undefined ? `${name}: [not inserted]` : `${name}: ${node.filename} (${node.driver})`,
    )
    .join('\n');
}

function describeJobs({ jobs }: Machine): string {
  return jobs.blockJobs
    .map(({ state: { id, work, doneBytes, speed } }) => {
      const progress = `Completed ${doneBytes} of ${work.totalBytes} bytes`;
      return `Type ${work.type}, device ${id}: ${progress}, speed limit ${speed} bytes/s`;
    })
    .join('\n');
}

function describeSnapshots({ graph, snapshots }: Machine): string {
  const { vmstate } = snapshots.everyDisk;
  const node = vmstate === undefined ? undefined : graph.get(vmstate);
  const found = (node === undefined ? undefined : imageWithSnapshots(node))?.snapshots ?? [];
  if (found.length === 0) return 'There is no snapshot available.';
  const rows = found.map(({ name, 'vm-state-size': bytes, 'date-sec': seconds }) => {
    const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const size = `${Math.round(Number(bytes) / 1024)} KiB`;
    return `--      ${name.padEnd(16)}${size.padStart(9)} ${date}  0000:00:00.000         --`;
  });
  const heading = 'ID      TAG               VM_SIZE                DATE        VM_CLOCK     ICOUNT';
  return ['List of snapshots present on all disks:', heading, ...rows].join('\n');
}
