import { writeFile } from 'node:fs/promises';

import { describeSystemError } from '../terminal/describe-system-error.ts';
import { encodePng } from './encode-png.ts';
import type { Picture } from './picture.ts';

/** Writes a picture to a PNG file. */
export async function savePng(picture: Picture, path: string): Promise<void> {
  try {
    await writeFile(path, encodePng(picture));
  } catch (error) {
    throw new Error(`Cannot write the screenshot to ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
