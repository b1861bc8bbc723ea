import { onTestFinished } from 'vitest';

import { EmbeddedMachine } from './embedded-machine.ts';

/** A machine that lasts as long as the test, for one client. */
export async function startEmbeddedMachine(): Promise<EmbeddedMachine> {
  const machine = await EmbeddedMachine.start();
  onTestFinished(() => machine.stop());
  return machine;
}
