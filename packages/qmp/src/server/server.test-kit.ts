import type { JsonObject } from '@qmp/protocol/codecs';
import { BoundedStream } from '@qmp/protocol/stream';
import { type MemoryTransport, transportPair, type TransportPairOptions } from '@qmp/protocol/testing';
import { onTestFinished } from 'vitest';

import type { AnySchema } from '../schema/qapi-schema.ts';
import type { QmpServerOptions } from './options.ts';
import { QmpServer } from './qmp-server.ts';
import type { ServerClient } from './server-client.ts';

/** A server that is closed after the test. */
export function newServer(options?: QmpServerOptions<AnySchema>): QmpServer<AnySchema> {
  const server = new QmpServer<AnySchema>(options);
  onTestFinished(() => server.close({ graceMs: 0 }));
  return server;
}

/** A client without any idea of QMP, on a link in memory: it sends text, and reads lines. */
export class LineClient {
  /** The client's end of the link, for its faults. */
  readonly link: MemoryTransport;
  /** What the server knows of it. */
  readonly client: ServerClient;
  readonly #lines = new BoundedStream<string>({ limit: Infinity });

  constructor(server: QmpServer<AnySchema>, options?: TransportPairOptions) {
    const [near, far] = transportPair(options);
    this.link = near;
    this.client = server.serve(far);
    this.#read().catch(() => this.#lines.end());
  }

  /** One that has read the greeting, and negotiated. */
  static async negotiated(
    server: QmpServer<AnySchema>,
    enable: readonly string[] = [],
    options?: TransportPairOptions,
  ): Promise<LineClient> {
    const client = new LineClient(server, options);
    await client.line();
    client.send(`{"execute":"qmp_capabilities","arguments":${JSON.stringify({ enable })}}`);
    await client.line();
    return client;
  }

  /** Sends text, one character a byte. */
  send(text: string): void {
    void this.link.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  /** The next line; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  /** The next line, read as JSON. */
  async message(): Promise<JsonObject> {
    return JSON.parse((await this.line()) ?? 'null') as JsonObject;
  }

  /** The next so many lines. */
  async lines(count: number): Promise<(string | undefined)[]> {
    const lines: (string | undefined)[] = [];
    while (lines.length < count) lines.push(await this.line());
    return lines;
  }

  /** What came and was not read yet, once all that is under way has arrived. */
  async unreadLines(): Promise<string[]> {
    await everythingDelivered();
    const lines: string[] = [];
    while (this.#lines.unread > 0) lines.push(String(await this.line()));
    return lines;
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of this.link.readable) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#lines.push(line);
    }
    this.#lines.end();
  }
}

/** Until all that is under way in memory has happened. */
export function everythingDelivered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
