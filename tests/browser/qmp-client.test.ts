import { QmpClient } from 'qmp';
import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, serveQemu } from './served.ts';

describeVersions('qemu', (version) => {
  it('greets a browser, which can do out-of-band execution, too', async () => {
    const url = await serveQemu(version);
    const client = await connect(url);
    expect(client.greeting?.QMP.version.qemu.major).toBe(version.major);
    expect(client.capabilities).toEqual(['oob']);
    expect(client.peer).toBe(url);
    await expect(client.execute('query-chardev', undefined, { oob: false })).resolves.toBeInstanceOf(Array);
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('sends its events to a browser in order, and before the reply', async () => {
    const client = await connect(await serveQemu(version));
    const seen: string[] = [];
    for (const name of ['STOP', 'RESUME'] as const) client.events.on(name, () => seen.push(name));
    for (const command of ['stop', 'cont', 'stop', 'cont'] as const) {
      await client.execute(command);
      seen.push(command);
    }
    expect(seen).toEqual(['STOP', 'stop', 'RESUME', 'cont', 'STOP', 'stop', 'RESUME', 'cont']);
  });

  it('takes and gives back integers beyond 2^53 exactly', async () => {
    const client = await connect(await serveQemu(version));
    // Before 6.0 this parameter is a signed one, and fewer values go in.
    const largest = version.major < 6 ? 9_007_199_254_740_993n : 18_446_744_073_709_551_615n;
    for (const value of [1_000_000, 9_007_199_254_740_993n, largest]) {
      await client.execute('migrate-set-parameters', { 'max-bandwidth': value });
      await expect(client.execute('query-migrate-parameters')).resolves.toMatchObject({
        'max-bandwidth': value,
      });
    }
  });

  it('sends a browser a reply of hundreds of kilobytes, and takes a command of the same size', async () => {
    const client = await connect(await serveQemu(version));
    const schema = await client.execute('query-qmp-schema');
    expect(JSON.stringify(schema).length).toBeGreaterThan(100_000);
    expect(schema.length).toBeGreaterThan(800);
    const id = 'é☃😀'.repeat(30_000);
    await expect(client.raw({ execute: 'query-name', id }, { assignId: false })).resolves.toEqual({ return: {}, id });
  });

  it('answers 1,000 commands in flight, each with its own reply', async () => {
    const client = await connect(await serveQemu(version));
    const replies = Array.from({ length: 1_000 }, (_, index) =>
      client.execute('human-monitor-command', { 'command-line': `print ${index}` }),
    );
    expect((await Promise.all(replies)).map((reply) => Number(reply))).toEqual(replies.map((_, index) => index));
  });

  it('says what is wrong with a command', async () => {
    const client = await connect(await serveQemu(version));
    await expect(client.executeRaw('no-such-thing', { a: 1 })).rejects.toMatchObject({
      name: 'ExecuteError',
      errorClass: 'CommandNotFound',
      message: 'no-such-thing: The command no-such-thing has not been found',
    });
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('that is killed ends the session, and every wait with it', async () => {
    const url = await serveQemu(version);
    const client = await connect(url);
    const reset = client.events.next('RESET');
    const lost = { name: 'ConnectionLostError', cause: { name: 'EndOfStreamError' } };
    await Promise.all([commands.kill(url), expect(reset).rejects.toMatchObject(lost)]);
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
    await expect(client.execute('query-name')).rejects.toMatchObject({ name: 'StateError' });
    await expect(client.disconnect()).rejects.toMatchObject({ name: 'EndOfStreamError' });
    expect(client.runstate).toBe('idle');
  });

  it('that is told to quit ends the session cleanly', async () => {
    const client = await connect(await serveQemu(version));
    const shutdown = client.events.next('SHUTDOWN');
    await client.execute('quit');
    await expect(shutdown).resolves.toMatchObject({ event: 'SHUTDOWN' });
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
    expect(client.runstate).toBe('idle');
  });

  it('is connected to again by the same client', async () => {
    const url = await serveQemu(version);
    const client = await connect(url);
    await client.disconnect();
    await client.connect(url);
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('is waited for until the timeout where it never comes', async () => {
    const url = await serveQemu(version);
    await commands.release(url);
    await expect(QmpClient.connect(url, { retry: true, timeoutMs: 500 })).rejects.toMatchObject({
      name: 'ConnectError',
      cause: { name: 'TimeoutError' },
    });
  });
});
