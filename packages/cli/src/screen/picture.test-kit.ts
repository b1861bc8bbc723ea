import type { Picture } from './picture.ts';

/** A black picture with so many white pixels, from the given one on. */
export function pictureWith(
  litPixels: number,
  options: { readonly from?: number; readonly height?: number } = {},
): Picture {
  const { from = 0, height = 40 } = options;
  const width = 720;
  const pixels = new Uint8Array(width * height * 3);
  pixels.fill(255, from * 3, (from + litPixels) * 3);
  return { width, height, pixels };
}
