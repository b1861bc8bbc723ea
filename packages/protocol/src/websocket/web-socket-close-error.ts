import type { WebSocketClosing } from './web-socket-like.ts';

/** RFC 6455, section 7.4.1. */
const MEANINGS: { readonly [code: number]: string } = {
  1003: 'the peer does not take such messages',
  1006: 'the link broke without a goodbye',
  1009: 'a message was too large for the peer',
  1011: 'the peer failed',
};

/** A WebSocket ended otherwise than by a plain goodbye (1000, 1001, or no code at all). */
export class WebSocketCloseError extends Error {
  override readonly name = 'WebSocketCloseError';
  /** The closing code of RFC 6455, section 7.4, such as 1006. */
  readonly code: number;
  /** The peer's words, often none. */
  readonly reason: string;

  /** @param cause the system's error, where the platform gives one. */
  constructor(closing: WebSocketClosing, cause: unknown) {
    // Deno says 0.
    const code = closing.code || 1006;
    const words = closing.reason || (cause instanceof Error ? cause.message : '');
    super(`the WebSocket ended with code ${code} (${MEANINGS[code] ?? 'of its own'})${words && `: ${words}`}`, {
      cause,
    });
    this.code = code;
    this.reason = closing.reason;
  }
}
