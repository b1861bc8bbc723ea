import type { Picture } from './picture.ts';

const HEADER = /^P6\s+(\d+)\s+(\d+)\s+255\s/;
const LONGEST_HEADER = 40;

/**
 * Reads a binary PPM with 8 bits per colour, as QEMU's `screendump` writes it.
 *
 * @throws Error for anything else.
 */
export function decodePpm(file: Uint8Array): Picture {
  const header = HEADER.exec(Buffer.from(file.subarray(0, LONGEST_HEADER)).toString('latin1'));
  if (header === null) throw new Error('The screenshot is no PPM file; expected one that begins with "P6"');
  const [text, width, height] = header;
  const picture = { width: Number(width), height: Number(height), pixels: file.subarray(text.length) };
  const expectedBytes = picture.width * picture.height * 3;
  if (picture.pixels.length === expectedBytes) return picture;
  throw new Error(`The screenshot holds ${picture.pixels.length} bytes of pixels; expected ${expectedBytes}`);
}
