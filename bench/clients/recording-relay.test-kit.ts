import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A socket on the way to a peer. */
export interface RecordingRelay {
  readonly path: string;
  /** Takes what clients have sent since the last time. */
  take(): string;
}

/** Passes everything on and keeps what clients send; with `offersOob` the greeting is made to offer it. */
export async function recordingRelay(peerPath: string, offersOob: boolean): Promise<RecordingRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'recording-relay-'));
  const path = join(folder, 'socket');
  let recorded = '';
  const server = createServer((client) => {
    const peer = connect(peerPath);
    client.on('data', (chunk) => {
      recorded += chunk.toString();
      peer.write(chunk);
    });
    peer.once('data', (greeting) => {
      const text = greeting.toString();
      client.write(offersOob ? text.replace('"capabilities": []', '"capabilities": ["oob"]') : text);
      peer.on('data', (chunk) => void client.write(chunk));
    });
    client.once('close', () => peer.destroy());
    peer.once('close', () => client.destroy());
  });
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return {
    path,
    take() {
      const text = recorded;
      recorded = '';
      return text;
    },
  };
}
