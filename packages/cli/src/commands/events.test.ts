import { describe, expect, it } from 'vitest';

import { startFakeQemu } from '../fake-qemu.test-kit.ts';
import { RecordingTerminal } from '../terminal/recording-terminal.test-kit.ts';
import { events } from './events.ts';

describe('events', () => {
  it('tells a person that it listens', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal({ isTty: true });
    const running = events.run([address], terminal);
    await expect.poll(() => terminal.stderr.text).toBe('Connected; waiting for events, ctrl-C ends it.\n');
    terminal.stopping.abort(new Error('ctrl-C'));
    expect(await running).toBe(0);
    expect(terminal.stdout.text).toBe('');
  });

  it('ends well when it is stopped while it connects', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal();
    const running = events.run([address], terminal);
    terminal.stopping.abort(new Error('ctrl-C'));
    expect(await running).toBe(0);
  });

  it('fails when the connection is lost', async () => {
    const { qemu, address } = await startFakeQemu();
    const terminal = new RecordingTerminal({ isTty: true });
    const running = events.run([address], terminal);
    await expect.poll(() => terminal.stderr.text).not.toBe('');
    await Promise.all([expect(running).rejects.toThrow(/^The connection is lost: ./), qemu.close()]);
  });

  it.each(['STOP', '__com.redhat_DRIVE_MIRRORED', 'X_1'])('takes %s for an event', async (name) => {
    await expect(events.run(['/nowhere/x', name], new RecordingTerminal())).rejects.toThrow(/no such socket file/);
  });

  it.each([
    ['block-io-error', 'BLOCK_IO_ERROR'],
    ['Stop', 'STOP'],
  ])('takes %s for a slip, and offers %s', async (name, hint) => {
    const running = events.run(['/nowhere/x', name], new RecordingTerminal());
    await expect(running).rejects.toThrow(`"${name}" is no event; events are in capitals, such as ${hint}`);
  });
});
