import type { Picture } from './picture.ts';

/** As wide and high as a PC's text mode. */
const WIDTH = 720;
const HEIGHT = 400;
const BACKGROUND = [16, 24, 48] as const;
const INK = [240, 196, 72] as const;
/** Each dot of a letter is a square of so many pixels. */
const DOT = 12;

/** Rows of dots. */
const TEXT = [
  '####  ###  #  # ####  ###  #### #   # #  #',
  '#    #   # # #  #    #   # #    ## ## #  #',
  '###  ##### ##   ###  #   # ###  # # # #  #',
  '#    #   # # #  #    #  ## #    #   # #  #',
  '#    #   # #  # ####  ## # #### #   #  ## ',
];

/** What the screen shows until somebody shows something else: the name of what is behind it. */
export function bootPicture(): Picture {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels.set(BACKGROUND, at);
  const left = Math.floor((WIDTH - (TEXT[0]?.length ?? 0) * DOT) / 2);
  const top = Math.floor((HEIGHT - TEXT.length * DOT) / 2);
  for (const [row, dots] of TEXT.entries()) {
    for (let column = 0; column < dots.length; column += 1) {
      if (dots[column] === '#') fillSquare(pixels, left + column * DOT, top + row * DOT);
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

function fillSquare(pixels: Uint8Array, left: number, top: number): void {
  for (let y = top; y < top + DOT; y += 1) {
    for (let x = left; x < left + DOT; x += 1) pixels.set(INK, (y * WIDTH + x) * 3);
  }
}
