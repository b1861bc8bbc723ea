import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { GuestHand } from '../scenario.ts';

/** QEMU's own means to act as a guest without one: it reads and writes ports. */
export class Qtest {
  readonly #server: Server;
  #socket: Promise<Socket>;

  constructor(server: Server) {
    this.#server = server;
    this.#socket = once(server, 'connection').then(([socket]) => socket as Socket);
    this.#socket.catch(() => undefined);
  }

  /** Listens for a QEMU that is started with `-qtest unix:PATH`. */
  static async listen(path: string): Promise<Qtest> {
    const server = createServer();
    server.listen(path);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return new Qtest(server);
  }

  /** Has lines carried out, each after the one before; the end of QEMU is no error. */
  async run(...lines: readonly string[]): Promise<void> {
    const socket = await this.#socket;
    for (const line of lines) {
      if (socket.destroyed) return;
      socket.write(`${line}\n`);
      await Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => undefined);
    }
  }

  close(): void {
    this.#server.close();
    void this.#socket.then((socket) => socket.destroy());
  }
}

/** What a BIOS does: the ports for power management get their places. */
const POWER_PORTS = ['outl 0xcf8 0x80000b40', 'outl 0xcfc 0x601', 'outl 0xcf8 0x80000b80', 'outb 0xcfc 0x01'];
/** The same for the balloon, which is in slot 5. */
const BALLOON_PORTS = ['outl 0xcf8 0x80002810', 'outl 0xcfc 0xc001', 'outl 0xcf8 0x80002804', 'outw 0xcfc 0x7'];
const PAGE_BYTES = 4096;

/** The hand of a guest, by the ports of a PC. */
export function handOn(qtest: Qtest): GuestHand {
  return {
    powersOff: () => qtest.run(...POWER_PORTS, 'outw 0x604 0x2000'),
    resets: () => qtest.run('outb 0xcf9 0x6'),
    panics: () => qtest.run('outb 0x505 0x1'),
    sleeps: () => qtest.run(...POWER_PORTS, 'outw 0x604 0x2400'),
    starvesWatchdog: () => qtest.run('outb 0x443 0xf', 'clock_step 100000000'),
    fillsMemory: () => qtest.run('memset 0x100000 0x4000000 0x1'),
    releases: ({ slot }) => qtest.run('outl 0xae10 0x0', `outl 0xae08 ${1 << slot}`),
    releasesMemory: () => qtest.run('outl 0xa00 0x0', 'outb 0xa14 0x8'),
    keepsMemory: (bytes) => qtest.run(...BALLOON_PORTS, `outl 0xc018 ${bytes / PAGE_BYTES}`),
  };
}
