import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import type { QmpClient } from 'qmp';

import { decodePpm } from '../screen/decode-ppm.ts';
import type { Picture } from '../screen/picture.ts';
import { waitForStillPicture } from '../screen/wait-for-still-picture.ts';

const PAUSE_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Waits until something stands still on a machine's screen, and gives the picture of it.
 *
 * @param file where QEMU writes its pictures.
 */
export async function watchScreen(client: QmpClient, file: string, signal: AbortSignal): Promise<Picture> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const look = async (): Promise<Picture> => {
    // PPM is the one format that every version writes.
    await client.execute('screendump', { filename: file }, { signal });
    return decodePpm(await readFile(file));
  };
  const pause = async (): Promise<void> => {
    if (patience.aborted) throw new Error(`The screen showed nothing that stands still within ${PATIENCE_MS / 1000} s`);
    await setTimeout(PAUSE_MS, undefined, { signal });
  };
  return await waitForStillPicture(look, pause);
}
