import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { temporaryFolder } from '../qemu/test-process.ts';

export const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 3, "minor": 1, "major": 11}, "package": "scripted"}, "capabilities": []}}\r\n';

/** A command as a peer gets it. */
interface Request {
  readonly execute: string;
  /** As it stood on the wire. */
  readonly text: string;
  readonly socket: Socket;
}

/** What a scripted QMP server does. */
export interface QmpScript {
  /** Called once the session stands. */
  readonly onReady?: (socket: Socket) => void;
  /** The reply to a command; `$ID` in it stands for the command's id. Nothing is sent where it gives none. */
  readonly answer?: (request: Request) => string | undefined;
}

/** A server at a UNIX socket that does as it is told with whoever connects; gives the socket's path. */
export async function startPeer(onConnection: (socket: Socket) => void): Promise<string> {
  const path = join(temporaryFolder(), 'peer.sock');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return path;
}

/** A server that greets, takes the negotiation, and then follows its script. */
export async function startQmpPeer(script: QmpScript): Promise<string> {
  return await startPeer((socket) => {
    socket.write(GREETING);
    // The client waits for each reply before it goes on: what arrives is one whole request.
    socket.on('data', (data) => {
      const text = data.toString();
      const { execute, id } = JSON.parse(text) as { readonly execute: string; readonly id: number };
      const isNegotiation = execute === 'qmp_capabilities';
      const reply = isNegotiation ? '{"return": {}, "id": $ID}\r\n' : script.answer?.({ execute, text, socket });
      if (reply !== undefined) socket.write(reply.replaceAll('$ID', String(id)));
      if (isNegotiation) script.onReady?.(socket);
    });
  });
}
