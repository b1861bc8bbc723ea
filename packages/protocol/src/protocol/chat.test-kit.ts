import type { Codec } from '../codecs/codec.ts';
import type { Runstate } from '../runstate/runstate.ts';
import { ChatCodec } from '../session/chat-codec.test-kit.ts';
import { type MemoryTransport, transportPair, type TransportPairOptions } from '../testing/transport-pair.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { AsyncProtocol } from './async-protocol.ts';
import type { ProtocolOptions, SessionEnd } from './options.ts';

type Handshake = (join: () => Promise<void>) => Promise<void>;

/** How a {@link Chat} behaves where a test wants it otherwise. */
export interface ChatOptions extends ProtocolOptions {
  readonly createCodec?: () => Codec<string, string>;
}

/** The smallest protocol there is: it collects the lines that it hears. A test replaces what it wants otherwise. */
export class Chat extends AsyncProtocol<string> {
  readonly heard: string[] = [];
  readonly ends: SessionEnd[] = [];
  /** Gets the base's `establishSession`. */
  handshake: Handshake = (join) => join();
  onLine: (line: string) => void | Promise<void> = () => {};
  filterIn: (line: string) => string = (line) => line;
  filterOut: (line: string) => string = (line) => line;
  expectsEnd: (loss: Error) => boolean = (loss) => super.isExpectedEnd(loss);
  onEnd: (end: SessionEnd) => void = (end) => super.onSessionEnd(end);

  constructor(options: ChatOptions = {}) {
    super(options.createCodec ?? (() => new ChatCodec()), options);
  }

  say(line: string): void | Promise<void> {
    return this.send(line);
  }

  hear(waitingFor?: string): Promise<string> {
    return this.receive(waitingFor);
  }

  note(text: string): void {
    this.log.info(() => text);
  }

  protected override establishSession(): Promise<void> {
    return this.handshake(() => super.establishSession());
  }

  protected override onMessage(line: string): void | Promise<void> {
    this.heard.push(line);
    return this.onLine(line);
  }

  protected override onInbound(line: string): string {
    return this.filterIn(super.onInbound(line));
  }

  protected override onOutbound(line: string): string {
    return this.filterOut(super.onOutbound(line));
  }

  protected override isExpectedEnd(loss: Error): boolean {
    return this.expectsEnd(loss);
  }

  protected override onSessionEnd(end: SessionEnd): void {
    this.ends.push(end);
    this.onEnd(end);
  }
}

/** A chat whose peer says its name first, and is greeted by it. */
export function politeChat(): Chat {
  const chat = new Chat({ name: 'vm0' });
  chat.handshake = async (join) => {
    const peer = await chat.hear('the name of the peer');
    await chat.say(`hello ${peer}`);
    await join();
  };
  return chat;
}

/** A running chat, its end of the wire and the far end. */
export interface RunningChat {
  readonly chat: Chat;
  readonly near: MemoryTransport;
  readonly far: MemoryTransport;
}

/** Connects a chat to the near end of a new wire. */
export async function runningChat(
  chat: Chat = new Chat(),
  pairOptions: TransportPairOptions = {},
): Promise<RunningChat> {
  const [near, far] = transportPair(pairOptions);
  await chat.connect(near);
  return { chat, near, far };
}

/** All that a watcher has been told; it watches no longer. */
export async function toldTo(watcher: AsyncIterableIterator<Runstate, undefined>): Promise<Runstate[]> {
  const told: Runstate[] = [];
  const reading = (async () => {
    for await (const state of watcher) told.push(state);
  })();
  await microtasks();
  await watcher.return?.();
  await reading;
  return told;
}
