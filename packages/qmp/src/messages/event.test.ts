import { describe, expect, it } from 'vitest';
import { isEvent } from './event.ts';

describe('isEvent', () => {
  it('needs no more than a name', () => {
    expect(isEvent({ event: 'STOP' })).toBe(true);
    expect(isEvent({ event: '', timestamp: 5, __com_example_more: 1 })).toBe(true);
  });

  it.each([{}, { event: 5 }, { event: null }, { return: {}, id: 'event' }, { QMP: {} }])(
    'is false for %j',
    (message) => {
      expect(isEvent(message)).toBe(false);
    },
  );
});
