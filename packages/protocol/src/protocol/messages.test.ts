import { describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { StateError } from '../errors/connection-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, runningChat } from './chat.test-kit.ts';

describe('messages', () => {
  forbidUnhandledRejections();

  it('arrive in order, however the bytes are cut', async () => {
    for (const chunkBytes of [1, 2, 3, 7, 64]) {
      const { chat, far } = await runningChat(new Chat(), { chunkBytes: () => chunkBytes });
      const lines = Array.from({ length: 20 }, (_, index) => `line ${index} ü€😀`);
      void far.write(bytesOf(`${lines.join('\n')}\n`));
      await far.hangUp();
      await chat.closed;
      expect(chat.heard).toEqual(lines);
      await chat.disconnect().catch(() => 'the peer hung up');
    }
  });

  it('wait for the promise of the one before', async () => {
    const { chat, far } = await runningChat();
    const digested = new Deferred<void>();
    chat.onLine = () => digested.promise;
    void far.write(bytesOf('one\ntwo\n'));
    await microtasks();
    expect(chat.heard).toEqual(['one']);
    digested.resolve();
    await microtasks();
    expect(chat.heard).toEqual(['one', 'two']);
    await chat.disconnect();
  });

  it('that are not digested hold the peer back', async () => {
    const { chat, far } = await runningChat();
    const digested = new Deferred<void>();
    chat.onLine = () => digested.promise;
    const line = bytesOf(`${'x'.repeat(300_000)}\n`);
    void far.write(line);
    await microtasks();
    void far.write(line);
    await microtasks();
    const written = Promise.resolve(far.write(line));
    expect(await isPending(written)).toBe(true);
    digested.resolve();
    await written;
    await chat.disconnect();
  });

  it('go both ways at the same time', async () => {
    const { chat, far } = await runningChat(new Chat(), { chunkBytes: () => 5 });
    const arrived = readAll(far);
    for (let index = 0; index < 50; index += 1) {
      void chat.say(`out ${index}`);
      void far.write(bytesOf(`in ${index}\n`));
    }
    await far.hangUp();
    await chat.disconnect().catch(() => 'the peer was first');
    expect((await arrived).split('\n').slice(0, -1)).toEqual(chat.heard.map((line) => line.replace('in', 'out')));
    expect(chat.heard).toHaveLength(50);
  });
});

describe('send()', () => {
  forbidUnhandledRejections();

  it('needs a session', () => {
    const chat = new Chat({ name: 'vm0' });
    expect(() => chat.say('anybody?')).toThrow(StateError);
    expect(() => chat.say('anybody?')).toThrow('vm0 is idle (required: running)');
  });

  it('sends what was said in one tick with one write', async () => {
    const { chat, near } = await runningChat();
    const write = vi.spyOn(near, 'write');
    void chat.say('one');
    void chat.say('two');
    await microtasks();
    expect(write.mock.calls).toEqual([[bytesOf('one\ntwo\n')]]);
    await chat.disconnect();
  });

  it('that cannot encode a message throws, sends nothing, and leaves the session alive', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    expect(() => chat.say('two\nlines')).toThrow(TypeError);
    expect(chat.runstate).toBe('running');
    void chat.say('one line');
    await chat.disconnect();
    expect(await arrived).toBe('one line\n');
  });

  it('is a promise while the peer is slow, which resolves when it has caught up', async () => {
    const { chat, near, far } = await runningChat();
    const goOn = near.stall();
    expect(chat.say('short')).toBeUndefined();
    const slow = Promise.resolve(chat.say('x'.repeat(2_000_000)));
    expect(await isPending(slow)).toBe(true);
    const arrived = readAll(far);
    goOn();
    await slow;
    await chat.disconnect();
    expect(await arrived).toHaveLength(2_000_000 + 'short\n\n'.length);
  });
});

describe('hooks', () => {
  forbidUnhandledRejections();

  it('see and may replace each message', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    chat.filterIn = (line) => line.toUpperCase();
    chat.filterOut = (line) => `${line}!`;
    void far.write(bytesOf('hello\n'));
    void chat.say('hi');
    await microtasks();
    expect(chat.heard).toEqual(['HELLO']);
    await chat.disconnect();
    expect(await arrived).toBe('hi!\n');
  });

  it('onInbound that throws is reported, and the message stays as it was', async () => {
    const error = vi.fn<(message: string, details?: object) => void>();
    const { chat, far } = await runningChat(new Chat({ name: 'vm0', logger: { ...console, debug() {}, error } }));
    chat.filterIn = (line) => {
      if (line === 'bad') throw new Error('bug');
      return line;
    };
    void far.write(bytesOf('bad\ngood\n'));
    await microtasks();
    expect(chat.heard).toEqual(['bad', 'good']);
    expect(chat.runstate).toBe('running');
    expect(error.mock.calls).toEqual([['vm0: onInbound failed: bug', { error: new Error('bug') }]]);
    await chat.disconnect();
  });

  it('onOutbound that throws makes send() throw, and leaves the session alive', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    chat.filterOut = (line) => {
      if (line === 'bad') throw new Error('refused');
      return line;
    };
    expect(() => chat.say('bad')).toThrow('refused');
    void chat.say('good');
    await chat.disconnect();
    expect(await arrived).toBe('good\n');
  });

  it('onSessionEnd that throws is reported, and the session ends all the same', async () => {
    const error = vi.fn<(message: string, details?: object) => void>();
    const { chat } = await runningChat(new Chat({ name: 'vm0', logger: { ...console, debug() {}, error } }));
    chat.onEnd = () => {
      throw new Error('bug');
    };
    await chat.disconnect();
    expect(chat.runstate).toBe('idle');
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
    expect(error.mock.calls).toEqual([['vm0: onSessionEnd failed: bug', { error: new Error('bug') }]]);
  });

  it('onSessionEnd is called before anybody is told, when the transport is closed', async () => {
    const { chat, near } = await runningChat();
    const abort = vi.spyOn(near, 'abort');
    const seen: unknown[] = [];
    chat.onEnd = () => {
      seen.push([chat.runstate, abort.mock.calls.length]);
    };
    chat.abort();
    await chat.closed;
    expect(seen).toEqual([['disconnecting', 1]]);
  });
});
