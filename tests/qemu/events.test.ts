import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from './qemu-process.ts';
import { join } from 'node:path';

describeVersions('qemu', (version) => {
  it('announces what a command did before the caller of that command goes on', async () => {
    const client = await connect(startQemu(version));
    const order: string[] = [];
    client.events.on(['STOP', 'RESUME'], ({ event }) => order.push(event));
    for (const command of ['stop', 'cont', 'stop', 'cont'] as const) {
      await client.execute(command);
      order.push(command);
    }
    expect(order).toEqual(['STOP', 'stop', 'RESUME', 'cont', 'STOP', 'stop', 'RESUME', 'cont']);
  });

  it('gives each event to whoever has begun to wait before the command was sent', async () => {
    const client = await connect(startQemu(version));
    for (let count = 0; count < 100; count += 1) {
      const stopped = client.events.next('STOP', { timeoutMs: 5_000 });
      const resumed = client.events.next('RESUME', { timeoutMs: 5_000 });
      void client.execute('stop');
      await client.execute('cont');
      expect((await stopped).timestamp.seconds).toBeGreaterThan(1_600_000_000);
      expect((await resumed).event).toBe('RESUME');
    }
  });

  it('loses none of thousands of events, in order, for the client that causes them and for another one', async () => {
    const qemu = startQemu(version);
    const other = join(qemu.folder, 'other');
    const watched = startQemu(version, ['-qmp', `unix:${other},server=on,wait=off`]);
    const [actor, watcher] = [await connect(watched), await connect(watched, {}, other)];
    const pairs = 1_000;
    const streams = [actor, watcher].map((client) => client.events.of('STOP', 'RESUME'));
    const replies = Array.from({ length: pairs }, () => [actor.execute('stop'), actor.execute('cont')]).flat();
    await Promise.all(replies);
    for (const stream of streams) {
      const names: string[] = [];
      for await (const { event } of stream) {
        names.push(event);
        if (names.length === 2 * pairs) break;
      }
      expect(names).toEqual(Array.from({ length: pairs }, () => ['STOP', 'RESUME']).flat());
      expect(stream.lost).toBe(0);
    }
    expect(actor.events.history).toHaveLength(256);
    expect(actor.droppedReplies).toBe(0);
  });

  it('does not make a stream that nobody reads grow: the oldest events go, and are counted', async () => {
    const client = await connect(startQemu(version));
    const stream = client.events.of('STOP', 'RESUME', { limit: 100 });
    const pairs = 500;
    await Promise.all(Array.from({ length: pairs }, () => [client.execute('stop'), client.execute('cont')]).flat());
    expect(stream.unread).toBe(100);
    expect(stream.lost).toBe(2 * pairs - 100);
    await client.disconnect();
    const left: unknown[] = [];
    for await (const event of stream) left.push(event);
    expect(left).toEqual(client.events.history.slice(-100));
  });

  it('ends every way to listen when it dies, after what was unread', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const stream = client.events.of('STOP');
    const never = client.events.next('GUEST_PANICKED');
    await client.execute('stop');
    qemu.process.signal('SIGKILL');
    await expect(never).rejects.toMatchObject({
      name: 'ConnectionLostError',
      cause: { name: 'EndOfStreamError' },
      message: expect.stringContaining('GUEST_PANICKED') as string,
    });
    await expect(stream.next()).resolves.toMatchObject({ value: { event: 'STOP' } });
    await expect(stream.next()).rejects.toMatchObject({ name: 'EndOfStreamError' });
  });
});

describeVersions('storageDaemon', (version) => {
  const create = (filename: string) => ({ 'job-id': 'job', options: { driver: 'file', filename, size: 0 } }) as const;

  it('announces a job before the reply to the command that starts it', async () => {
    const daemon = startStorageDaemon(version);
    const client = await connect(daemon);
    const order: unknown[] = [];
    client.events.on('JOB_STATUS_CHANGE', ({ data }) => order.push(data.status));
    const concluded = client.events.next('JOB_STATUS_CHANGE', {
      where: ({ data }) => data.status === 'concluded',
    });
    const created = client
      .execute('blockdev-create', create(join(daemon.folder, 'image')))
      .then(() => order.push('reply'));
    await Promise.all([created, concluded]);
    expect(order.filter((step) => step !== 'reply')).toEqual(['created', 'running', 'waiting', 'pending', 'concluded']);
    expect(order.indexOf('reply')).toBeGreaterThanOrEqual(2);

    const dismissed = client.events.next('JOB_STATUS_CHANGE', { where: ({ data }) => data.status === 'null' });
    await client.execute('job-dismiss', { id: 'job' });
    await dismissed;
  });

  it('announces the end of a job that fails at once; who waits from before the command sees it', async () => {
    const client = await connect(startStorageDaemon(version));
    const concluded = client.events.next('JOB_STATUS_CHANGE', {
      where: ({ data }) => data.status === 'concluded',
    });
    await client.execute('blockdev-create', create('/nonexistent/image'));
    await concluded;
    await expect(client.execute('query-jobs')).resolves.toMatchObject([
      { id: 'job', status: 'concluded', error: expect.stringContaining('No such file or directory') as string },
    ]);
  });
});
