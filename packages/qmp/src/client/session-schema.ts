import { type CallOptions, Deadline, ignore } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import {
  type QapiModel,
  readIntrospection,
  SchemaError,
  validate,
  validateEvent,
  validateReturn,
  type ValidationIssue,
} from '@qmp/qapi';
import type { BadReplyError } from '../errors/command-errors.ts';
import type { replyFault } from '../errors/reply-fault.ts';
import type { ValidationError } from '../errors/validation-error.ts';
import type { NamedCommand } from './handshake.ts';
import type { ValidateOptions } from './options.ts';

const QUERY = 'query-qmp-schema';

/** How many an error's message tells; all of them are among its facts. */
const SHOWN_ISSUES = 3;

/** How it fails. */
interface SchemaErrors {
  readonly BadReplyError: typeof BadReplyError;
  readonly replyFault: typeof replyFault;
  readonly ValidationError: typeof ValidationError;
}

/**
 * What a client knows of the schema in one session, and what it checks with it. It brings all of `@qmp/qapi`, so it is
 * loaded by those only who ask for it.
 */
export class SessionSchema {
  readonly #errors: SchemaErrors;
  readonly #validate: ValidateOptions | undefined;
  /** What is checked with. */
  #model: QapiModel | undefined;
  /** What the server says of itself, once somebody has asked. */
  #live: Promise<QapiModel> | undefined;

  /** @param checks what is checked; nothing, if left out. */
  constructor(checks: ValidateOptions | boolean | undefined, errors: SchemaErrors) {
    this.#errors = errors;
    this.#validate = checks === true ? {} : checks === false ? undefined : checks;
    this.#model = this.#validate?.model;
  }

  /**
   * Asks for what is needed to check, while the session is being established.
   *
   * @param id that nobody uses.
   * @param exchange sends a command and gives the reply.
   */
  async prepare(id: number, exchange: (command: NamedCommand) => Promise<JsonObject>): Promise<void> {
    if (this.#validate === undefined || this.#model !== undefined) return;
    const sent = { execute: QUERY, id };
    const received = await exchange(sent);
    const { return: value } = received;
    if (value === undefined) throw this.#errors.replyFault(QUERY, sent, received);
    this.#model = this.#read(value);
    this.#live = Promise.resolve(this.#model);
  }

  /**
   * What the server says of itself; it is asked once.
   *
   * @param execute a command without arguments.
   */
  live(execute: (command: string) => Promise<JsonValue>, patience: CallOptions): Promise<QapiModel> {
    this.#live ??= this.#ask(execute);
    return withPatience(this.#live, patience);
  }

  /** @throws ValidationError */
  checkArguments(command: string, args: JsonObject | undefined): void {
    if (this.#model === undefined) return;
    this.#report(command, 'arguments', validate(this.#model, command, args));
  }

  /** The same result, if it is as the schema says. */
  checkReturn(command: string, result: Promise<JsonValue>): Promise<JsonValue> {
    const model = this.#model;
    if (model === undefined || this.#validate?.replies !== true) return result;
    const checked = result.then((value) => {
      this.#report(command, 'return', validateReturn(model, command, value));
      return value;
    });
    checked.catch(ignore);
    return checked;
  }

  /** @throws ValidationError */
  checkEvent({ event, data }: { readonly event: string; readonly data?: JsonValue | undefined }): void {
    if (this.#model === undefined || this.#validate?.replies !== true) return;
    this.#report(event, 'data', validateEvent(this.#model, event, data));
  }

  async #ask(execute: (command: string) => Promise<JsonValue>): Promise<QapiModel> {
    try {
      return this.#read(await execute(QUERY));
    } catch (error) {
      // The next who asks may be luckier.
      this.#live = undefined;
      throw error;
    }
  }

  #read(value: JsonValue): QapiModel {
    try {
      return readIntrospection(value);
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      const exchange = { sent: { execute: QUERY }, received: { return: value } };
      throw new this.#errors.BadReplyError(QUERY, error.message, exchange);
    }
  }

  #report(subject: string, part: ValidationError['part'], issues: readonly ValidationIssue[]): void {
    if (issues.length === 0) return;
    const shown = issues.slice(0, SHOWN_ISSUES).map(({ message }) => message);
    if (issues.length > SHOWN_ISSUES) shown.push(`and ${issues.length - SHOWN_ISSUES} more`);
    const message = `${subject}: ${part}: ${shown.join('; ')}`;
    throw new this.#errors.ValidationError(message, { subject, part, issues });
  }
}

/** The result for one of several who wait for it, as long as this one does. */
async function withPatience<T>(result: Promise<T>, patience: CallOptions): Promise<T> {
  let deadline: Deadline | undefined;
  try {
    const end = new Promise<never>((_, reject) => {
      deadline = new Deadline(patience, () => `the reply to ${QUERY}`, reject);
    });
    return await Promise.race([result, end]);
  } finally {
    deadline?.dispose();
  }
}
