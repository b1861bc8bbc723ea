import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import type { CommandArguments, CommandName, CommandReturns, QapiSchema } from '../schema/qapi-schema.ts';
import type { ServerClient } from './server-client.ts';

/** What a handler is told about the call, beside the arguments. */
export interface CommandCall {
  /** Its name. */
  readonly command: string;
  /** Who calls. */
  readonly client: ServerClient;
  /** Aborts when the client goes: nobody will read the reply. */
  readonly signal: AbortSignal;
  /** Whether it overtakes others (`exec-oob`). */
  readonly isOutOfBand: boolean;
}

/** What a handler gets: an object in any case, empty where the client sent none. */
export type HandlerArguments<A> = [A] extends [undefined] ? Readonly<Record<string, never>> : Exclude<A, undefined>;

/** What a handler may return: nothing stands for an empty object. */
export type HandlerReturns<R> = Record<string, never> extends R ? R | void : R;

/** Carries out one command. It may throw a `CommandError`; anything else that it throws becomes a `GenericError`. */
export type CommandHandler<A, R> = (
  args: HandlerArguments<A>,
  call: CommandCall,
) => HandlerReturns<R> | Promise<HandlerReturns<R>>;

/** Handlers by the names of their commands, typed by a schema. */
export type CommandHandlers<S extends QapiSchema> = {
  readonly [N in CommandName<S>]?: CommandHandler<CommandArguments<S, N>, CommandReturns<S, N>> | undefined;
};

/** Carries out whatever has no handler of its own. */
export type FallbackHandler = (
  args: JsonObject,
  call: CommandCall,
) => JsonValue | undefined | void | Promise<JsonValue | undefined | void>;
