import { FakeQemu } from 'qmp/testing';
import { onTestFinished } from 'vitest';

/** A double of QEMU that lasts as long as the test, and where it listens. */
export async function startFakeQemu(): Promise<{ readonly qemu: FakeQemu; readonly address: string }> {
  const qemu = await FakeQemu.start({ name: 'qmp-demo' });
  onTestFinished(() => qemu.close());
  return { qemu, address: await qemu.listen('127.0.0.1:0') };
}
