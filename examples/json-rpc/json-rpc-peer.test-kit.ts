import { type MemoryTransport, transportPair } from '@qmp/protocol/testing';
import { onTestFinished } from 'vitest';
import { ContentLengthCodec } from './content-length-codec.ts';
import { JsonRpcPeer } from './json-rpc-peer.ts';

/** Two peers that talk to each other in memory, in chunks of three bytes. */
export async function connectedPeers(): Promise<readonly [JsonRpcPeer, JsonRpcPeer]> {
  const [near, far] = transportPair({ chunkBytes: () => 3 });
  const left = new JsonRpcPeer({ name: 'left' });
  const right = new JsonRpcPeer({ name: 'right' });
  await Promise.all([left.connect(near), right.connect(far)]);
  onTestFinished(() => {
    left.abort();
    right.abort();
  });
  return [left, right];
}

/** A peer's other end, which says what a test wants it to say, right or wrong. */
export class ScriptedPeer {
  readonly transport: MemoryTransport;
  readonly #codec = new ContentLengthCodec();
  readonly #texts: AsyncGenerator<string, void>;

  constructor(transport: MemoryTransport) {
    this.transport = transport;
    this.#texts = this.#read();
  }

  say(text: string): void {
    void this.transport.write(this.#codec.encode(text));
  }

  /** The next message that the peer sends, parsed. */
  async hear(): Promise<unknown> {
    const { value } = await this.#texts.next();
    if (value === undefined) throw new Error('The peer said nothing more');
    return JSON.parse(value) as unknown;
  }

  async *#read(): AsyncGenerator<string, void> {
    for await (const chunk of this.transport.readable) yield* this.#codec.decode(chunk);
  }
}

/** A running peer, and the scripted one at the other end of its wire. */
export async function scriptedPeer(): Promise<{ readonly peer: JsonRpcPeer; readonly script: ScriptedPeer }> {
  const [near, far] = transportPair();
  const peer = new JsonRpcPeer();
  await peer.connect(near);
  onTestFinished(() => peer.abort());
  return { peer, script: new ScriptedPeer(far) };
}
