import type { Transport } from './transport/transport.ts';

/** Text as bytes, for tests that write by hand. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes as text. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** All text that arrives, up to the end of the stream. */
export async function readAll(transport: Transport): Promise<string> {
  let text = '';
  for await (const chunk of transport.readable) text += textOf(chunk);
  return text;
}
