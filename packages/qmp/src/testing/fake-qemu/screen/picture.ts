/** What a screen shows: rows of pixels from the top left, three bytes (red, green, blue) each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}
