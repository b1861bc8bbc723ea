import { EndOfStreamError, ExecInterruptedError, TimeoutError } from 'qmp';
import { expect, it } from 'vitest';
import { block } from './blocked-qemu.ts';
import { describeVersions } from './describe-versions.ts';
import { connect, makeClient, startQemu, startStorageDaemon } from './qemu-process.ts';
import { recordingLogger } from './recording-logger.ts';

/** The arguments of a human command that does nothing, with more of them than it needs. */
const A_KILOBYTE = { 'command-line': `print 1${' '.repeat(1_000)}` };

describeVersions('qemu', (version) => {
  it('that is killed in mid-command interrupts that command, and all that wait behind it', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const blocked = await block(client, qemu.folder);
    const waiting = Array.from({ length: 20 }, () => client.execute('query-name'));
    qemu.process.signal('SIGKILL');

    await expect(blocked.reply).rejects.toThrow(ExecInterruptedError);
    const end = await client.closed;
    // With requests that QEMU had not read yet, the system says that the connection was reset.
    expect(end).toMatchObject({
      kind: 'lost',
      error: { name: expect.stringMatching(/^(EndOfStreamError|ConnectionLostError)$/) as string },
    });
    const cause = end.kind === 'lost' ? end.error : undefined;
    await expect(blocked.reply).rejects.toMatchObject({ command: 'blockdev-add', cause });
    for (const reply of waiting) await expect(reply).rejects.toMatchObject({ command: 'query-name', cause });

    expect(client.runstate).toBe('disconnecting');
    await expect(client.execute('query-name')).rejects.toMatchObject({ name: 'StateError', state: 'disconnecting' });
    await expect(client.disconnect()).rejects.toBe(cause);
    expect(client.runstate).toBe('idle');
    await expect(client.disconnect()).resolves.toBeUndefined();
  });

  it('that is killed while nothing is asked of it ends the stream', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    qemu.process.signal('SIGKILL');
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
    await expect(client.disconnect()).rejects.toThrow(EndOfStreamError);
  });

  it('that is terminated says so before it goes', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const shutdown = client.events.next('SHUTDOWN');
    qemu.process.signal('SIGTERM');
    await expect(shutdown).resolves.toMatchObject({ data: { guest: false, reason: 'host-signal' } });
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });

  it('that is stopped costs a command its reply, which is dropped and counted when it comes late', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    await qemu.process.stop();
    await expect(client.execute('query-name', undefined, { timeoutMs: 100 })).rejects.toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('the reply to query-name') as string,
    });
    await expect(client.execute('query-uuid', undefined, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(client.runstate).toBe('running');

    qemu.process.signal('SIGCONT');
    await expect(client.execute('query-status')).resolves.toMatchObject({ running: true });
    expect(client.droppedReplies).toBe(2);
  });

  it('that is stopped does not hold up a disconnect for longer than its grace', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    await qemu.process.stop();
    const reply = client.execute('query-name');
    const startedAtMs = performance.now();
    await client.disconnect({ graceMs: 100 });
    // Far from the five seconds that it would have without being told.
    expect(performance.now() - startedAtMs).toBeLessThan(2_500);
    expect(client.runstate).toBe('idle');
    await expect(reply).rejects.toMatchObject({ name: 'ExecInterruptedError', cause: { name: 'DisconnectedError' } });
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('that is stopped answers all that was asked of it meanwhile, once it goes on', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu, { oob: false });
    await qemu.process.stop();
    const replies = Array.from({ length: 300 }, () => client.execute('human-monitor-command', A_KILOBYTE));
    await expect(client.execute('query-name', undefined, { timeoutMs: 50 })).rejects.toThrow(TimeoutError);
    qemu.process.signal('SIGCONT');
    await expect(Promise.all(replies)).resolves.toHaveLength(300);
  });

  it('that is stopped does not get what it had no room for before the grace was over', async () => {
    const qemu = startQemu(version);
    const { logger, text } = recordingLogger();
    const client = await connect(qemu, { oob: false, logger });
    await qemu.process.stop();
    const replies = Array.from({ length: 1_000 }, () => client.execute('human-monitor-command', A_KILOBYTE));
    await client.disconnect({ graceMs: 100 });
    expect(client.runstate).toBe('idle');
    expect(text()).toMatch(/unix:.* did not take the last \d{6} bytes/);
    for (const reply of replies) await expect(reply).rejects.toMatchObject({ name: 'ExecInterruptedError' });
  });

  it('that is stopped is waited for until the deadline, and can be connected to once it goes on', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    await client.disconnect();
    await qemu.process.stop();
    await expect(client.connect(qemu.address, { timeoutMs: 200 })).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'session',
      message: expect.stringMatching(/accepts connections but says nothing: .*QEMU is stopped/) as string,
      cause: { name: 'TimeoutError' },
    });
    expect(client.runstate).toBe('idle');

    const connecting = client.connect(qemu.address);
    qemu.process.signal('SIGCONT');
    await connecting;
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('that is killed while it is being connected to makes the attempt fail at once', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    await client.disconnect();
    await qemu.process.stop();
    const connecting = client.connect(qemu.address);
    await expect.poll(() => client.peer).toBe(qemu.address);
    qemu.process.signal('SIGKILL');
    await expect(connecting).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'session',
      cause: { name: expect.stringMatching(/^(EndOfStreamError|ConnectionLostError)$/) as string },
    });
    expect(client.runstate).toBe('idle');
  });

  it('that never was is not connected to', async () => {
    const qemu = startQemu(version, ['-no-such-option']);
    await qemu.process.ended();
    expect(qemu.process.complaints).toContain('no-such-option');
    await expect(makeClient().connect(qemu.address)).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'connection',
      cause: { name: 'DialError', code: 'ENOENT' },
    });
  });
});

describeVersions('storageDaemon', (version) => {
  it('that is killed ends the stream', async () => {
    const daemon = startStorageDaemon(version);
    const client = await connect(daemon);
    daemon.process.signal('SIGKILL');
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });
});
