import { describe, expect, it } from 'vitest';

import { delivered, eventsOf, startFake } from '../fake-qemu.test-kit.ts';

const GIBIBYTE = 2 ** 30;
const HOUR_MS = 3_600_000;
const COPY = { 'job-id': 'job', device: 'source', target: 'target', sync: 'full' } as const;

/** Two disks of 720 GiB, which take an hour to be copied. */
const DISKS = {
  diskBytesPerSecond: (720 * GIBIBYTE) / (HOUR_MS / 1000),
  disks: { '/source': { sizeBytes: 720 * GIBIBYTE }, '/target': { sizeBytes: 720 * GIBIBYTE } },
  blockdevs: [
    { driver: 'file', 'node-name': 'source', filename: '/source' },
    { driver: 'file', 'node-name': 'target', filename: '/target' },
  ],
} as const;

describe('jobs of a fake QEMU', () => {
  it('take no time when the clock does not', async () => {
    const startMs = performance.now();
    const { vm } = await startFake({ ...DISKS, clock: 'automatic' });
    const ready = vm.events.next('BLOCK_JOB_READY');
    await vm.execute('blockdev-mirror', COPY);
    const { timestamp } = await ready;
    const completed = vm.events.next('BLOCK_JOB_COMPLETED');
    await vm.execute('job-complete', { id: 'job' });
    await completed;
    expect(timestamp.seconds - Date.now() / 1000).toBeGreaterThan(HOUR_MS / 1000 - 60);
    expect(performance.now() - startMs).toBeLessThan(60_000);
  });

  it('get on as time does, pause, and can be limited', async () => {
    const { qemu, vm } = await startFake(DISKS);
    const progress = async (): Promise<unknown> => {
      const [job] = await vm.execute('query-jobs');
      return Number(job?.['current-progress']) / GIBIBYTE;
    };
    await vm.execute('blockdev-backup', COPY);
    await qemu.clock.advance(HOUR_MS / 2);
    expect(await progress()).toBe(360);
    await vm.execute('job-pause', { id: 'job' });
    await qemu.clock.advance(HOUR_MS);
    expect(await progress()).toBe(360);
    await vm.execute('job-resume', { id: 'job' });
    await vm.execute('block-job-set-speed', { device: 'job', speed: GIBIBYTE / 128 });
    await qemu.clock.advance(128_000);
    expect(await progress()).toBe(361);
    await vm.execute('block-job-set-speed', { device: 'job', speed: 0 });
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-jobs')).toEqual([]);
  });

  it('fail when a test wants it, with what was done by then', async () => {
    const { qemu, vm } = await startFake(DISKS);
    qemu.jobs.failNext('mirror', { error: 'Input/output error', at: 0.5, operation: 'read' });
    await vm.execute('blockdev-mirror', COPY);
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(vm.events.history.slice(2).map(({ data }) => data)).toEqual([
      { device: 'job', operation: 'read', action: 'report' },
      { id: 'job', status: 'aborting' },
      {
        type: 'mirror',
        device: 'job',
        len: 720 * GIBIBYTE,
        offset: 360 * GIBIBYTE,
        speed: 0,
        error: 'Input/output error',
      },
      { id: 'job', status: 'concluded' },
      { id: 'job', status: 'null' },
    ]);
    await vm.execute('blockdev-mirror', COPY);
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-jobs')).toMatchObject([{ status: 'ready' }]);
  });

  it('stop at an error if they are told to, and go on when they are resumed', async () => {
    const { qemu, vm } = await startFake(DISKS);
    qemu.jobs.failNext('backup', { error: 'Input/output error', at: 0.25 });
    await vm.execute('blockdev-backup', { ...COPY, 'on-target-error': 'stop', 'auto-dismiss': false });
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-block-jobs')).toMatchObject([
      { status: 'paused', paused: true, 'io-status': 'failed', offset: 180 * GIBIBYTE },
    ]);
    await vm.execute('job-resume', { id: 'job' });
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-block-jobs')).toMatchObject([{ status: 'concluded', 'io-status': 'ok' }]);
  });

  it('go on over an error if they are told to', async () => {
    const { qemu, vm } = await startFake(DISKS);
    qemu.jobs.failNext('backup', { error: 'Input/output error' });
    await vm.execute('blockdev-backup', { ...COPY, 'on-target-error': 'ignore' });
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(eventsOf(vm)).toContain('BLOCK_JOB_ERROR job');
    expect(eventsOf(vm)).toContain('BLOCK_JOB_COMPLETED job');
  });

  it('fail at once, too', async () => {
    const { qemu, vm } = await startFake(DISKS);
    await vm.execute('blockdev-backup', { ...COPY, 'auto-dismiss': false });
    qemu.jobs.fail('job', 'No space left on device');
    qemu.jobs.fail('job', 'No space left on device');
    expect(await vm.execute('query-jobs')).toMatchObject([{ status: 'concluded', error: 'No space left on device' }]);
    expect(() => qemu.jobs.fail('nothing', '')).toThrow('Job not found');
  });

  it('fail to make an image, and to save a snapshot, when a test wants it', async () => {
    const { qemu, vm } = await startFake({ clock: 'automatic' });
    qemu.jobs.failNext('create', { error: 'Disk quota exceeded' });
    const concluded = vm.events.next('JOB_STATUS_CHANGE', { where: ({ data }) => data.status === 'concluded' });
    const options = { driver: 'file', filename: '/new', size: 0 } as const;
    await vm.execute('blockdev-create', { 'job-id': 'job', options });
    await concluded;
    expect(await vm.execute('query-jobs')).toMatchObject([{ 'current-progress': 1, error: 'Disk quota exceeded' }]);
  });

  it('change how they work while they are active', async () => {
    const { vm } = await startFake(DISKS);
    await vm.execute('blockdev-mirror', COPY);
    await vm.execute('block-job-change', { id: 'job', type: 'mirror', 'copy-mode': 'write-blocking' });
    await expect(
      vm.execute('block-job-change', { id: 'nothing', type: 'mirror', 'copy-mode': 'write-blocking' }),
    ).rejects.toMatchObject({ errorClass: 'DeviceNotActive' });
  });
});
