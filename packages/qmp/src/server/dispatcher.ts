import type { JsonObject } from '@qmp/protocol/codecs';
import type { QapiCommand, QapiModel } from '@qmp/qapi';

import { toJson } from './codec/wire-value.ts';
import { CommandError } from './command-error.ts';
import type { CommandCall } from './command-handler.ts';
import { ArgumentChecker } from './model/argument-checker.ts';
import type { ServerClient } from './server-client.ts';
import type { Request } from './session/request.ts';

/** A handler of any command. */
export type AnyHandler = (args: JsonObject, call: CommandCall) => unknown;

/** A client together with the signal that it has gone. */
export interface Caller extends ServerClient {
  readonly gone: AbortSignal;
}

/** Finds the handler of a command, and calls it with what QEMU would let through. */
export class Dispatcher {
  readonly handlers: Map<string, AnyHandler> = new Map();
  readonly #model: QapiModel | undefined;
  readonly #fallback: AnyHandler | undefined;
  readonly #checker: ArgumentChecker;

  constructor(model: QapiModel | undefined, fallback: AnyHandler | undefined) {
    this.#model = model;
    this.#fallback = fallback;
    this.#checker = new ArgumentChecker(model?.knowsWidths !== true);
  }

  /**
   * What the handler returns, or a promise of it; `undefined` where success has no reply.
   *
   * @throws CommandError, with QEMU's text, for what it would refuse; what the handler throws.
   */
  execute(request: Request, caller: Caller): unknown {
    const { command, isOutOfBand } = request;
    const known = this.#model?.command(command);
    const handler = this.handlers.get(command) ?? this.#fallbackFor(known);
    if (handler === undefined) throw new CommandError('CommandNotFound', `The command ${command} has not been found`);
    if (isOutOfBand && this.#model !== undefined && known?.definition.allowOob !== true) {
      throw new CommandError('GenericError', `The command ${command} does not support OOB`);
    }
    if (known !== undefined) this.#checkArguments(request, known);
    const args = request.hasDoubles ? toJson(request.arguments) : request.arguments;
    const result = handler(args as JsonObject, new Call(request, caller));
    const isSilent = known?.definition.silent === true;
    return isPromiseLike(result)
      ? Promise.resolve(result).then((value) => replyOf(value, isSilent))
      : replyOf(result, isSilent);
  }

  #fallbackFor(known: QapiCommand | undefined): AnyHandler | undefined {
    return this.#model === undefined || known !== undefined ? this.#fallback : undefined;
  }

  /** Those that QEMU parses by hand take anything: their handlers are as free. */
  #checkArguments(request: Request, known: QapiCommand): void {
    if (known.definition.open === true) return;
    const fault = this.#checker.check(request.arguments, known.arguments);
    if (fault !== undefined) throw new CommandError('GenericError', fault);
  }
}

class Call implements CommandCall {
  readonly command: string;
  readonly isOutOfBand: boolean;
  readonly client: ServerClient;
  readonly #caller: Caller;

  constructor({ command, isOutOfBand }: Request, caller: Caller) {
    this.command = command;
    this.isOutOfBand = isOutOfBand;
    this.client = caller;
    this.#caller = caller;
  }

  get signal(): AbortSignal {
    return this.#caller.gone;
  }
}

function replyOf(value: unknown, isSilent: boolean): unknown {
  if (isSilent) return undefined;
  return value === undefined ? {} : value;
}

function isPromiseLike(result: unknown): result is PromiseLike<unknown> {
  return typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function';
}
