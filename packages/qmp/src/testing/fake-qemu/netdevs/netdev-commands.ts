import type { DeviceTree } from '../devices/device-tree.ts';
import type { Handlers } from '../handlers.ts';
import type { NetdevTable } from './netdev-table.ts';

/** Networks that the guest's cards are on. */
export function netdevCommands(netdevs: NetdevTable, devices: DeviceTree): Handlers {
  return {
    netdev_add: (options) => netdevs.add(options),
    netdev_del: ({ id }) => netdevs.delete(id),
    set_link({ name }) {
      if (netdevs.get(name) === undefined) devices.find(name);
    },
  };
}
