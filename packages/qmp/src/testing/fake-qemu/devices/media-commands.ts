import type { BlockNode } from '../block/block-node.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import type { NodeOpener } from '../block/open-node.ts';
import { describeDriveStats, describeNodeStats } from '../block/stats-report.ts';
import { deviceNotFound, genericError } from '../errors.ts';
import type { Emit, Handlers } from '../handlers.ts';
import type { DeviceTree } from './device-tree.ts';
import type { Drive } from './drive.ts';

/** What disks and drives the guest has, and what is in those that can be opened. */
export function mediaCommands(devices: DeviceTree, graph: NodeGraph, opener: NodeOpener, emit: Emit): Handlers {
  const moveTray = (drive: Drive, isOpen: boolean): void => {
    if (drive.isTrayOpen === isOpen) return;
    drive.isTrayOpen = isOpen;
    emit('DEVICE_TRAY_MOVED', { device: '', id: drive.name, 'tray-open': isOpen });
  };
  const removable = (args: DriveReference): Drive => {
    const drive = find(devices, args);
    if (!drive.isRemovable) throw genericError(`Device '${drive.name}' is not removable`);
    return drive;
  };
  return {
    'query-block': ({ flat = false }) => devices.drives.map((drive) => drive.describe(flat)),
    'query-blockstats': ({ 'query-nodes': ofNodes = false }) =>
      ofNodes
        ? graph.nodes.map(describeNodeStats)
        : devices.drives.map(({ name, node, written }) => describeDriveStats(name, node, written)),
    'blockdev-open-tray': (args) => moveTray(removable(args), true),
    'blockdev-close-tray': (args) => moveTray(removable(args), false),
    'blockdev-remove-medium'(args) {
      const drive = removable(args);
      if (!drive.isTrayOpen) throw genericError(`Tray of device '${drive.name}' is not open`);
      drive.remove();
    },
    'blockdev-insert-medium'(args) {
      const drive = removable(args);
      const node = graph.get(args['node-name']);
      if (node === undefined) throw genericError(`Node '${args['node-name']}' not found`);
      if (!drive.isTrayOpen) throw genericError('Tray of the device is not open');
      if (drive.node !== undefined) throw genericError('There already is a medium in the device');
      drive.insert(node);
    },
    eject(args) {
      const drive = removable(args);
      moveTray(drive, true);
      drive.remove();
    },
    'blockdev-change-medium'(args) {
      const drive = removable(args);
      const medium = openMedium(opener, args);
      moveTray(drive, true);
      drive.remove();
      drive.insert(medium);
      moveTray(drive, false);
    },
  };
}

interface DriveReference {
  readonly device?: string | undefined;
  readonly id?: string | undefined;
}

function find(devices: DeviceTree, { device, id }: DriveReference): Drive {
  if ((device === undefined) === (id === undefined)) throw genericError("Need exactly one of 'device' and 'id'");
  // Only drives that are called something are found by `device`, and here none is.
  if (id === undefined) throw deviceNotFound(device ?? '');
  return devices.findDrive(id);
}

interface Medium {
  readonly filename: string;
  readonly format?: string | undefined;
  readonly 'read-only-mode'?: string | undefined;
}

function openMedium(opener: NodeOpener, { filename, format, 'read-only-mode': mode }: Medium): BlockNode {
  const readOnly = { 'read-only': mode === 'read-only' };
  const file = { driver: 'file', filename, ...readOnly };
  return opener.open({ driver: format ?? 'raw', file, isProbed: format === undefined, ...readOnly });
}
