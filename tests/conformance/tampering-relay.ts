import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../qemu/test-process.ts';

/** What a relay makes of what passes. It is made anew for each relay, and may remember things. */
export interface Tampering {
  /** Of one piece that the client has sent. */
  readonly fromClient?: (text: string) => string;
  /** Of one line that the server has sent, with its end; `connection` counts from 1. */
  readonly fromServer?: (line: string, connection: number) => string;
}

/** A relay in front of a server, which makes it a worse one; gives its path. */
export async function startRelay(path: string, { fromClient = same, fromServer = same }: Tampering): Promise<string> {
  const folder = temporaryFolder();
  const relayPath = join(folder, 'relay');
  const sockets = new Set<Socket>();
  let connections = 0;
  const relay = createServer((client) => {
    connections += 1;
    const connection = connections;
    const server = connect(path);
    let unfinished = '';
    client.on('data', (chunk) => server.write(fromClient(chunk.toString('latin1')), 'latin1'));
    server.on('data', (chunk) => {
      const lines = (unfinished + chunk.toString('latin1')).split(/(?<=\n)/);
      unfinished = lines.at(-1)?.endsWith('\n') === true ? '' : (lines.pop() ?? '');
      for (const line of lines) client.write(fromServer(line, connection), 'latin1');
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('close', () => other.destroy());
      socket.on('error', () => other.destroy());
    }
  });
  relay.listen(relayPath);
  await once(relay, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  return relayPath;
}

function same(text: string): string {
  return text;
}
