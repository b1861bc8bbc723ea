import { join } from 'node:path';
import type { JsonObject } from '@qmp/protocol/codecs';
import { FakeQemu } from 'qmp/testing';
import type { GuestHand, Scenario, Stage } from '../scenario.ts';
import type { Entry } from '../transcript.ts';
import { WatchedSession } from './watched-session.ts';

/** What is under way arrives within so many turns. */
const DELIVERY_TURNS = 10;

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
  for (let idleTurns = 0; !session.find(name, data);) {
    idleTurns = (await qemu.clock.step()) ? 0 : idleTurns + 1;
    if (idleTurns < DELIVERY_TURNS) continue;
    throw new Error(`There is no ${name} ${JSON.stringify(data)} to come:\n${session.describe()}`);
  }
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
    releases: act(({ id }: { readonly id: string }) => guest.release(id)),
    releasesMemory: act((id: string) => guest.release(id)),
    keepsMemory: act((bytes: number) => guest.keepMemory(bytes)),
  };
}
