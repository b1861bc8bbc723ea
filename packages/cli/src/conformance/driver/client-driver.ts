import { type JsonObject, type JsonValue, parseJson, stringifyJson } from '@qmp/protocol/codecs';

import { Deadline } from '../deadline.ts';
import { Mailbox } from '../mailbox.ts';
import { Violation } from '../verdict.ts';
import type { AdapterLink } from './adapter-link.ts';
import type { Outcome } from './outcome.ts';
import { Task } from './task.ts';

/** How long an adapter has until it says the name of its client. */
const START_TIMEOUT_MS = 60_000;

/** How a command is to be executed. */
interface ExecuteWish {
  /** JSON, which a rule may write in its own way. */
  readonly arguments?: string;
  /** Out-of-band. */
  readonly oob?: boolean;
  readonly timeoutMs?: number;
}

/** Has the client that is tested do things, by way of its adapter. */
export class ClientDriver {
  readonly #link: AdapterLink;
  readonly #settlers = new Map<string, (outcome: Outcome) => void>();
  readonly #events = new Mailbox<JsonObject>();
  readonly #introduction = new Mailbox<string>();
  #tasks = 0;
  #gone: string | undefined;
  #deadline = new Deadline(START_TIMEOUT_MS);

  constructor(link: AdapterLink) {
    this.#link = link;
    void this.#listen();
  }

  /**
   * The name that the adapter gives its client, with which it has to begin.
   *
   * @throws Error when it does not.
   */
  async introduction(): Promise<string> {
    const name = this.#deadline.wait(
      'the name of the client ({"client": NAME} from its adapter)',
      this.#introduction.take(),
    );
    return await name.finally(() => this.#deadline.close());
  }

  /** From now on everything has to happen before that. */
  set deadline(deadline: Deadline) {
    this.#deadline = deadline;
  }

  connect(wish: { readonly timeoutMs?: number } = {}): Task {
    return this.#do('connect', { ...wish }, 'connect');
  }

  execute(command: string, wish: ExecuteWish = {}): Task {
    const { arguments: args, ...rest } = wish;
    return this.#do('execute', { command, ...rest }, command, args);
  }

  disconnect(): Task {
    return this.#do('disconnect', {}, 'disconnect');
  }

  /** The next event that the client has told of. */
  event(): Promise<JsonObject> {
    return this.#deadline.wait('an event', this.#events.take());
  }

  /** The next event with that name; those before it are skipped. */
  async eventNamed(name: string): Promise<JsonObject> {
    const find = async (): Promise<JsonObject> => {
      for (;;) {
        const event = await this.#events.take();
        if (event['event'] === name) return event;
      }
    };
    return await this.#deadline.wait(`the event ${name}`, find());
  }

  #do(action: string, members: JsonObject, what: string, args?: string): Task {
    this.#tasks += 1;
    const as = `task-${this.#tasks}`;
    const wish = stringifyJson({ do: action, as, ...members });
    const line = args === undefined ? wish : `${wish.slice(0, -1)},"arguments":${args}}`;
    const outcome = new Promise<Outcome>((resolve) => {
      this.#settlers.set(as, resolve);
      if (this.#gone === undefined) this.#link.send(line);
      else resolve({ kind: 'gone', why: this.#gone });
    });
    return new Task(what, outcome, this.#deadline);
  }

  async #listen(): Promise<void> {
    let why = "the client's adapter has ended";
    try {
      for await (const line of this.#link.lines) {
        if (line.trim() !== '') this.#take(line);
      }
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    this.#gone = why;
    this.#events.close(new Violation(why));
    this.#introduction.close(new Error(why));
    for (const settle of this.#settlers.values()) settle({ kind: 'gone', why });
  }

  #take(line: string): void {
    const said = this.#read(line);
    const { client, event, done, failed, unsupported } = said;
    if (typeof client === 'string') this.#introduction.put(client);
    else if (isObject(event)) this.#events.put(event);
    else if (typeof done === 'string') this.#settle(done, { kind: 'done', value: said['return'] });
    else if (typeof failed === 'string') this.#settle(failed, failureIn(said));
    else if (typeof unsupported === 'string') {
      this.#settle(unsupported, { kind: 'unsupported', why: textOf(said['message'], 'the client cannot do it') });
    } else
      throw new Error(`the adapter said ${line.slice(0, 200)}; expected client, event, done, failed or unsupported`);
  }

  #read(line: string): JsonObject {
    let said: JsonValue | undefined;
    try {
      said = parseJson(line);
    } catch {
      said = undefined;
    }
    if (isObject(said)) return said;
    throw new Error(`the adapter said ${JSON.stringify(line.slice(0, 200))}; expected an object in JSON`);
  }

  #settle(as: string, outcome: Outcome): void {
    const settle = this.#settlers.get(as);
    if (settle === undefined) throw new Error(`the adapter answers ${JSON.stringify(as)}, which it was not told to do`);
    this.#settlers.delete(as);
    settle(outcome);
  }
}

function failureIn(said: JsonObject): Outcome {
  const error = said['error'];
  return {
    kind: 'failed',
    message: textOf(said['message'], 'no reason given'),
    error: isObject(error) ? error : undefined,
  };
}

function textOf(value: JsonValue | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
