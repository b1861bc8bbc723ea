import { type MemoryTransport, transportPair } from '@qmp/protocol/testing';
import { onTestFinished } from 'vitest';
import { GdbClient, type GdbClientOptions } from './gdb-client.ts';
import { checksumOf } from './payload.ts';

/** The bytes of a text in which each character stands for one. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A packet as it stands on the wire, its payload taken as it is. */
export function packet(payload: string): string {
  return `$${payload}#${checksumOf(bytesOf(payload))}`;
}

/** The other end of the wire: it says and expects raw bytes, faults included. */
export class ScriptedStub {
  readonly transport: MemoryTransport;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #heard = '';

  constructor(transport: MemoryTransport) {
    this.transport = transport;
    this.#chunks = transport.readable[Symbol.asyncIterator]();
  }

  say(text: string): void {
    void this.transport.write(bytesOf(text));
  }

  /** Waits until these bytes have come, and throws when others come. */
  async expects(text: string): Promise<void> {
    while (this.#heard.length < text.length) {
      const { value } = (await this.#chunks.next()) as IteratorResult<Uint8Array, undefined>;
      if (value === undefined) throw new Error(`Expected '${text}', then came the end behind '${this.#heard}'`);
      this.#heard += String.fromCharCode(...value);
    }
    if (!this.#heard.startsWith(text)) throw new Error(`Expected '${text}', found '${this.#heard}'`);
    this.#heard = this.#heard.slice(text.length);
  }

  /** Expects a command, and answers it. */
  async answers(command: string, reply: string): Promise<void> {
    await this.expects(packet(command));
    this.say(`+${packet(reply)}`);
    await this.expects('+');
  }
}

/** A client on its way to a stub whose features are these, and the stub. */
export async function connectedClient(
  features = 'PacketSize=200;qXfer:features:read+',
  options: GdbClientOptions = {},
): Promise<{ readonly client: GdbClient; readonly stub: ScriptedStub }> {
  const [near, far] = transportPair();
  const client = new GdbClient(options);
  onTestFinished(() => client.abort());
  const stub = new ScriptedStub(far);
  const connected = client.connect(near);
  await stub.answers('qSupported:qXfer:features:read+', features);
  if (features.includes('QStartNoAckMode+')) await stub.answers('QStartNoAckMode', 'OK');
  await connected;
  return { client, stub };
}
