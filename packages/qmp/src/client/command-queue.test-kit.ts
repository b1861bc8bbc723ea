import { AsyncProtocol, type Runstate } from '@qmp/protocol';
import { type JsonObject, JsonStreamCodec } from '@qmp/protocol/codecs';
import { CommandQueue } from './command-queue.ts';
import { CommandRequest } from './command-request.ts';

/** A queue whose wire writes down what is sent. */
class Bench extends AsyncProtocol<JsonObject> {
  readonly sent: JsonObject[] = [];
  state: 'open' | 'closing' = 'open';
  congestion: Promise<void> | undefined;
  failure: Error | undefined;
  readonly queue: CommandQueue = new CommandQueue(this);

  constructor() {
    super(() => new JsonStreamCodec());
  }

  override get runstate(): Runstate {
    return this.state === 'open' ? 'running' : 'disconnecting';
  }

  get names(): unknown[] {
    return this.sent.map((message) => message['execute'] ?? message['exec-oob']);
  }

  protected override send(message: JsonObject): void | Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.sent.push({ ...message });
    return this.congestion;
  }

  protected override onMessage(): void {}

  submit(message: JsonObject, id: 'assigned' | 'own' = 'assigned'): CommandRequest {
    const request = new CommandRequest({ ...message }, { id, wants: 'reply' });
    this.queue.submit(request);
    return request;
  }

  execute(...names: string[]): CommandRequest[] {
    return names.map((name) => this.submit({ execute: name }));
  }
}

/** A queue on such a wire, with a limit where one is given. */
export function newBench(inBandLimit?: number): Bench {
  const bench = new Bench();
  if (inBandLimit !== undefined) bench.queue.limitInBand(inBandLimit);
  return bench;
}

/** The error that a request ends with, or its reply as text. */
export async function errorOf(request: CommandRequest): Promise<unknown> {
  return await request.result.then(
    (reply) => `a reply: ${JSON.stringify(reply)}`,
    (error: unknown) => error,
  );
}
