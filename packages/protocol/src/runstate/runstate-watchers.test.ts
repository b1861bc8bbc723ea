import { describe, expect, it } from 'vitest';

import { RunstateWatchers } from './runstate-watchers.ts';

describe('RunstateWatchers', () => {
  it('give the next transition to everybody who waits for it', async () => {
    const watchers = new RunstateWatchers();
    const waiting = [watchers.changed(), watchers.changed()];
    watchers.tell('connecting');
    watchers.tell('running');
    await expect(Promise.all(waiting)).resolves.toEqual(['connecting', 'connecting']);
  });

  it('give each watcher every transition, however fast they follow each other', async () => {
    const watchers = new RunstateWatchers();
    const early = watchers.watch();
    watchers.tell('connecting');
    const late = watchers.watch();
    watchers.tell('running');
    watchers.tell('disconnecting');
    watchers.tell('idle');
    for (const expected of ['connecting', 'running', 'disconnecting', 'idle']) {
      expect(await early.next()).toEqual({ value: expected, done: false });
    }
    for (const expected of ['running', 'disconnecting', 'idle']) {
      expect(await late.next()).toEqual({ value: expected, done: false });
    }
  });

  it('let a watcher leave', async () => {
    const watchers = new RunstateWatchers();
    const watcher = watchers.watch();
    watchers.tell('connecting');
    for await (const state of watcher) {
      expect(state).toBe('connecting');
      break;
    }
    watchers.tell('running');
    expect(await watcher.next()).toEqual({ value: undefined, done: true });
  });
});
