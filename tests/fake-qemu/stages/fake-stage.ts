import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '@qmp/protocol/codecs';
import { FakeQemu } from 'qmp/testing';
import type { GuestHand, Scenario, Stage } from '../scenario.ts';
import type { Entry } from '../transcript.ts';
import { WatchedSession } from './watched-session.ts';

/** What is under way arrives within so many turns of the event loop, timers included. */
const DELIVERY_TURNS = 4;

/** Plays a scenario on the double; gives what has passed. */
export async function playOnFake({ fake = {}, play }: Scenario, folder: string): Promise<readonly Entry[]> {
  await using qemu = await FakeQemu.start({
    disks: {},
    clock: 'manual',
    ...fake,
    guest: { onPowerdown: 'ignores', onUnplug: 'ignores', onBalloon: 'ignores', ...fake.guest },
  });
  const session = new WatchedSession();
  await session.client.connect(qemu.transport());
  let hasEnded = false;
  const stage: Stage = {
    execute: (command, args) => session.execute(command, args),
    event: (name, data) => waitFor(qemu, session, name, data),
    status: (status) => session.status(status),
    async ended() {
      hasEnded = true;
      await session.ended();
    },
    path: (name) => join(folder, name),
    guest: handOf(qemu),
    cannotOpen: (path, error) => qemu.disks.fail(path, error),
    failsJob: (type, error) => qemu.jobs.failNext(type, { error }),
    cannotMigrate: (error) => qemu.migration.failNext(error),
  };
  await play(stage);
  if (!hasEnded) {
    await session.execute('quit');
    await session.ended();
  }
  return session.transcript.entries;
}

/** Time goes on until it has come. */
async function waitFor(qemu: FakeQemu, session: WatchedSession, name: string, data: JsonObject = {}): Promise<void> {
  while (!(await hasCome(session, name, data))) {
    if (await qemu.clock.step()) continue;
    throw new Error(`There is no ${name} ${JSON.stringify(data)} to come:\n${session.describe()}`);
  }
}

/** Whether it has come, or is on its way. */
async function hasCome(session: WatchedSession, name: string, data: JsonObject): Promise<boolean> {
  for (let turn = 0; turn < DELIVERY_TURNS; turn += 1) {
    if (session.find(name, data)) return true;
    await setTimeout(1);
  }
  return false;
}

function handOf({ guest }: FakeQemu): GuestHand {
  const act =
    <A extends readonly unknown[]>(action: (...args: A) => void) =>
    (...args: A): Promise<void> => {
      action(...args);
      return Promise.resolve();
    };
  return {
    powersOff: act(() => guest.shutDown()),
    resets: act(() => guest.reset()),
    panics: act(() => guest.panic()),
    sleeps: act(() => guest.suspend()),
    starvesWatchdog: act(() => guest.starveWatchdog()),
    fillsMemory: act(() => undefined),
    releases: act(({ id }: { readonly id: string }) => guest.release(id)),
    releasesMemory: act((id: string) => guest.release(id)),
    keepsMemory: act((bytes: number) => guest.keepMemory(bytes)),
  };
}
