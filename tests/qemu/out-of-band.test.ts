import { ExecuteError } from 'qmp';
import { expect, it } from 'vitest';
import { block } from './blocked-qemu.ts';
import { describeVersions } from './describe-versions.ts';
import { connect, startQemu } from './qemu-process.ts';

describeVersions('qemu', (version) => {
  // query-yank came with QEMU 6.0; before that migrate-pause is the only one that is harmless, and it says no.
  const isOld = version.major < 6;

  it('answers an out-of-band command while another command blocks it and 20 more wait', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const finished: string[] = [];
    const note = async (name: string, reply: Promise<unknown>): Promise<void> => {
      await reply.catch(() => undefined);
      finished.push(name);
    };
    const blocked = await block(client, qemu.folder);
    const names = Array.from({ length: 20 }, (_, index) => `in-band ${index}`);
    const settled = [note('blocked', blocked.reply), ...names.map((name) => note(name, client.execute('query-name')))];
    const urgent = client.execute(isOld ? 'migrate-pause' : 'query-yank', undefined, { oob: true });
    if (isOld) await expect(urgent).rejects.toThrow(ExecuteError);
    else await expect(urgent).resolves.toContainEqual({ type: 'chardev', id: 'compat_monitor0' });
    expect(finished).toEqual([]);

    await blocked.release();
    await Promise.all(settled);
    expect(finished).toEqual(['blocked', ...names]);
    await expect(blocked.reply).resolves.toEqual({});
  });

  it('answers many out-of-band commands while another command blocks it', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const blocked = await block(client, qemu.folder);
    const command = isOld ? 'migrate-pause' : 'query-yank';
    const replies = Array.from({ length: 100 }, () => client.raw({ 'exec-oob': command }));
    expect(new Set((await Promise.all(replies)).map((reply) => Object.keys(reply).sort().join()))).toEqual(
      new Set([isOld ? 'error,id' : 'id,return']),
    );
    await blocked.release();
    await expect(blocked.reply).resolves.toEqual({});
  });

  it('refuses to run any other command out-of-band', async () => {
    const client = await connect(startQemu(version));
    await expect(client.execute('query-name', undefined, { oob: true })).rejects.toMatchObject({
      name: 'ExecuteError',
      errorClass: 'GenericError',
      description: 'The command query-name does not support OOB',
    });
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('knows no out-of-band commands when the client does not want them', async () => {
    const client = await connect(startQemu(version), { oob: false });
    expect(client.greeting?.QMP.capabilities).toEqual(['oob']);
    expect(client.capabilities).toEqual([]);
    await expect(client.execute('query-yank', undefined, { oob: true })).rejects.toMatchObject({
      name: 'ExecuteError',
      description: "QMP input member 'exec-oob' is unexpected",
    });
    await expect(client.execute('query-name')).resolves.toEqual({});
  });
});
