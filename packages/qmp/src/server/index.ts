/**
 * The server side of QMP: for doubles of QEMU, replays and proxies.
 *
 * @module
 */
export { CommandError } from './command-error.ts';
export type {
  CommandCall,
  CommandHandler,
  CommandHandlers,
  FallbackHandler,
  HandlerArguments,
  HandlerReturns,
} from './command-handler.ts';
export type { QmpServerOptions } from './options.ts';
export { type EventParameters, QmpServer } from './qmp-server.ts';
export type { ServerClient } from './server-client.ts';
