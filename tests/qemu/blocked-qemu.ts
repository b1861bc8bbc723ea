import { execFileSync } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { QmpClient } from 'qmp';
import { onTestFinished } from 'vitest';

/** A QEMU whose main loop is busy with one command until it is released. */
export interface Blocked {
  /** The reply to the command. */
  readonly reply: Promise<unknown>;
  /** Lets the command end. */
  release(): Promise<void>;
}

/** Makes QEMU read a configuration that comes from a FIFO to which nobody writes; resolves once it hangs there. */
export async function block(client: QmpClient, folder: string): Promise<Blocked> {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const image = { driver: 'null-co', size: 65_536 } as const;
  const reply = client.execute('blockdev-add', { driver: 'blkdebug', 'node-name': 'blocked', config: path, image });
  // This end opens when QEMU opens the other one.
  let fifo: FileHandle | undefined = await open(path, 'w');
  const release = async (): Promise<void> => {
    const held = fifo;
    fifo = undefined;
    await held?.close();
  };
  onTestFinished(release);
  return { reply, release };
}
