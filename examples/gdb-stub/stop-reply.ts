/** Why the target stands still: a signal by its number (5: a breakpoint or a step, 2: an interrupt), or its end. */
export type StopReply =
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'exited' | 'killed'; readonly code: number };

const PATTERN = /^([STWX])([0-9a-fA-F]{2})/;

/** No other reply begins with one of these capital letters: that is how one which comes unasked is recognized. */
export function isStopReply(payload: string): boolean {
  return PATTERN.test(payload);
}

/** Reads a stop reply; undefined for any other payload. */
export function parseStopReply(payload: string): StopReply | undefined {
  const [, letter, digits = ''] = PATTERN.exec(payload) ?? [];
  const number = Number.parseInt(digits, 16);
  switch (letter) {
    case 'S':
    case 'T':
      return { kind: 'signal', signal: number };
    case 'W':
      return { kind: 'exited', code: number };
    case 'X':
      return { kind: 'killed', code: number };
    default:
      return undefined;
  }
}
