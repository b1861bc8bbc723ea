import type { WebSocketFailure } from './web-socket-like.ts';

const GUESS = 'the platform hides why; is a WebSocket server there, at this path, and its certificate trusted?';

/**
 * The error for a WebSocket that could not be opened. Platforms say why in their `error` event, or hide it from
 * scripts: then the error says what it may have been.
 */
export function openFault(url: string, { message, error: cause }: WebSocketFailure): Error {
  const why = typeof message === 'string' && message !== '' ? message : GUESS;
  return new Error(`cannot open ${url}: ${why}`, { cause });
}
