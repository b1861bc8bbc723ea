import { bootPicture } from './boot-picture.ts';
import type { Picture } from './picture.ts';

/** The screen of a fake machine. */
export class Screen {
  #picture: Picture | undefined;

  /** What it shows. */
  get picture(): Picture {
    this.#picture ??= bootPicture();
    return this.#picture;
  }

  /**
   * Shows something else, of any size.
   *
   * @throws RangeError for pixels that are not three bytes for each point.
   */
  show(picture: Picture): void {
    const expected = picture.width * picture.height * 3;
    if (picture.pixels.length !== expected) {
      throw new RangeError(`The picture has ${picture.pixels.length} bytes of pixels; expected ${expected}`);
    }
    this.#picture = picture;
  }
}
