import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it } from 'vitest';

import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startGuestAgent, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { runQmp, startQmp } from './run-qmp.ts';

describeVersions('qemu', (version) => {
  it('answers qmp exec, and says why it does not', async () => {
    const qemu = startQemu(version);
    const control = await connect(qemu);
    await control.disconnect();
    expect(await runQmp(['exec', qemu.address, 'query-status'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"running":true') as string,
    });
    const size = ['driver=null-co', 'node-name=n', 'size=9007199254740993'];
    expect((await runQmp(['exec', qemu.address, 'blockdev-add', ...size])).stdout).toBe('{}\n');
    // Sizes are rounded up to sectors, but not to what a double can hold.
    expect((await runQmp(['exec', qemu.address, 'query-named-block-nodes'])).stdout).toMatch(
      /"virtual-size":90071992547(41504|40992)\b/,
    );
    expect(await runQmp(['exec', qemu.address, 'make-coffee'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'CommandNotFound: The command make-coffee has not been found\n',
    });
    expect(await runQmp(['exec', qemu.address, 'quit'])).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });

  it('tells qmp events what happens, and says goodbye', async () => {
    const folder = temporaryFolder();
    const watched = join(folder, 'watched');
    const control = await connect(startQemu(version, ['-qmp', `unix:${watched},server=on,wait=off`], { folder }));
    const qmp = startQmp(['events', watched]);
    const names: string[] = [];
    const lines = createInterface(qmp.stdout).on('line', (line) => {
      names.push((JSON.parse(line) as { readonly event: string }).event);
    });
    // Until it is connected it misses what happens, and it may connect between the two.
    while (!names.includes('STOP')) {
      const heard = once(lines, 'line', { signal: AbortSignal.timeout(200) }).catch(() => undefined);
      await control.execute('stop');
      await control.execute('cont');
      await heard;
    }
    const ended = once(qmp, 'close');
    await control.execute('quit');
    expect(await ended).toEqual([1, null]);
    expect(new Set(names)).toEqual(new Set(['STOP', 'RESUME', 'SHUTDOWN']));
    expect(names.at(-1)).toBe('SHUTDOWN');
  });

  it('is told from its human monitor', async () => {
    const folder = temporaryFolder();
    const human = join(folder, 'human');
    await connect(startQemu(version, ['-monitor', `unix:${human},server=on,wait=off`], { folder }));
    const { code, stderr } = await runQmp(['exec', human, 'query-status']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]*human monitor[^\n]*\n$/) as string,
    });
  });
});

describeVersions('guestAgent', (version) => {
  it('is told from QEMU', async () => {
    const agent = startGuestAgent(version);
    const client = await connect(agent, { awaitGreeting: false, negotiate: false });
    await client.disconnect();
    const { code, stderr } = await runQmp(['exec', agent.address, 'query-status']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]*guest agent[^\n]*\n$/) as string,
    });
  });
});
