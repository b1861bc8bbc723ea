import { describe, expect, it } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { StateError } from '../errors/connection-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, politeChat, runningChat } from './chat.test-kit.ts';

describe('establishing a session', () => {
  forbidUnhandledRejections();

  it('takes messages one by one before it is running, and hands the others on', async () => {
    const chat = politeChat();
    const [near, far] = transportPair({ chunkBytes: () => 3 });
    void far.write(bytesOf('peer\nfirst\nsecond\n'));
    const reader = far.readable[Symbol.asyncIterator]();
    await chat.connect(near);
    expect(await reader.next()).toMatchObject({ value: bytesOf('hel') });
    await microtasks();
    expect(chat.heard).toEqual(['first', 'second']);
    await chat.disconnect();
  });

  it('is connecting before super, and running after it', async () => {
    const chat = new Chat();
    const states: string[] = [];
    chat.handshake = async (join) => {
      states.push(chat.runstate);
      await join();
      states.push(chat.runstate);
    };
    await runningChat(chat);
    expect(states).toEqual(['connecting', 'running']);
    await chat.disconnect();
  });

  it('gets messages while the part after super goes on, so that it can wait for replies', async () => {
    const chat = new Chat();
    const reply = new Deferred<string>();
    chat.onLine = (line) => reply.resolve(line);
    let answer = '';
    chat.handshake = async (join) => {
      await join();
      await chat.say('who are you?');
      answer = await reply.promise;
    };
    const [near, far] = transportPair();
    const connected = chat.connect(near);
    await microtasks();
    void far.write(bytesOf('your peer\n'));
    await connected;
    expect(answer).toBe('your peer');
    await chat.disconnect();
  });

  it('passes what it receives and sends through the hooks', async () => {
    const chat = politeChat();
    chat.filterIn = (line) => line.toUpperCase();
    chat.filterOut = (line) => `${line}!`;
    const [near, far] = transportPair();
    void far.write(bytesOf('peer\n'));
    await chat.connect(near);
    const arrived = readAll(far);
    await chat.disconnect();
    expect(await arrived).toBe('hello PEER!\n');
  });

  it('may be told to disconnect by the one who shakes hands', async () => {
    const chat = new Chat();
    chat.handshake = async () => {
      await chat.hear();
      await chat.disconnect();
    };
    const [near, far] = transportPair();
    void far.write(bytesOf('go away\n'));
    expect(await rejectionOf(chat.connect(near))).toMatchObject({ cause: { code: 'DISCONNECTED' } });
    expect(chat.runstate).toBe('idle');
  });

  it('lets nobody receive, or call super, outside of it', async () => {
    const { chat } = await runningChat(new Chat({ name: 'vm0' }));
    let joinAgain = (): Promise<void> => Promise.resolve();
    await chat.disconnect();
    chat.handshake = (join) => {
      joinAgain = join;
      return join();
    };
    await runningChat(chat);
    expect(await rejectionOf(chat.hear())).toEqual(
      new StateError(
        'vm0 is running (required: connecting): receive() is for establishSession()',
        { state: 'running', required: ['connecting'] },
      ),
    );
    expect(await rejectionOf(joinAgain())).toMatchObject({ name: 'StateError', state: 'running' });
    await chat.disconnect();
    await expect(chat.hear()).rejects.toBeInstanceOf(StateError);
  });
});
