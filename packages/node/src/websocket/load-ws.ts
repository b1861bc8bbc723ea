import { asError } from '@qmp/protocol';

/**
 * The npm package `ws`, which is better than what Node and Deno have: it says why it failed, can be cut off, can let its
 * peer wait, and takes TLS options. Where it is not installed, the error that says so. Bun, whose own WebSocket does most
 * of this, puts that in the package's place.
 */
export async function loadWs(): Promise<typeof import('ws') | Error> {
  if ('bun' in process.versions) return new Error('Bun has a WebSocket in its place');
  try {
    return await import('ws');
  } catch (error) {
    return asError(error);
  }
}
