import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ChatRoom } from './chat-room.ts';
import { Chat } from './chat.ts';

/** A path for a socket, gone at the end of the test. */
function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'socket');
}

/** A chat that has come in, and all that it has heard. */
async function guestAt(path: string) {
  const heard: string[] = [];
  const chat = new Chat((line) => heard.push(line));
  onTestFinished(() => chat.abort());
  await chat.connect(path);
  return { chat, heard };
}

describe('a chat of two', () => {
  it('carries lines both ways over a real socket', async () => {
    const path = socketPath();
    const heard: string[] = [];
    const host: Chat = new Chat((line) => void host.say(`you said: ${line}`));
    await host.startServer(path);
    const accepted = host.accept();
    const guest = new Chat((line) => heard.push(line));
    await Promise.all([accepted, guest.connect(path)]);
    await guest.say('hello');
    await guest.say('☃');
    await expect.poll(() => heard).toEqual(['you said: hello', 'you said: ☃']);
    await guest.disconnect();
    await expect(host.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
    await expect(host.disconnect()).rejects.toThrow('the peer closed the connection');
    expect(host.runstate).toBe('idle');
  });
});

describe('a chat room', () => {
  it('passes what one says on to all the others, and sends them home when it closes', async () => {
    const path = socketPath();
    const room = await ChatRoom.open(path);
    const [ann, bob, eve] = await Promise.all([guestAt(path), guestAt(path), guestAt(path)]);
    await expect.poll(() => room.guests).toBe(3);
    await ann.chat.say('hello');
    await expect.poll(() => [ann.heard, bob.heard, eve.heard]).toEqual([[], ['hello'], ['hello']]);
    await bob.chat.disconnect();
    await expect.poll(() => room.guests).toBe(2);
    await eve.chat.say('bye');
    await expect.poll(() => ann.heard).toEqual(['bye']);
    await room.close();
    await expect(ann.chat.closed).resolves.toMatchObject({ error: { name: 'EndOfStreamError' } });
    await expect(guestAt(path)).rejects.toMatchObject({ name: 'ConnectError' });
  });

  it('parts with a guest who does not listen, so that nothing piles up', async () => {
    const path = socketPath();
    const room = await ChatRoom.open(path);
    onTestFinished(() => room.close());
    const speaker = await guestAt(path);
    const unheard = new Promise<never>(() => {});
    const deaf = new Chat(() => {});
    vi.spyOn(deaf as unknown as { onMessage(): Promise<never> }, 'onMessage').mockReturnValue(unheard);
    onTestFinished(() => deaf.abort());
    await deaf.connect(path);
    await expect.poll(() => room.guests).toBe(2);
    const line = 'x'.repeat(1_000_000);
    while (room.guests === 2) await speaker.chat.say(line);
    expect(speaker.chat.runstate).toBe('running');
  });
});
