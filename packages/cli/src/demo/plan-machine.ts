import type { Environment } from '../terminal/terminal.ts';
import { findQemu } from './find-qemu.ts';
import type { Machine } from './machine.ts';
import { QemuMachine } from './qemu-machine.ts';

/** How a QEMU is brought to this platform. */
const INSTALL = process.platform === 'darwin' ? 'brew install qemu' : 'apt or dnf install qemu-system-x86';

/** Which machine the demo starts, and what it says about that. */
export interface MachinePlan {
  readonly story: string;
  start(): Promise<Machine>;
}

/** A real QEMU where there is one, unless its double is asked for. */
export async function planMachine(env: Environment, isEmbedded: boolean): Promise<MachinePlan> {
  if (isEmbedded) return fakePlan('A double plays the part of QEMU, as you asked.');
  const program = await findQemu(env);
  if (program === undefined) {
    return fakePlan(`No QEMU on PATH (${INSTALL} brings one): a double plays its part.`);
  }
  return { story: 'QEMU opens a socket, and waits there for a client.', start: () => QemuMachine.start(program) };
}

function fakePlan(story: string): MachinePlan {
  return {
    story,
    async start() {
      // Other commands do without it.
      const { FakeMachine } = await import('./fake-machine.ts');
      return await FakeMachine.start();
    },
  };
}
