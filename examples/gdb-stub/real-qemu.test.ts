import { nodeConnector } from '@qmp/node';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeVersions, type TestedVersion } from '../../tests/qemu/describe-versions.ts';
import { connect, startQemu } from '../../tests/qemu/qemu-process.ts';
import { temporaryFolder } from '../../tests/qemu/test-process.ts';
import { GdbClient, type GdbClientOptions } from './gdb-client.ts';
import type { StopReply } from './stop-reply.ts';

/** Where an x86 processor begins, as a physical address. */
const RESET_VECTOR = 0xffff_fff0n;

/** A paused PC, its QMP client, and a debugger at its GDB stub. */
async function debuggedPc(version: TestedVersion<'qemu'>, options: GdbClientOptions = {}) {
  const folder = temporaryFolder();
  const path = join(folder, 'gdb');
  const pc = ['-machine', 'pc', '-S', '-gdb', `unix:${path},server=on,wait=off`];
  const qemu = startQemu(version, pc, { folder });
  const monitor = await connect(qemu);
  const client = new GdbClient({ connector: nodeConnector, ...options });
  onTestFinished(() => client.abort());
  await client.connect(path, { retry: true, signal: qemu.process.gone });
  const ask = async (command: string): Promise<string> => {
    return (await monitor.executeRaw('human-monitor-command', { 'command-line': command })) as string;
  };
  return { client, monitor, ask };
}

/** The firmware, as this QEMU finds it. */
function firmwareOf(version: TestedVersion<'qemu'>): Uint8Array {
  const { stdout } = spawnSync(version.qemu, ['-L', 'help'], { encoding: 'utf8' });
  const found = stdout.split('\n').map((folder) => join(folder, 'bios-256k.bin'));
  return readFileSync(found.find((file) => existsSync(file)) ?? '');
}

/** The bytes in the answer to `xp /…xb`. */
function bytesIn(answer: string): Uint8Array {
  return Uint8Array.from(answer.matchAll(/ 0x([0-9a-f]{2})/g), ([, digits = '']) => Number.parseInt(digits, 16));
}

describeVersions('qemu', (version) => {
  describe('the GDB stub of a paused PC', () => {
    it('shows a processor that has just been reset', async () => {
      const { client, ask } = await debuggedPc(version);
      const registers = await client.readRegisters();
      expect(registers.get('rip')).toBe(0xfff0n);
      expect(registers.get('cs')).toBe(0xf000n);
      expect(registers.get('eflags')).toBe(2n);
      const [, rip = ''] = /[RE]IP=([0-9a-f]+)/.exec(await ask('info registers')) ?? [];
      expect(BigInt(`0x${rip}`)).toBe(registers.get('rip'));
    });

    it('shows the firmware at the reset vector', async () => {
      const { client, ask } = await debuggedPc(version);
      const memory = await client.readMemory(RESET_VECTOR, 16);
      expect(memory).toEqual(Uint8Array.from(firmwareOf(version).subarray(-16)));
      expect(memory).toEqual(bytesIn(await ask('xp /16xb 0xfffffff0')));
    });

    it('reads and writes memory that is larger than a packet', async () => {
      const { client, ask } = await debuggedPc(version);
      const bytes = Uint8Array.from({ length: 140_000 }, (_, index) => (index * 7) % 251);
      await client.writeMemory(0x10_0000n, bytes);
      expect(Buffer.compare(await client.readMemory(0x10_0000n, bytes.length), bytes)).toBe(0);
      expect(bytesIn(await ask(`xp /16xb ${0x10_0000 + 139_984}`))).toEqual(bytes.slice(-16));
    });

    it('refuses to read where there is no memory', async () => {
      const { client } = await debuggedPc(version);
      await expect(client.readMemory(0x1234_5678_9abc_def0n, 4)).rejects.toMatchObject({ name: 'GdbError' });
      expect(await client.readMemory(RESET_VECTOR, 1)).toEqual(Uint8Array.of(0xea)); // a far jump
    });

    it('executes one instruction: the jump into the firmware', async () => {
      const { client } = await debuggedPc(version);
      const [, low = 0, high = 0] = await client.readMemory(RESET_VECTOR, 5);
      expect(await client.step()).toEqual({ kind: 'signal', signal: 5 });
      expect((await client.readRegisters()).get('rip')).toBe(BigInt(low + 256 * high));
    });

    it('lets the machine run until it is interrupted', async () => {
      const { client, monitor } = await debuggedPc(version);
      // An interruption may come before its first instruction.
      await expect
        .poll(async () => {
          const resumed = monitor.events.next('RESUME');
          const stopped = client.continue();
          await resumed;
          client.interrupt();
          expect(await stopped).toEqual({ kind: 'signal', signal: 2 });
          return (await client.readRegisters()).get('rip');
        })
        .not.toBe(0xfff0n);
      expect(await monitor.execute('query-status', undefined)).toMatchObject({ running: false });
    });

    it('tells when the machine is stopped by somebody else', async () => {
      const stops: StopReply[] = [];
      const { client, monitor } = await debuggedPc(version, { onStop: (stop) => stops.push(stop) });
      const resumed = monitor.events.next('RESUME');
      const stopped = client.continue();
      await resumed;
      await monitor.execute('stop', undefined);
      expect(await stopped).toEqual({ kind: 'signal', signal: 2 });
      expect(stops).toEqual([{ kind: 'signal', signal: 2 }]);
    });

    it('agrees with the monitor after the monitor let the machine run and stopped it', async () => {
      const { client, monitor, ask } = await debuggedPc(version);
      await monitor.execute('cont', undefined);
      await monitor.execute('stop', undefined);
      const registers = await client.readRegisters();
      const [, rip = ''] = /[RE]IP=([0-9a-f]+)/.exec(await ask('info registers')) ?? [];
      expect(registers.get('rip')).toBe(BigInt(`0x${rip}`));
    });

    it('ends with the machine', async () => {
      const { client, monitor } = await debuggedPc(version);
      const running = client.continue();
      await monitor.execute('quit', undefined);
      expect(await running).toEqual({ kind: 'exited', code: 0 });
      expect(await client.closed).toEqual({ kind: 'disconnected' });
    });
  });
});
