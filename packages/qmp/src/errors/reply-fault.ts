import type { JsonObject } from '@qmp/protocol/codecs';
import { parseErrorInfo } from '../messages/error-reply.ts';
import { BadReplyError, ExecuteError } from './command-errors.ts';

/** What is wrong with a reply that is no return: the server said no, or neither yes nor no. */
export function replyFault(command: string, sent: JsonObject, received: JsonObject): ExecuteError | BadReplyError {
  const exchange = { sent, received };
  if (received['error'] === undefined) return new BadReplyError(command, 'it has neither return nor error', exchange);
  const info = parseErrorInfo(received);
  if (info !== undefined) return new ExecuteError(command, info, exchange);
  return new BadReplyError(command, 'its error has no class and desc', exchange);
}
