import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from './qemu-process.ts';

const LARGEST_UINT64 = 18_446_744_073_709_551_615n;
const LARGEST_INT64 = 9_223_372_036_854_775_807n;
const FIRST_UNSAFE = 9_007_199_254_740_993n;

describeVersions('qemu', (version) => {
  it('takes and gives back integers beyond 2^53 exactly', async () => {
    const client = await connect(startQemu(version));
    // Before 6.0 this parameter is a signed one, and fewer values go in.
    const values = version.major < 6 ? [FIRST_UNSAFE] : [FIRST_UNSAFE, LARGEST_INT64, LARGEST_UINT64];
    for (const value of values) {
      await client.execute('migrate-set-parameters', { 'max-bandwidth': value });
      await expect(client.execute('query-migrate-parameters')).resolves.toMatchObject({
        'max-bandwidth': value,
      });
    }
  });

  it('takes an integer as an integer, whether it is a number or a bigint', async () => {
    const client = await connect(startQemu(version));
    for (const value of [1_000_000, 1_000_000n, Number.MAX_SAFE_INTEGER, BigInt(Number.MAX_SAFE_INTEGER)]) {
      await client.execute('migrate-set-parameters', { 'max-bandwidth': value });
      await expect(client.execute('query-migrate-parameters')).resolves.toMatchObject({
        'max-bandwidth': Number(value),
      });
    }
  });

  it('gives the properties of a device exactly', async () => {
    const drive = ['-drive', 'if=none,id=disk,driver=null-co,read-zeroes=on'];
    const device = `scsi-hd,drive=disk,wwn=${LARGEST_UINT64},port_wwn=0x5000c500deadbeef,id=hd`;
    const machine = ['-machine', 'pc', '-S', '-device', 'virtio-scsi-pci'];
    const client = await connect(startQemu(version, [...machine, ...drive, '-device', device]));
    const path = '/machine/peripheral/hd';
    await expect(client.execute('qom-get', { path, property: 'wwn' })).resolves.toBe(LARGEST_UINT64);
    await expect(client.execute('qom-get', { path, property: 'port_wwn' })).resolves.toBe(0x5000c500deadbeefn);
  });
});

describeVersions('storageDaemon', (version) => {
  it('takes and gives back sizes beyond 2^53, in replies and in events', async () => {
    const client = await connect(startStorageDaemon(version));
    for (const name of ['source', 'target']) {
      await client.execute('blockdev-add', { driver: 'null-co', 'node-name': name, size: FIRST_UNSAFE });
    }
    const nodes = await client.execute('query-named-block-nodes');
    // The size is rounded up to sectors; 5.2 rounds it down.
    const size = version.major < 6 ? 9_007_199_254_740_992n : 9_007_199_254_741_504n;
    expect(nodes.map(({ image }) => image['virtual-size'])).toEqual([size, size]);

    const cancelled = client.events.next('BLOCK_JOB_CANCELLED');
    const mirror = { 'job-id': 'job', device: 'source', target: 'target', sync: 'full' } as const;
    await client.execute('blockdev-mirror', { ...mirror, granularity: 67_108_864, speed: 65_536 });
    await client.execute('block-job-cancel', { device: 'job', force: true });
    const { data } = await cancelled;
    // What is left to copy, rounded up to the job's granularity or not.
    expect(data.len).toBeTypeOf('bigint');
    expect(data.len).toBeGreaterThanOrEqual(size);
  });
});
