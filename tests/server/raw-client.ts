import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A client without any idea of QMP: it writes bytes, and reads lines. */
export class RawClient {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#lines = linesOf(socket);
  }

  /** Dials until somebody answers. */
  static async connect(path: string): Promise<RawClient> {
    for (;;) {
      const socket = connect(path);
      const isConnected = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      });
      if (isConnected) return new RawClient(socket);
      await wait(10);
    }
  }

  write(bytes: Uint8Array | string): void {
    this.#socket.write(bytes);
  }

  /** The next line, without its end; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  /** All lines before the first that contains the text. */
  async linesBefore(text: string): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.line(); line !== undefined; line = await this.line()) {
      if (line.includes(text)) return lines;
      lines.push(line);
    }
    throw new Error(`The server hung up before ${text}; it said ${JSON.stringify(lines)}`);
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of socket) {
    rest += (chunk as Buffer).toString('latin1');
    const lines = rest.split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  return undefined;
}
