/** What a screen showed: rows of pixels from the top left, three bytes (red, green, blue) each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Less than this part of the pixels goes unnoticed: a blinking cursor is far smaller, a line of text larger. */
const NOTICEABLE_PART = 1 / 1000;

/** Whether there is more to see than one colour and a cursor. */
export function showsSomething(picture: Picture): boolean {
  const { pixels } = picture;
  return isNoticeable(picture, (at, channel) => pixels[at + channel] !== pixels[channel]);
}

/** Whether a person sees no difference but that of a blinking cursor. */
export function looksAlike(picture: Picture, other: Picture): boolean {
  if (picture.width !== other.width || picture.height !== other.height) return false;
  return !isNoticeable(picture, (at, channel) => picture.pixels[at + channel] !== other.pixels[at + channel]);
}

function isNoticeable({ pixels }: Picture, differs: (at: number, channel: number) => boolean): boolean {
  const unnoticed = (pixels.length / 3) * NOTICEABLE_PART;
  let different = 0;
  for (let at = 0; at < pixels.length && different <= unnoticed; at += 3) {
    if (differs(at, 0) || differs(at, 1) || differs(at, 2)) different += 1;
  }
  return different > unnoticed;
}
