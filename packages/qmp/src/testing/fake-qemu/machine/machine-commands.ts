import type { Handlers } from '../handlers.ts';
import type { Cpus } from './cpus.ts';
import type { MachineOptions } from './machine-options.ts';

const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

/** What the machine is, and what it has not got. */
export function machineCommands(options: MachineOptions, cpus: Cpus): Handlers {
  const { name, uuid = ZERO_UUID, accelerator = 'tcg' } = options;
  return {
    'query-name': () => (name === undefined ? {} : { name }),
    'query-uuid': () => ({ UUID: uuid }),
    'query-kvm': () => ({ enabled: accelerator === 'kvm', present: true }),
    'query-accelerators': () => ({ enabled: accelerator, present: ['kvm', 'mshv', 'qtest', 'tcg'] }),
    'query-target': () => ({ arch: 'x86_64' }),
    'query-current-machine': () => ({ 'wakeup-suspend-support': true }),
    'query-cpus-fast': () => cpus.infos,
    'query-hotpluggable-cpus': () => cpus.slots,
    'query-vnc': () => ({ enabled: false }),
    'query-spice': () => ({ enabled: false, migrated: false, 'mouse-mode': 'client' }),
    'query-mice': () => [{ name: 'QEMU PS/2 Mouse', index: 2, current: true, absolute: false }],
    'query-display-options': () => ({ type: 'none' }),
    'query-replay': () => ({ mode: 'none', icount: 0 }),
    'query-fdsets': () => [],
    'query-tpm': () => [],
    'query-audiodevs': () => [],
    'query-block-exports': () => [],
    'query-yank': () => [{ type: 'chardev', id: 'compat_monitor0' }],
    yank: () => undefined,
    'send-key': () => undefined,
    'input-send-event': () => undefined,
  };
}
