import { onTestFinished } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { FakeQemu } from './fake-qemu.ts';
import type { FakeQemuOptions } from './fake-qemu-options.ts';

/** A double and a client of it, which last as long as the test. Its time stands still unless told otherwise. */
export async function startFake(options: FakeQemuOptions = {}): Promise<{ qemu: FakeQemu; vm: QmpClient }> {
  const qemu = await FakeQemu.start({ clock: 'manual', ...options });
  onTestFinished(() => qemu.close());
  const vm = await QmpClient.connect(qemu.transport());
  onTestFinished(() => vm.abort());
  return { qemu, vm };
}

/** What a client has been told so far: names of events, each with what tells it from others of its name. */
export function eventsOf(vm: QmpClient): string[] {
  return vm.events.history.map(({ event, data }) => {
    const members = (data ?? {}) as Readonly<Record<string, unknown>>;
    const detail = ['status', 'reason', 'device', 'path', 'action'].map((name) => members[name]);
    const told = detail.find((value): value is string => typeof value === 'string');
    return told === undefined ? event : `${event} ${told}`;
  });
}

/** What is on its way is there. */
export async function delivered(vm: QmpClient): Promise<void> {
  await vm.execute('query-name');
}
