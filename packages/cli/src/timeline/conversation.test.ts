import { describe, expect, it } from 'vitest';

import { Conversation } from './conversation.ts';

/** A clock that goes on by one millisecond each time it is asked. */
function tickingClock(): () => number {
  let ms = 99;
  return () => {
    ms += 1;
    return ms;
  };
}

describe('Conversation', () => {
  it('names a reply after the command that it answers', () => {
    const conversation = new Conversation(tickingClock());
    expect(conversation.sent({ execute: 'eject', arguments: { id: 'cd0' }, id: 1 })).toEqual({
      kind: 'command',
      name: 'eject',
      content: { id: 'cd0' },
      atMs: 1,
    });
    conversation.sent({ 'exec-oob': 'query-yank', id: 2 });
    expect(conversation.received({ return: [], id: 2 })).toMatchObject({
      kind: 'reply',
      name: 'query-yank',
      content: [],
    });
    expect(conversation.received({ return: {}, id: 1 })).toMatchObject({ kind: 'reply', name: 'eject', atMs: 4 });
  });

  it('makes one text of an error', () => {
    const conversation = new Conversation(tickingClock());
    conversation.sent({ execute: 'x', id: 1 });
    expect(conversation.received({ id: 1, error: { class: 'GenericError', desc: 'no way' } })).toMatchObject({
      kind: 'error',
      name: 'x',
      content: 'GenericError: no way',
    });
  });

  it('tells greeting and events from replies', () => {
    const conversation = new Conversation(tickingClock());
    expect(conversation.received({ QMP: { capabilities: [] } })).toMatchObject({
      kind: 'reply',
      name: 'greeting',
      content: { capabilities: [] },
    });
    const event = { event: 'STOP', timestamp: { seconds: 1, microseconds: 2 } };
    expect(conversation.received(event)).toMatchObject({ kind: 'event', name: 'STOP', content: undefined });
  });

  it('counts commands and events', () => {
    const conversation = new Conversation(tickingClock());
    conversation.sent({ execute: 'stop', id: 1 });
    conversation.received({ event: 'STOP' });
    conversation.received({ return: {}, id: 1 });
    conversation.sent({ execute: 'cont', id: 2 });
    expect(conversation).toMatchObject({ commandCount: 2, eventCount: 1 });
  });
});
