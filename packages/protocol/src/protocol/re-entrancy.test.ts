import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { StateError } from '../errors/connection-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';

const FLOOD = bytesOf(`${'x'.repeat(300_000)}\n`);

describe('a callback', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('may await disconnect() from inside onMessage', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    chat.onLine = async () => {
      void chat.say('goodbye');
      await chat.disconnect();
    };
    void far.write(bytesOf('go\nnever heard\n'));
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
    expect(chat.heard).toEqual(['go']);
    expect(await arrived).toBe('goodbye\n');
    expect(chat.runstate).toBe('idle');
  });

  it('may do so while the peer floods it, and needs no grace', async () => {
    vi.useFakeTimers();
    const { chat, far } = await runningChat();
    chat.onLine = () => chat.disconnect();
    for (let count = 0; count < 10; count += 1) void far.write(FLOOD);
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
    expect(chat.heard).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may abort() from inside onMessage', async () => {
    const { chat, far } = await runningChat();
    chat.onLine = () => chat.abort('heard enough');
    void far.write(bytesOf('one\ntwo\n'));
    expect(await chat.closed).toEqual({ kind: 'aborted', reason: 'heard enough' });
    expect(chat.heard).toEqual(['one']);
  });

  it('may disconnect() and connect() again from inside onMessage', async () => {
    const { chat, far } = await runningChat();
    const [nearAgain, farAgain] = transportPair();
    let reconnected: Promise<void> = Promise.resolve();
    chat.onLine = (line) => {
      if (line !== 'again') return;
      reconnected = chat.disconnect().then(() => chat.connect(nearAgain));
    };
    void far.write(bytesOf('again\n'));
    await microtasks();
    await reconnected;
    void farAgain.write(bytesOf('hello\n'));
    await microtasks();
    expect(chat.heard).toEqual(['again', 'hello']);
    await chat.disconnect();
  });

  it('may send from inside onMessage', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    chat.onLine = (line) => chat.say(`echo ${line}`);
    void far.write(bytesOf('one\ntwo\n'));
    await microtasks();
    await chat.disconnect();
    expect(await arrived).toBe('echo one\necho two\n');
  });

  it('may abort() from inside a hook of the way out, and the message is not sent', async () => {
    const { chat, far } = await runningChat();
    chat.filterOut = (line) => {
      chat.abort();
      return line;
    };
    await Promise.resolve(chat.say('never')).catch(() => 'aborted');
    await chat.closed;
    expect(await readAll(far)).toBe('');
    expect(chat.runstate).toBe('idle');
  });

  it('gets a StateError for a connect() from inside onSessionEnd: the end is not over yet', async () => {
    const { chat } = await runningChat();
    let refused: Promise<unknown> = Promise.resolve();
    chat.onEnd = () => {
      refused = rejectionOf(chat.connect(transportPair()[0]));
    };
    await chat.disconnect();
    expect(await refused).toBeInstanceOf(StateError);
    expect(chat.runstate).toBe('idle');
  });

  it('may disconnect() from inside onSessionEnd', async () => {
    const { chat, far } = await runningChat();
    let told: Promise<unknown> = Promise.resolve();
    chat.onEnd = () => {
      told = rejectionOf(chat.disconnect());
    };
    await far.hangUp();
    await chat.closed;
    expect(await told).toMatchObject({ name: 'EndOfStreamError' });
    expect(chat.runstate).toBe('idle');
  });
});

describe('a logger', () => {
  forbidUnhandledRejections();

  function chatWhoseLogger(acts: (chat: Chat, message: string) => void): Chat {
    const debug = (message: string): void => acts(chat, message);
    const chat: Chat = new Chat({ name: 'vm0', logger: { ...console, warn() {}, error() {}, debug } });
    return chat;
  }

  it('may abort the attempt that it is told of', async () => {
    const chat = chatWhoseLogger((self, message) => {
      if (message.endsWith('idle -> connecting')) self.abort('not now');
    });
    const watcher = chat.runstates();
    const [near, far] = transportPair();
    expect(await rejectionOf(chat.connect(near))).toMatchObject({ name: 'ConnectError', cause: 'not now' });
    expect(await readAll(far)).toBe('');
    expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
  });

  it('may abort the session that it is told of', async () => {
    const chat = chatWhoseLogger((self, message) => {
      if (message.endsWith('connecting -> running')) self.abort('not now');
    });
    const watcher = chat.runstates();
    const [near, far] = transportPair();
    void far.write(bytesOf('never heard\n'));
    await rejectionOf(chat.connect(near));
    expect(chat.heard).toEqual([]);
    expect(chat.runstate).toBe('idle');
    expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
  });

  it('may begin and abort a new session as soon as it is told of idle, and both ends run their course', async () => {
    let failed: Promise<unknown> | undefined;
    const chat = chatWhoseLogger((self, message) => {
      if (!message.endsWith('disconnecting -> idle') || failed !== undefined) return;
      failed = rejectionOf(self.connect(transportPair()[0]));
      self.abort('not now');
    });
    const states: string[] = [];
    chat.onEnd = () => void states.push(chat.runstate);
    await runningChat(chat);
    await chat.disconnect();
    expect(await failed).toMatchObject({ cause: 'not now' });
    expect(states).toEqual(['disconnecting', 'disconnecting']);
    expect(chat.runstate).toBe('idle');
  });

  it('may connect again as soon as it is told of idle', async () => {
    let reconnected: Promise<void> | undefined;
    const chat = chatWhoseLogger((self, message) => {
      if (message.endsWith('disconnecting -> idle')) reconnected ??= self.connect(transportPair()[0]);
    });
    await runningChat(chat);
    const first = chat.closed;
    await chat.disconnect();
    await reconnected;
    expect(chat.runstate).toBe('running');
    expect(chat.closed).not.toBe(first);
    expect(await first).toEqual({ kind: 'disconnected' });
    await chat.disconnect();
  });
});
