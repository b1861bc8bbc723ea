import { describe, expect, it } from 'vitest';

import { checkTransition, NEXT_RUNSTATES, type Runstate } from './runstate.ts';

const STATES: readonly Runstate[] = ['idle', 'connecting', 'running', 'disconnecting'];

describe('the table of states', () => {
  const steps = STATES.flatMap((from) => STATES.map((to) => ({ from, to })));

  it.each(steps.filter(({ from, to }) => NEXT_RUNSTATES[from].includes(to)))('allows $from -> $to', ({ from, to }) => {
    expect(() => checkTransition(from, to)).not.toThrow();
  });

  it.each(steps.filter(({ from, to }) => !NEXT_RUNSTATES[from].includes(to)))('forbids $from -> $to', ({ from, to }) => {
    expect(() => checkTransition(from, to)).toThrow(`No way from ${from} to ${to}`);
  });

  it('leads back to idle from every state', () => {
    for (const state of STATES) {
      const reached = new Set<Runstate>([state]);
      for (const from of reached) for (const to of NEXT_RUNSTATES[from]) reached.add(to);
      expect(reached).toContain('idle');
    }
  });
});
