import { describe, expect, it } from 'vitest';

import { FakeMachine } from './fake-machine.ts';
import { planMachine } from './plan-machine.ts';

describe('planMachine', () => {
  it('takes the double where there is no QEMU, and says how to get one', async () => {
    const { story, start } = await planMachine({ PATH: '' }, false);
    expect(story).toMatch(/^No QEMU on PATH \(.*install.*\): a double plays its part\.$/);
    const machine = await start();
    expect(machine).toBeInstanceOf(FakeMachine);
    await machine.stop();
    expect(machine.gone.aborted).toBe(true);
  });

  it('takes the double when it is asked for', async () => {
    const { story } = await planMachine({ QEMU: '/usr/bin/qemu-system-x86_64' }, true);
    expect(story).toContain('as you asked');
  });

  it('takes a QEMU where there is one', async () => {
    const { story } = await planMachine({ QEMU: '/usr/bin/qemu-system-x86_64' }, false);
    expect(story).toBe('QEMU opens a socket, and waits there for a client.');
  });
});
