import { join } from 'node:path';
import type { TestedVersion } from '../../qemu/describe-versions.ts';
import { TestProcess } from '../../qemu/test-process.ts';
import type { Scenario, Stage } from '../scenario.ts';
import type { Entry } from '../transcript.ts';
import { handOn, Qtest } from './qtest.ts';
import { WatchedSession } from './watched-session.ts';

/** Plays a scenario on QEMU; gives what has passed. */
export async function playOnQemu(
  version: TestedVersion<'qemu'>,
  { qemu = [], play }: Scenario,
  folder: string,
): Promise<readonly Entry[]> {
  const [monitor, ports] = [join(folder, 'qmp'), join(folder, 'qtest')];
  const qtest = await Qtest.listen(ports);
  const machine = ['-machine', 'pc', '-accel', 'qtest', '-nodefaults', '-display', 'none', '-device', 'VGA'];
  const ways = ['-qtest', `unix:${ports}`, '-qtest-log', '/dev/null', '-qmp', `unix:${monitor},server=on,wait=off`];
  const process = new TestProcess(version.qemu, [...machine, ...ways, ...qemu]);
  const session = new WatchedSession();
  await session.client.connect(monitor, { retry: true, signal: process.gone });
  let hasEnded = false;
  const stage: Stage = {
    execute: (command, args) => session.execute(command, args),
    async event(name, data = {}) {
      while (!session.find(name, data)) {
        await session.news().catch((error: Error) => {
          throw new Error(`There was no ${name} ${JSON.stringify(data)}:\n${session.describe()}`, { cause: error });
        });
      }
    },
    status: (status) => session.status(status),
    async ended() {
      hasEnded = true;
      await session.ended();
    },
    path: (name) => join(folder, name),
    guest: handOn(qtest),
    cannotOpen: () => undefined,
    failsJob: () => undefined,
    cannotMigrate: () => undefined,
  };
  await play(stage);
  if (!hasEnded) {
    await session.execute('quit');
    await session.ended();
  }
  qtest.close();
  return session.transcript.entries;
}
