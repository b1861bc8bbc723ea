import type { Picture } from './picture.ts';

/** A picture as a binary PPM file: a line of text, then the pixels. */
export function encodePpm({ width, height, pixels }: Picture): Uint8Array {
  const header = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + pixels.length);
  file.set(header);
  file.set(pixels, header.length);
  return file;
}
