import { describe, expect, it } from 'vitest';

import type { Picture } from './picture.ts';
import { pictureWith } from './picture.test-kit.ts';
import { waitForStillPicture } from './wait-for-still-picture.ts';

const BLACK = pictureWith(0);
const TEXT = pictureWith(2000, { from: 100 });
const MORE_TEXT = pictureWith(4000, { from: 100 });
const CURSOR_OFF = pictureWith(3982, { from: 100 });
const PLACEHOLDER: Picture = { width: 640, height: 480, pixels: new Uint8Array(640 * 480 * 3).fill(255, 0, 9000) };

/** Shows these one after the other, then the last one for ever; after 50 looks time is up. */
async function watch(...pictures: readonly Picture[]): Promise<{ readonly picture: Picture; readonly looks: number }> {
  let looks = 0;
  const look = async (): Promise<Picture> => {
    const picture = pictures[Math.min(looks, pictures.length - 1)] ?? BLACK;
    looks += 1;
    return await Promise.resolve(picture);
  };
  const pause = async (): Promise<void> => {
    if (looks === 50) throw new Error('time is up');
    await Promise.resolve();
  };
  const picture = await waitForStillPicture(look, pause);
  return { picture, looks };
}

describe('waitForStillPicture', () => {
  it('waits until eight looks in a row show the same', async () => {
    expect(await watch(BLACK, TEXT, TEXT, MORE_TEXT)).toEqual({ picture: MORE_TEXT, looks: 11 });
  });

  it('is not held up by a cursor that blinks', async () => {
    expect((await watch(MORE_TEXT, CURSOR_OFF, MORE_TEXT, CURSOR_OFF)).looks).toBe(8);
  });

  it.each([
    ['a black screen', BLACK],
    ["QEMU's placeholder", PLACEHOLDER],
  ])('does not take %s for something', async (_name, picture) => {
    await expect(watch(picture)).rejects.toThrow('time is up');
  });
});
