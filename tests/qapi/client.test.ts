import { expect, it } from 'vitest';
import { ValidationError } from 'qmp';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';

describeVersions('qemu', (version) => {
  it('tells the client what it can do', async () => {
    const client = await connect(startQemu(version));
    const [schema, same] = await Promise.all([client.schema(), client.schema()]);
    expect(same).toBe(schema);
    expect(schema.command('blockdev-backup')?.argument('x-perf') !== undefined).toBe(version.major >= 6);
    expect(schema.command('blockdev-add')?.argument('filename')?.isOptional).toBe(false);
    expect(schema.event('SHUTDOWN')?.data?.members.get('reason')?.type.kind).toBe('enum');
    expect(schema.command('no-such-command')).toBeUndefined();
  });

  it('is not asked to do what it would not understand', async () => {
    const client = await connect(startQemu(version), { validate: { replies: true } });
    await expect(client.execute('query-status')).resolves.toMatchObject({ running: true });
    const failure = await client
      .executeRaw('blockdev-add', { driver: 'nul-co', 'node-name': 'disk' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ValidationError);
    expect(String(failure)).toMatch(
      /driver: expected one of the \d+ values .*, found "nul-co"; did you mean "null-co"\?$/,
    );
    const stopped = client.events.next('STOP');
    await client.execute('stop');
    await expect(stopped).resolves.toMatchObject({ event: 'STOP' });
    await client.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk', size: 2n ** 40n });
    await expect(client.execute('query-named-block-nodes')).resolves.toHaveLength(1);
  });
});

describeVersions('storageDaemon', (version) => {
  it('is not asked to do what it would not understand', async () => {
    const client = await connect(startStorageDaemon(version), { validate: true });
    await expect(client.executeRaw('block_resise', { 'node-name': 'disk' })).rejects.toThrow(
      'block_resise: arguments: "block_resise" is unknown; did you mean "block_resize"?',
    );
    await expect(client.execute('query-status')).rejects.toThrow('"query-status" is unknown');
    await client.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' });
  });
});
