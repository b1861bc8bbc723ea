import { describe, expect, it } from 'vitest';

import { decodePpm } from './decode-ppm.ts';

function ppm(header: string, ...bytes: readonly number[]): Uint8Array {
  return Buffer.concat([Buffer.from(header), Buffer.from(bytes)]);
}

describe('decodePpm', () => {
  it('reads size and pixels', () => {
    const picture = decodePpm(ppm('P6\n2 1\n255\n', 1, 2, 3, 4, 5, 6));
    expect({ ...picture, pixels: [...picture.pixels] }).toEqual({ width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6] });
  });

  it('takes a first pixel for no part of the header, whatever it looks like', () => {
    expect([...decodePpm(ppm('P6 1 1 255\n', 10, 32, 9)).pixels]).toEqual([10, 32, 9]);
  });

  it('refuses a file of another format', () => {
    expect(() => decodePpm(Buffer.from('GIF89a'))).toThrow(
      'The screenshot is no PPM file; expected one that begins with "P6"',
    );
  });

  it('refuses a file that is cut off', () => {
    expect(() => decodePpm(ppm('P6\n2 1\n255\n', 1, 2))).toThrow('The screenshot holds 2 bytes of pixels; expected 6');
  });
});
