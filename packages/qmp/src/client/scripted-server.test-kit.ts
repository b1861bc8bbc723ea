import { BoundedStream } from '@qmp/protocol/stream';
import { type JsonObject, JsonStreamCodec, type JsonValue } from '@qmp/protocol/codecs';
import { type MemoryTransport, transportPair, type TransportPairOptions } from '@qmp/protocol/testing';
import { onTestFinished } from 'vitest';
import type { AnySchema } from '../schema/qapi-schema.ts';
import type { QmpClientOptions } from './options.ts';
import { QmpClient } from './qmp-client.ts';

/** A greeting as QEMU's. */
export function greetingWith(...capabilities: string[]): JsonObject {
  return { QMP: { version: { qemu: { major: 11, minor: 1, micro: 3 }, package: 'scripted' }, capabilities } };
}

/** An event as QEMU's. */
export function eventOf(event: string, data?: JsonObject): JsonObject {
  return { timestamp: { seconds: 1_700_000_000, microseconds: 250 }, event, data };
}

/** The other end of a client: it reads at once, keeps what it read, and says only what the test tells it to. */
export class ScriptedServer {
  /** What the client connects to. */
  readonly transport: MemoryTransport;
  /** This end of the link, for its faults. */
  readonly link: MemoryTransport;
  /** All bytes that the client has sent, as text. */
  received = '';
  /** What the client has sent and {@link request} has not taken yet. */
  readonly requests: BoundedStream<JsonObject> = new BoundedStream({ limit: Infinity });
  readonly #codec = new JsonStreamCodec();

  constructor(options?: TransportPairOptions) {
    [this.transport, this.link] = transportPair(options);
    this.#read().catch(() => this.requests.end());
  }

  /** The next message of the client. */
  async request(): Promise<JsonObject> {
    const next = await this.requests.next();
    if (next.done === true) throw new Error('The client has closed its end');
    return next.value;
  }

  /** Sends messages in one chunk, each as a line. */
  send(...messages: readonly JsonObject[]): void {
    this.write(messages.map((message) => `${this.#codec.encode(message)}\r\n`).join(''));
  }

  write(data: string | Uint8Array): void {
    void this.link.write(typeof data === 'string' ? new TextEncoder().encode(data) : data);
  }

  /** Answers the next message, which must have an id, with a value. */
  async answer(value: JsonValue = {}): Promise<JsonObject> {
    const request = await this.request();
    this.send({ return: value, id: request['id'] });
    return request;
  }

  /** Answers the next message with an error. */
  async refuse(errorClass: string, desc: string): Promise<JsonObject> {
    const request = await this.request();
    this.send({ error: { class: errorClass, desc }, id: request['id'] });
    return request;
  }

  /** Connects the client: greeting, negotiation, running. */
  async welcome(client: QmpClient<AnySchema>, ...capabilities: string[]): Promise<void> {
    const connecting = client.connect(this.transport);
    this.send(greetingWith(...capabilities));
    await this.answer();
    await connecting;
    this.received = '';
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.link.readable) {
      this.received += decoder.decode(chunk, { stream: true });
      for (const message of this.#codec.decode(chunk)) this.requests.push(message);
    }
    this.requests.end();
  }
}

/** A client, aborted after the test. */
export function newClient(options?: QmpClientOptions): QmpClient<AnySchema> {
  const client = new QmpClient<AnySchema>(options);
  onTestFinished(() => client.abort());
  return client;
}

/** A client that is running, and its server. */
export async function converse(
  options?: QmpClientOptions,
  ...capabilities: string[]
): Promise<{ client: QmpClient<AnySchema>; server: ScriptedServer }> {
  const client = newClient(options);
  const server = new ScriptedServer();
  await server.welcome(client, ...capabilities);
  return { client, server };
}

/** What a promise rejects with, which must be an error of this class. */
export async function rejectionOf<E extends Error>(
  promise: Promise<unknown>,
  errorClass: abstract new (...parameters: never[]) => E,
): Promise<E> {
  const outcome: unknown = await promise.then(
    (value) => new Error(`It resolved with ${String(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof errorClass) return outcome;
  throw new Error(`Expected a rejection with ${errorClass.name}`, { cause: outcome });
}

/** Until all that is under way in memory has happened. */
export function everythingDelivered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
