import { BadReplyError } from '../errors/command-errors.ts';
import { replyFault } from '../errors/reply-fault.ts';
import { ValidationError } from '../errors/validation-error.ts';
import type { ValidateOptions } from './options.ts';
import type { SessionSchema } from './session-schema.ts';

/**
 * Loads what only some need, with all that it brings. The errors are handed over: what both import would be one more file
 * for everybody.
 */
export async function openSchema(checks?: boolean | ValidateOptions): Promise<SessionSchema> {
  const module = await import('./session-schema.ts');
  return new module.SessionSchema(checks, { BadReplyError, replyFault, ValidationError });
}
