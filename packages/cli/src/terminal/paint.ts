import { styleText } from 'node:util';

import type { Output } from './terminal.ts';

/** A format of `util.styleText`, such as `bold`. */
export type Format = Parameters<typeof styleText>[0];

/** Colours a text, where the output can show that. */
export type Paint = (format: Format, text: string) => string;

/** The paint for an output; `NO_COLOR` and dumb terminals get plain text. */
export function paintFor(output: Output): Paint {
  if (!output.hasColors) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
