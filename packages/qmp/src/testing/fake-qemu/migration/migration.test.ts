import { describe, expect, it } from 'vitest';

import { delivered, eventsOf, startFake } from '../fake-qemu.test-kit.ts';

const EVENTS = { capabilities: [{ capability: 'events', state: true }] } as const;
const URI = { uri: 'tcp:192.0.2.1:4444' };

describe('the migration of a fake QEMU', () => {
  it('goes on as time does, by its speed', async () => {
    const { qemu, vm } = await startFake({ memoryBytes: 2 ** 30 });
    await vm.execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 20 });
    await vm.execute('migrate', URI);
    await qemu.clock.advance(512_000);
    const { status, ram, remaining } = await vm.execute('query-migrate');
    expect(status).toBe('active');
    expect(Number(ram?.transferred)).toBeCloseTo(2 ** 29, -4);
    expect(remaining).toBe(ram?.remaining);
    await vm.execute('migrate-set-parameters', { 'max-bandwidth': 0 });
    await qemu.clock.advance(1_000);
    expect(await vm.execute('query-migrate')).toMatchObject({ status: 'completed', ram: { remaining: 0 } });
    expect(qemu.status).toBe('postmigrate');
  });

  it('fails when a test wants it, before it has begun or later, and the guest goes on', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('migrate-set-capabilities', EVENTS);
    qemu.migration.failNext('Connection refused');
    await vm.execute('migrate', URI);
    await qemu.clock.runUntilIdle();
    qemu.migration.failNext('Broken pipe', { at: 0.5 });
    await vm.execute('migrate', URI);
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(
      ['setup', 'failing', 'failed', 'setup', 'active', 'failing', 'failed'].map((status) => `MIGRATION ${status}`),
    );
    expect(await vm.execute('query-migrate')).toEqual({ status: 'failed', 'error-desc': 'Broken pipe' });
    expect(qemu.status).toBe('running');
  });

  it('is cancelled before it has begun', async () => {
    const { qemu, vm } = await startFake();
    await Promise.all([vm.execute('migrate', URI), vm.execute('migrate_cancel')]);
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-migrate')).toEqual({ status: 'cancelled' });
  });

  it('brings another machine, which runs then, or does not', async () => {
    for (const commands of [['cont'], ['stop']] as const) {
      const { qemu, vm } = await startFake({ isIncoming: true });
      expect(() => qemu.migration.arrive()).toThrow('migrate-incoming starts it');
      await vm.execute('migrate-set-capabilities', EVENTS);
      for (const command of commands) await vm.execute(command);
      await vm.execute('migrate-incoming', { uri: 'tcp:0.0.0.0:4444' });
      expect(await vm.execute('query-migrate')).toEqual({
        status: 'setup',
        'socket-address': [{ type: 'inet', host: '0.0.0.0', port: '4444' }],
      });
      qemu.migration.arrive();
      await delivered(vm);
      const resumed = commands[0] === 'cont' ? ['RESUME'] : [];
      expect(eventsOf(vm)).toEqual(['MIGRATION setup', 'MIGRATION active', ...resumed, 'MIGRATION completed']);
      expect(qemu.status).toBe(commands[0] === 'cont' ? 'running' : 'paused');
      expect(await vm.execute('query-migrate')).toEqual({ status: 'completed' });
    }
  });

  it('takes one way there only', async () => {
    const { vm } = await startFake();
    const channels = [{ 'channel-type': 'main', addr: { transport: 'exec', args: ['/bin/cat'] } }] as const;
    await expect(vm.execute('migrate', { ...URI, channels })).rejects.toThrow('mutually exclusive');
    await vm.execute('migrate', { channels });
    await vm.execute('announce-self', { initial: 50, max: 550, rounds: 5, step: 100 });
  });

  it('listens in a way that has no address, too', async () => {
    const { vm } = await startFake({ isIncoming: true });
    await vm.execute('migrate-incoming', { uri: 'exec:cat' });
    expect(await vm.execute('query-migrate')).toEqual({ status: 'setup' });
  });
});
