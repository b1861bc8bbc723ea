import { nodeConnector } from '@qmp/node';
import { AsyncProtocol } from '@qmp/protocol';
import { LineCodec } from '@qmp/protocol/codecs';

/** One end of a chat: lines of text both ways. The side that listens and the side that dials are alike. */
export class Chat extends AsyncProtocol<string> {
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    super(() => new LineCodec(), { name: 'chat', connector: nodeConnector });
    this.#onLine = onLine;
  }

  /** Says one line. A promise means that the other side reads slowly: it settles when that one has caught up. */
  say(line: string): void | Promise<void> {
    return this.send(line);
  }

  protected override onMessage(line: string): void {
    this.#onLine(line);
  }
}
