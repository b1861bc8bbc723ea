import type { Handlers } from '../handlers.ts';
import type { Migration } from '../migration/migration.ts';
import type { DeviceTree } from './device-tree.ts';
import type { Unplug } from './unplug.ts';

/** Plugging devices in and out of the running machine. */
export function deviceCommands(devices: DeviceTree, unplug: Unplug, migration: Migration): Handlers {
  return {
    device_add(args) {
      migration.checkIdle('device_add');
      devices.add(args, true);
    },
    device_del({ id }) {
      migration.checkIdle('device_del');
      unplug.request(id);
    },
  };
}
