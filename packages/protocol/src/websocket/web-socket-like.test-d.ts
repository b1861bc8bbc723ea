import type { WebSocket as NpmWebSocket } from 'ws';
import { expectTypeOf } from 'vitest';
import type { WebSocketLike } from './web-socket-like.ts';

// Each platform's socket fits as it is.
expectTypeOf<WebSocket>().toExtend<WebSocketLike>();
expectTypeOf<NpmWebSocket>().toExtend<WebSocketLike>();
