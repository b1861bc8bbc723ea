import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { RecordingTerminal } from '../terminal/recording-terminal.test-kit.ts';
import { demo } from './demo.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A program that stands in for QEMU. */
async function makeProgram(script: string): Promise<string> {
  const path = join(await temporaryFolder(), 'qemu');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('demo', () => {
  it('shows a whole conversation with the double, and saves a picture of its screen', async () => {
    const terminal = new RecordingTerminal({ isTty: true });
    const screenshot = join(await temporaryFolder(), 'screen.png');
    expect(await demo.run(['--embedded', '--screenshot', screenshot], terminal)).toBe(0);
    expect((await readFile(screenshot)).subarray(1, 4).toString()).toBe('PNG');
    const story = [
      'Start.',
      'Connect.',
      'Ask.',
      'Learn.',
      '●  STOP',
      '●  RESUME',
      'Ask too much.',
      'Look.',
      'Quit.',
      '●  SHUTDOWN',
      ' commands and 3 events',
      'The screen (720 x 400)',
    ];
    let from = 0;
    for (const part of story) {
      const at = terminal.stdout.text.indexOf(part, from);
      expect({ part, isThere: at >= from }).toEqual({ part, isThere: true });
      from = at;
    }
  });

  it('keeps within the width of the terminal', async () => {
    const terminal = new RecordingTerminal({ isTty: true, columns: 80 });
    await demo.run(['--embedded', '--screenshot', join(await temporaryFolder(), 'screen.png')], terminal);
    const lines = terminal.stdout.text.split('\n').filter((line) => !line.includes('screen.png'));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says how a QEMU ended that was not to end, and what it complained of', async () => {
    const QEMU = await makeProgram('echo "no such machine" >&2; exit 1');
    const running = demo.run([], new RecordingTerminal({ env: { QEMU } }));
    await expect(running).rejects.toThrow('The demo broke off: QEMU ended with exit code 1; it said: no such machine');
  });

  it('ends a QEMU that hangs when it is stopped', async () => {
    const QEMU = await makeProgram('exec sleep 600');
    const terminal = new RecordingTerminal({ env: { QEMU } });
    const running = demo.run([], terminal);
    await expect.poll(() => terminal.stdout.text).toContain('Connect.');
    const reason = new Error('ctrl-C');
    terminal.stopping.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('takes no words', async () => {
    await expect(demo.run(['x'], new RecordingTerminal())).rejects.toThrow('"x" is too much; expected options only');
  });
});
