import { looksAlike, showsSomething, type Picture } from './picture.ts';

/** So many looks in a row have to show the same. */
const STILL_LOOKS = 8;

/** QEMU shows a text of its own, at this size, until the firmware takes the screen. Text modes have other sizes. */
const PLACEHOLDER = { width: 640, height: 480 } as const;

/**
 * Looks at a screen until something stands still on it, and gives that picture. A blinking cursor does not count as a
 * movement, nor QEMU's placeholder as something.
 *
 * @param look takes a picture.
 * @param pause waits between two looks; throws when time is up.
 */
export async function waitForStillPicture(look: () => Promise<Picture>, pause: () => Promise<void>): Promise<Picture> {
  let latest = await look();
  for (let looks = 1; looks < STILL_LOOKS;) {
    await pause();
    const next = await look();
    looks = isWorthShowing(next) && looksAlike(latest, next) ? looks + 1 : 1;
    latest = next;
  }
  return latest;
}

function isWorthShowing(picture: Picture): boolean {
  const isPlaceholder = picture.width === PLACEHOLDER.width && picture.height === PLACEHOLDER.height;
  return !isPlaceholder && showsSomething(picture);
}
