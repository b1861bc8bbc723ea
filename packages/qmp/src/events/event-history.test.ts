import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { EventHistory } from './event-history.ts';

describe('EventHistory', () => {
  it('is empty at first', () => {
    expect(new EventHistory(3).toArray()).toEqual([]);
  });

  it('gives copies that later events do not change', () => {
    const history = new EventHistory<number>(2);
    history.add(1);
    const copy = history.toArray();
    history.add(2);
    history.add(3);
    expect(copy).toEqual([1]);
    expect(history.toArray()).toEqual([2, 3]);
  });

  test.prop([fc.array(fc.integer(), { maxLength: 40 }), fc.integer({ min: 1, max: 12 })])(
    'holds the latest items in their order, newest last',
    (items, limit) => {
      const history = new EventHistory<number>(limit);
      for (const item of items) history.add(item);
      expect(history.toArray()).toEqual(items.slice(-limit));
    },
  );
});
