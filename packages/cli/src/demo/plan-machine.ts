import type { Environment } from '../terminal/terminal.ts';
import { EmbeddedMachine } from './embedded-machine.ts';
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

/** A real QEMU where there is one, unless the embedded stand-in is asked for. */
export async function planMachine(env: Environment, isEmbedded: boolean): Promise<MachinePlan> {
  if (isEmbedded) return embeddedPlan('A stand-in plays the part of QEMU, as you asked.');
  const program = await findQemu(env);
  if (program === undefined) {
    return embeddedPlan(`No QEMU on PATH (${INSTALL} brings one): a stand-in plays its part.`);
  }
  return { story: 'QEMU opens a socket, and waits there for a client.', start: () => QemuMachine.start(program) };
}

function embeddedPlan(story: string): MachinePlan {
  return { story, start: () => EmbeddedMachine.start() };
}
