import type { JsonObject } from '@qmp/protocol/codecs';
import { CommandQueue } from './command-queue.ts';
import { CommandRequest } from './command-request.ts';

/** A queue whose wire writes down what is sent. */
class Bench {
  readonly sent: JsonObject[] = [];
  state: 'open' | 'closing' = 'open';
  congestion: Promise<void> | undefined;
  failure: Error | undefined;
  readonly queue = new CommandQueue<Bench>(this, {
    send: (bench, request) => {
      if (bench.failure !== undefined) throw bench.failure;
      bench.sent.push({ ...request.message });
      return bench.congestion;
    },
    isOpen: (bench) => bench.state === 'open',
  });

  get names(): unknown[] {
    return this.sent.map((message) => message['execute'] ?? message['exec-oob']);
  }

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
