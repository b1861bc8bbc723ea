import { describe, expect, it } from 'vitest';

import type { Runstate } from './runstate.ts';
import { nextRunstate, RunstateWatcher, type Watchers } from './runstate-watcher.ts';

function tell(watchers: Watchers, ...states: Runstate[]): void {
  for (const state of states) for (const watcher of watchers) watcher.tell(state);
}

describe('nextRunstate', () => {
  it('gives the next transition to everybody who waits for it', async () => {
    const watchers: Watchers = new Set();
    const waiting = [nextRunstate(watchers), nextRunstate(watchers)];
    tell(watchers, 'connecting', 'running');
    await expect(Promise.all(waiting)).resolves.toEqual(['connecting', 'connecting']);
    expect(watchers.size).toBe(0);
  });
});

describe('RunstateWatcher', () => {
  it('gives every transition, however fast they follow each other', async () => {
    const watchers: Watchers = new Set();
    const early = new RunstateWatcher(watchers);
    tell(watchers, 'connecting');
    const late = new RunstateWatcher(watchers);
    tell(watchers, 'running', 'disconnecting', 'idle');
    for (const expected of ['connecting', 'running', 'disconnecting', 'idle']) {
      expect(await early.next()).toEqual({ value: expected, done: false });
    }
    for (const expected of ['running', 'disconnecting', 'idle']) {
      expect(await late.next()).toEqual({ value: expected, done: false });
    }
  });

  it('is told nothing more once its loop is left', async () => {
    const watchers: Watchers = new Set();
    const watcher = new RunstateWatcher(watchers);
    tell(watchers, 'connecting');
    for await (const state of watcher) {
      expect(state).toBe('connecting');
      break;
    }
    expect(watchers.size).toBe(0);
    expect(await watcher.next()).toEqual({ value: undefined, done: true });
  });

  it('ends for a reader that waits when it is left', async () => {
    const watcher = new RunstateWatcher(new Set());
    const waiting = watcher.next();
    await watcher.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });
});
