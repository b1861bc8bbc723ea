/**
 * Transports over WebSockets, whatever platform they are of.
 *
 * @module
 */
export { isWebSocketUrl } from './is-web-socket-url.ts';
export { openWebSocket } from './open-web-socket.ts';
export { WebSocketCloseError } from './web-socket-close-error.ts';
export type { WebSocketClosing, WebSocketFailure, WebSocketLike } from './web-socket-like.ts';
export { webSocketTransport } from './web-socket-transport.ts';
