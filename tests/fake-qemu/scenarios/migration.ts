import type { Scenario } from '../scenario.ts';

const EVENTS = { capabilities: [{ capability: 'events', state: true }] };
/** A file of that name cannot be made: its folder is missing. */
const NOWHERE = '/nonexistent/socket';
const SINK = { uri: 'exec:cat >/dev/null' };

/** The machine moves to another QEMU, or comes from one. */
export const MIGRATION: readonly Scenario[] = [
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
];
