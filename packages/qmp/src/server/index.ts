/**
 * The server side of QMP: for doubles of QEMU, replays and proxies.
 *
 * @module
 */
export { ClientTooSlowError } from './client-too-slow-error.ts';
export { CommandError } from './command-error.ts';
export type {
  CommandCall,
  CommandHandler,
  CommandHandlers,
  FallbackHandler,
  HandlerArguments,
  HandlerReturns,
} from './command-handler.ts';
export type { Clock } from './events/clock.ts';
export type { CloseOptions, EventParameters, QmpServerOptions } from './options.ts';
export { QmpServer } from './qmp-server.ts';
export type { ServerClient } from './server-client.ts';
