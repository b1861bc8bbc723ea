import type { Scenario } from '../scenario.ts';
import { addQcow2 } from './disks.ts';

/** Its screen, and the human monitor. */
export const SCREEN: readonly Scenario[] = [
  {
    name: 'takes pictures of the screen',
    async play({ execute, path }) {
      await execute('screendump', { filename: path('screen.ppm') });
      await execute('screendump', { filename: path('screen.png'), format: 'png' });
      await execute('screendump', { filename: '/nonexistent/screen.png', format: 'png' });
      await execute('screendump', { filename: '/' });
      await execute('screendump', { filename: path('screen'), format: 'jpg' });
      await execute('screendump', { filename: path('screen'), device: 'nothing' });
      await execute('screendump', { filename: path('screen'), head: 0 });
      await execute('screendump');
    },
  },
  {
    name: 'has a screen that is not called anything',
    qemu: ['-device', 'secondary-vga,id=second'],
    fake: { devices: [{ driver: 'VGA' }, { driver: 'secondary-vga', id: 'second' }] },
    async play({ execute, path }) {
      await execute('screendump', { filename: path('screen.ppm'), device: 'second' });
      await execute('screendump', { filename: path('screen.ppm'), device: 'second', head: 3 });
    },
  },
  {
    name: 'has a human monitor',
    qemu: ['-name', 'vm'],
    fake: { name: 'vm' },
    async play(stage) {
      await addQcow2(stage, 'disk');
      const lines = [
        'info status',
        'stop',
        'info status',
        'c',
        'info name',
        'info kvm',
        'info uuid',
        'info balloon',
        'info mice',
        'info nothing',
        'nothing',
        '',
        'stop now',
        'sendkey a',
        'info block-jobs',
        'info snapshots',
        'savevm one',
        'loadvm one',
        'loadvm two',
        'cont',
        'delvm one',
        'device_add virtio-net-pci,id=net',
        'device_del nothing',
        'device_add what',
        'eject nothing',
        'system_powerdown',
        'system_reset',
        'balloon 64',
      ];
      for (const line of lines) await stage.execute('human-monitor-command', { 'command-line': line });
      await stage.execute('human-monitor-command', { 'command-line': 'info status', 'cpu-index': 3 });
    },
  },
];
