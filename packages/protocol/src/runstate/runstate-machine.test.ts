import { describe, expect, it } from 'vitest';

import { RunstateMachine } from './runstate-machine.ts';
import { NEXT_RUNSTATES, type Runstate } from './runstate.ts';

const STATES: readonly Runstate[] = ['idle', 'connecting', 'running', 'disconnecting'];

const WAY_TO: { readonly [State in Runstate]: readonly Runstate[] } = {
  idle: [],
  connecting: ['connecting'],
  running: ['connecting', 'running'],
  disconnecting: ['connecting', 'disconnecting'],
};

function machineIn(state: Runstate): RunstateMachine {
  const machine = new RunstateMachine();
  for (const step of WAY_TO[state]) machine.enter(step);
  return machine;
}

describe('the table', () => {
  const steps = STATES.flatMap((from) => STATES.map((to) => ({ from, to })));

  it.each(steps.filter(({ from, to }) => NEXT_RUNSTATES[from].includes(to)))('allows $from -> $to', ({ from, to }) => {
    const machine = machineIn(from);
    machine.enter(to);
    expect(machine.state).toBe(to);
  });

  it.each(steps.filter(({ from, to }) => !NEXT_RUNSTATES[from].includes(to)))('forbids $from -> $to', (step) => {
    const machine = machineIn(step.from);
    expect(() => machine.enter(step.to)).toThrow(`There is no way from ${step.from} to ${step.to}`);
    expect(machine.state).toBe(step.from);
  });

  it('leads back to idle from every state', () => {
    for (const state of STATES) {
      const reached = new Set<Runstate>([state]);
      for (const from of reached) for (const to of NEXT_RUNSTATES[from]) reached.add(to);
      expect(reached).toContain('idle');
    }
  });
});

describe('watching', () => {
  it('gives the next transition to everybody who waits for it', async () => {
    const machine = new RunstateMachine();
    const waiting = [machine.changed(), machine.changed()];
    machine.enter('connecting');
    machine.enter('running');
    await expect(Promise.all(waiting)).resolves.toEqual(['connecting', 'connecting']);
  });

  it('gives each watcher every transition, however fast they follow each other', async () => {
    const machine = new RunstateMachine();
    const early = machine.watch();
    machine.enter('connecting');
    const late = machine.watch();
    machine.enter('running');
    machine.enter('disconnecting');
    machine.enter('idle');
    for (const expected of ['connecting', 'running', 'disconnecting', 'idle']) {
      expect(await early.next()).toEqual({ value: expected, done: false });
    }
    for (const expected of ['running', 'disconnecting', 'idle']) {
      expect(await late.next()).toEqual({ value: expected, done: false });
    }
  });

  it('tells a watcher nothing of a refused transition', async () => {
    const machine = new RunstateMachine();
    const watcher = machine.watch();
    expect(() => machine.enter('running')).toThrow('There is no way from idle to running');
    machine.enter('connecting');
    expect(await watcher.next()).toEqual({ value: 'connecting', done: false });
  });

  it('ends where the watcher leaves', async () => {
    const machine = new RunstateMachine();
    const watcher = machine.watch();
    machine.enter('connecting');
    for await (const state of watcher) {
      expect(state).toBe('connecting');
      break;
    }
    machine.enter('running');
    expect(await watcher.next()).toEqual({ value: undefined, done: true });
  });
});
