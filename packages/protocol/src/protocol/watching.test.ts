import { describe, expect, it } from 'vitest';

import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import type { Runstate } from '../runstate/runstate.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

describe('runstateChanged()', () => {
  forbidUnhandledRejections();

  it('resolves with the next transition', async () => {
    const chat = new Chat();
    const first = chat.runstateChanged();
    const connected = chat.connect(transportPair()[0]);
    const second = chat.runstateChanged();
    await connected;
    const third = chat.runstateChanged();
    expect(await Promise.all([first, second])).toEqual(['connecting', 'running']);
    expect(await isPending(third)).toBe(true);
    await chat.disconnect();
    expect(await third).toBe('disconnecting');
  });

  it('misses nothing when it is called again at once', async () => {
    const chat = new Chat();
    const told: Runstate[] = [];
    const watching = (async () => {
      do told.push(await chat.runstateChanged());
      while (told.at(-1) !== 'idle');
    })();
    await rejectionOf(new MemoryConnector().dial('nowhere', { signal: new AbortController().signal }));
    await runningChat(chat);
    await chat.disconnect();
    await watching;
    expect(told).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
  });
});

describe('runstates()', () => {
  forbidUnhandledRejections();

  it('tells of every transition since the call, also to a watcher that looks late', async () => {
    const chat = new Chat();
    const early = chat.runstates();
    for (let round = 0; round < 3; round += 1) {
      await runningChat(chat);
      await chat.disconnect();
    }
    const late = chat.runstates();
    await runningChat(chat);
    chat.abort();
    await chat.closed;
    const round: readonly Runstate[] = ['connecting', 'running', 'disconnecting', 'idle'];
    expect(await toldTo(early)).toEqual([...round, ...round, ...round, ...round]);
    expect(await toldTo(late)).toEqual(round);
  });

  it('ends for those who leave, and for nobody else', async () => {
    const chat = new Chat();
    const leaving = chat.runstates();
    const staying = chat.runstates();
    const { far } = await runningChat(chat);
    for await (const state of leaving) if (state === 'running') break;
    await far.hangUp();
    await chat.closed;
    await rejectionOf(chat.disconnect());
    expect(await leaving.next()).toEqual({ value: undefined, done: true });
    expect(await toldTo(staying)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
  });

  it('survives the end of a session', async () => {
    const chat = new Chat();
    const watcher = chat.runstates();
    await runningChat(chat);
    await chat.disconnect();
    expect(await toldTo(watcher)).toHaveLength(4);
  });

  it('lets a watcher act on what it hears: reconnect whenever idle', async () => {
    const chat = new Chat();
    let rounds = 0;
    const watching = (async () => {
      for await (const state of chat.runstates()) {
        if (state !== 'idle') continue;
        rounds += 1;
        if (rounds === 3) return;
        await chat.connect(transportPair()[0]);
        chat.abort();
      }
    })();
    await chat.connect(transportPair()[0]);
    chat.abort();
    await watching;
    expect(rounds).toBe(3);
    expect(chat.runstate).toBe('idle');
  });
});

describe('closed', () => {
  forbidUnhandledRejections();

  it('is pending until the first session has ended, and the same promise all along', async () => {
    const chat = new Chat();
    const { closed } = chat;
    expect(await isPending(closed)).toBe(true);
    await runningChat(chat);
    expect(chat.closed).toBe(closed);
    expect(await isPending(closed)).toBe(true);
    await chat.disconnect();
    expect(chat.closed).toBe(closed);
    expect(await closed).toEqual({ kind: 'disconnected' });
  });

  it('stays with the latest session until the next begins', async () => {
    const chat = new Chat();
    await runningChat(chat);
    const first = chat.closed;
    await chat.disconnect();
    expect(chat.closed).toBe(first);
    const connected = chat.connect(transportPair()[0]);
    const second = chat.closed;
    expect(second).not.toBe(first);
    await connected;
    expect(chat.closed).toBe(second);
    chat.abort('why not');
    expect(await second).toEqual({ kind: 'aborted', reason: 'why not' });
  });

  it.each([
    ['disconnect()', (chat: Chat) => void chat.disconnect()],
    ['abort()', (chat: Chat) => chat.abort()],
  ])('after %s finds the object idle', async (_how, end) => {
    const { chat } = await runningChat();
    const seen = chat.closed.then(() => chat.runstate);
    end(chat);
    expect(await seen).toBe('idle');
  });

  it('after a loss finds the object disconnecting', async () => {
    const { chat, far } = await runningChat();
    const seen = chat.closed.then(() => chat.runstate);
    await far.hangUp();
    expect(await seen).toBe('disconnecting');
    await rejectionOf(chat.disconnect());
  });

  it('resolves before the connect() that failed rejects', async () => {
    const chat = new Chat();
    chat.handshake = () => Promise.reject(new Error('no'));
    const order: string[] = [];
    const failed = chat.connect(transportPair()[0]).catch(() => void order.push('rejected'));
    const closed = chat.closed.then(() => void order.push('closed'));
    await Promise.all([failed, closed]);
    expect(order).toEqual(['closed', 'rejected']);
  });

  it('lets a caller reconnect at once', async () => {
    const { chat } = await runningChat();
    const reconnected = chat.closed.then(() => chat.connect(transportPair()[0]));
    chat.abort();
    await reconnected;
    expect(chat.runstate).toBe('running');
    await chat.disconnect();
  });

  it('is settled for good: nothing of a dead session reaches the next one', async () => {
    const { chat, far } = await runningChat();
    chat.abort();
    await chat.closed;
    await runningChat(chat);
    far.break(new Error('long gone'));
    await microtasks();
    expect(chat.runstate).toBe('running');
    await chat.disconnect();
  });
});
