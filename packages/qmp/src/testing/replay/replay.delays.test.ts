import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { QmpClient } from '../../client/qmp-client.ts';
import type { AnySchema } from '../../schema/qapi-schema.ts';
import { formatEntry } from '../recording/format-entry.ts';
import type { JsonObject } from '@qmp/protocol/codecs';
import { connectedTo } from './recording.test-kit.ts';
import { type Replay, replay } from './replay.ts';

/** A recording with times: greeting at 0, a command at 100 ms with its reply at 400, an event at 10,000. */
const SLOW = [
  formatEntry({ kind: 'header', peer: 'x', startedAt: '' }),
  ...(
    [
      [0, 'server', { QMP: { version: {}, capabilities: [] } }],
      [10, 'client', { execute: 'qmp_capabilities', id: 1 }],
      [10, 'server', { return: {}, id: 1 }],
      [100, 'client', { execute: 'a', id: 2 }],
      [400, 'server', { return: 1, id: 2 }],
      [10_000, 'server', { event: 'STOP' }],
    ] satisfies readonly [number, 'client' | 'server', JsonObject][]
  ).map(([ms, from, message]) => formatEntry({ kind: 'message', ms, from, message })),
  formatEntry({ kind: 'end', ms: 20_000, by: 'server' }),
];

async function connectedInTime(recording: Replay): Promise<QmpClient<AnySchema>> {
  const [vm] = await Promise.all([connectedTo(recording.transport()), vi.advanceTimersByTimeAsync(10)]);
  return vm;
}

describe('delays', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('of a recording are kept: a reply takes as long as it took, an event comes as long after', async () => {
    const recording = replay(SLOW, { delays: 'recorded' });
    const vm = await connectedInTime(recording);
    await vi.advanceTimersByTimeAsync(5_000); // the client takes its time
    const times: number[] = [];
    const start = performance.now();
    const note = (): number => times.push(Math.round(performance.now() - start));
    const replied = vm.executeRaw('a').then(note);
    vm.events.on('STOP', note);
    await vi.advanceTimersByTimeAsync(30_000);
    await replied;
    expect(times).toEqual([300, 9_900]);
    expect(vm.runstate).toBe('disconnecting');
    await recording.finished();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are left out otherwise', async () => {
    const recording = replay(SLOW);
    const vm = await connectedTo(recording.transport());
    const stopped = vm.events.next('STOP');
    expect(await vm.executeRaw('a')).toBe(1);
    await stopped;
    await recording.finished();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not waited for at the end of a test', async () => {
    const recording = replay(SLOW, { delays: 'recorded' });
    const vm = await connectedInTime(recording);
    const asked = vm.executeRaw('a').catch((error: Error) => error.name);
    await vi.advanceTimersByTimeAsync(1);
    await recording.finished();
    await asked;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('end with the client that leaves', async () => {
    const recording = replay(SLOW, { delays: 'recorded' });
    const vm = await connectedInTime(recording);
    void vm.executeRaw('a').catch(() => 'it left');
    await vi.advanceTimersByTimeAsync(50);
    await vm.disconnect();
    await recording.finished();
    expect(vi.getTimerCount()).toBe(0);
  });
});
