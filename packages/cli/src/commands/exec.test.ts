import { describe, expect, it } from 'vitest';

import { startFakeQemu } from '../fake-qemu.test-kit.ts';
import { RecordingTerminal } from '../terminal/recording-terminal.test-kit.ts';
import { exec } from './exec.ts';

describe('exec', () => {
  it('prints a value over several lines on a terminal', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal({ isTty: true });
    expect(await exec.run([address, 'query-status'], terminal)).toBe(0);
    expect(terminal.stdout.text).toBe('{\n  "status": "running",\n  "running": true\n}\n');
  });

  it('prints it on one line otherwise', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal({ env: { QMP_SOCKET: address } });
    expect(await exec.run(['query-name'], terminal)).toBe(0);
    expect(terminal.stdout.text).toBe('{"name":"qmp-demo"}\n');
  });

  it('prints class and text of a refusal, and fails', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal();
    expect(await exec.run([address, 'make-coffee', 'sugar=2'], terminal)).toBe(1);
    expect(terminal.stdout.text).toBe('');
    expect(terminal.stderr.text).toMatch(/^CommandNotFound: .+\n$/);
  });

  it('hangs up in any case', async () => {
    for (const command of ['query-name', 'make-coffee']) {
      const { qemu, address } = await startFakeQemu();
      await exec.run([address, command], new RecordingTerminal());
      await expect.poll(() => qemu.clients.size).toBe(0);
    }
  });

  it('throws the reason when it is stopped', async () => {
    const { address } = await startFakeQemu();
    const terminal = new RecordingTerminal();
    const running = exec.run([address, 'query-status'], terminal);
    const reason = new Error('ctrl-C');
    terminal.stopping.abort(reason);
    await expect(running).rejects.toBe(reason);
  });
});
