/** What a client sends to QEMU, and may send to our server. */
export interface CorpusEntry {
  /** One character a byte. */
  readonly input: string;
  /** What it enables beforehand; without a negotiation if `undefined`. */
  readonly enable: 'nothing' | 'oob' | undefined;
}

/** Sent after a negotiation that enables nothing. */
export function entries(inputs: readonly string[]): readonly CorpusEntry[] {
  return inputs.map((input) => ({ input, enable: 'nothing' }));
}

/** Sent after a negotiation that enables out-of-band execution. */
export function oobEntries(inputs: readonly string[]): readonly CorpusEntry[] {
  return inputs.map((input) => ({ input, enable: 'oob' }));
}

/** Sent before any negotiation. */
export function earlyEntries(inputs: readonly string[]): readonly CorpusEntry[] {
  return inputs.map((input) => ({ input, enable: undefined }));
}
