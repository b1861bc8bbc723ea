/**
 * The files of the host.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises';

/**
 * Writes a whole file; what was in it before is lost.
 *
 * @throws the system's error.
 */
export async function writeHostFile(path: string, data: Uint8Array): Promise<void> {
  await writeFile(path, data);
}
