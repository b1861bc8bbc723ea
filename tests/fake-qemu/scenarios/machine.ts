import type { Scenario, Stage } from '../scenario.ts';
import { addQcow2 } from './disks.ts';

const DISKS = { vmstate: 'disk', devices: ['disk'] };

async function runSnapshotJob(stage: Stage, command: string, args: object): Promise<void> {
  await stage.execute(command, { 'job-id': 'job', ...args });
  await stage.event('JOB_STATUS_CHANGE', { id: 'job', status: 'concluded' });
  await stage.execute('query-jobs');
  await stage.execute('job-dismiss', { id: 'job' });
  await stage.execute('query-status');
}

const EVENTS = { capabilities: [{ capability: 'events', state: true }] };
/** A file of that name cannot be made: its folder is missing. */
const NOWHERE = '/nonexistent/socket';
const SINK = { uri: 'exec:cat >/dev/null' };

/** The machine as a whole: what it is, its snapshots, its migration, its screen. */
export const MACHINE: readonly Scenario[] = [
  {
    name: 'tells what it is',
    qemu: ['-name', 'vm', '-uuid', '12345678-1234-1234-1234-123456789abc', '-smp', '2'],
    fake: { name: 'vm', uuid: '12345678-1234-1234-1234-123456789abc', cpus: 2 },
    async play({ execute }) {
      const questions = [
        ...['version', 'name', 'uuid', 'kvm', 'status', 'target', 'cpus-fast', 'hotpluggable-cpus', 'chardev', 'block'],
        ...['current-machine', 'memory-size-summary', 'memory-devices', 'memdev', 'iothreads', 'jobs', 'block-jobs'],
        ...['named-block-nodes', 'migrate', 'migrate-capabilities', 'migrate-parameters', 'balloon', 'vnc', 'spice'],
        ...['mice', 'display-options', 'replay', 'fdsets', 'tpm', 'audiodevs', 'block-exports', 'yank', 'nothing'],
      ];
      for (const subject of questions) await execute(`query-${subject}`);
      await execute('query-status', { what: 1 });
    },
  },
  {
    name: 'takes input from outside without a word',
    async play({ execute }) {
      await execute('send-key', { keys: [{ type: 'qcode', data: 'a' }] });
      await execute('send-key', { keys: [{ type: 'qcode', data: 'what' }] });
      await execute('input-send-event', { events: [] });
      await execute('inject-nmi');
      await execute('yank', { instances: [] });
    },
  },
  {
    name: 'saves, loads and deletes snapshots of the running machine',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await stage.execute('query-named-block-nodes', { flat: true });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-delete', { tag: 'one', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-delete', { tag: 'one', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await stage.execute('cont');
    },
  },
  {
    name: 'saves and loads snapshots of a machine that stands still',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await stage.execute('stop');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'two', ...DISKS });
    },
  },
  {
    name: 'fails to save snapshots that it cannot save',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk', devices: ['nothing'] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'nothing', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk', devices: [] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk-file', devices: ['disk-file'] });
      for (const id of ['1', '']) await stage.execute('snapshot-save', { 'job-id': id, tag: 'one', ...DISKS });
    },
  },
  {
    name: 'migrates to another machine',
    async play({ execute, event, status }) {
      await execute('migrate-set-capabilities', EVENTS);
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'completed' });
      await status('postmigrate');
      for (const command of ['query-migrate', 'query-status']) await execute(command);
      await execute('migrate', SINK);
      await execute('cont');
      await execute('query-status');
      await execute('stop');
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'completed' });
      await status('postmigrate');
      await execute('query-status');
    },
  },
  {
    name: 'migrates without telling, unless it is told to',
    async play({ execute, event, status }) {
      await execute('migrate', SINK);
      await event('STOP');
      await status('postmigrate');
    },
  },
  {
    name: 'cannot reach the other machine',
    async play({ execute, event, cannotMigrate }) {
      await execute('migrate-set-capabilities', EVENTS);
      cannotMigrate(`Failed to connect to '${NOWHERE}': No such file or directory`);
      await execute('migrate', { uri: `unix:${NOWHERE}` });
      await event('MIGRATION', { status: 'failed' });
      for (const command of ['query-migrate', 'query-status']) await execute(command);
    },
  },
  {
    name: 'waits before it switches over, and goes on, or back',
    async play({ execute, event, status }) {
      const capabilities = [...EVENTS.capabilities, { capability: 'pause-before-switchover', state: true }];
      await execute('migrate-set-capabilities', { capabilities });
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'pre-switchover' });
      for (const command of ['query-status', 'query-migrate', 'cont', 'stop']) await execute(command);
      await execute('device_add', { driver: 'e1000' });
      await execute('migrate-continue', { state: 'device' });
      await execute('migrate-continue', { state: 'pre-switchover' });
      await event('MIGRATION', { status: 'completed' });
      await status('postmigrate');
      await execute('migrate-continue', { state: 'pre-switchover' });
      await execute('cont');
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'pre-switchover' });
      await execute('migrate_cancel');
      await event('MIGRATION', { status: 'cancelled' });
      await status('running');
      for (const command of ['query-status', 'query-migrate', 'migrate_cancel']) await execute(command);
    },
  },
  {
    name: 'cancels a migration that is slow',
    async play({ execute, event, guest }) {
      await guest.fillsMemory();
      await execute('migrate-set-capabilities', EVENTS);
      await execute('migrate-set-parameters', { 'max-bandwidth': 4096 });
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'active' });
      await execute('query-migrate');
      await execute('migrate', SINK);
      await execute('migrate-set-capabilities', EVENTS);
      await execute('migrate_cancel');
      await event('MIGRATION', { status: 'cancelled' });
      for (const command of ['query-migrate', 'query-status']) await execute(command);
    },
  },
  {
    name: 'lets a slow migration go on at full speed',
    async play({ execute, event, guest }) {
      await guest.fillsMemory();
      await execute('migrate-set-capabilities', EVENTS);
      await execute('migrate-set-parameters', { 'max-bandwidth': 4096 });
      await execute('migrate', SINK);
      await event('MIGRATION', { status: 'active' });
      await execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 30 });
      await event('MIGRATION', { status: 'completed' });
    },
  },
  {
    name: 'refuses migrations that cannot be, and settings that do not do',
    async play({ execute, path }) {
      await execute('migrate', {});
      await execute('migrate', { uri: 'what' });
      await execute('migrate-incoming', { uri: `unix:${path('socket')}` });
      await execute('migrate-pause');
      await execute('migrate-recover', { uri: 'what' });
      await execute('migrate-start-postcopy');
      await execute('migrate-continue', { state: 'device' });
      await execute('migrate-set-capabilities', { capabilities: [{ capability: 'what', state: true }] });
      await execute('migrate-set-parameters', { 'downtime-limit': 99_999_999 });
      await execute('migrate-set-parameters', { 'multifd-channels': 0 });
      await execute('migrate-set-parameters', { 'cpu-throttle-initial': 100 });
      await execute('migrate-set-parameters', { 'max-bandwidth': 1000, 'downtime-limit': 5 });
      await execute('query-migrate-parameters');
      await execute('query-migrate-capabilities');
    },
  },
  {
    name: 'waits for another machine to come',
    qemu: ['-incoming', 'defer'],
    fake: { isIncoming: true },
    async play({ execute, path }) {
      const uri = `unix:${path('incoming')}`;
      await execute('migrate-set-capabilities', EVENTS);
      for (const command of ['query-status', 'cont', 'query-migrate', 'stop', 'cont', 'system_reset', 'query-status']) {
        await execute(command);
      }
      await execute('migrate', SINK);
      await execute('migrate-incoming', { uri: 'what' });
      await execute('migrate-incoming', { uri });
      await execute('migrate-incoming', { uri });
      await execute('query-migrate');
    },
  },
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
        ...['info status', 'stop', 'info status', 'c', 'info name', 'info kvm', 'info uuid', 'info balloon', 'info mice'],
        ...['info nothing', 'nothing', '', 'stop now', 'sendkey a', 'info block-jobs', 'info snapshots', 'savevm one'],
        ...['loadvm one', 'loadvm two', 'cont', 'delvm one', 'device_add virtio-net-pci,id=net', 'device_del nothing'],
        ...['device_add what', 'eject nothing', 'system_powerdown', 'system_reset', 'balloon 64'],
      ];
      for (const line of lines) await stage.execute('human-monitor-command', { 'command-line': line });
      await stage.execute('human-monitor-command', { 'command-line': 'info status', 'cpu-index': 3 });
    },
  },
];
