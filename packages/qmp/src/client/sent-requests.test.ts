import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { CommandRequest } from './command-request.ts';
import { NO_ID } from './reply-key.ts';
import { SentRequests } from './sent-requests.ts';

function send(requests: SentRequests): { readonly id: number; readonly request: CommandRequest } {
  const id = requests.takeId();
  const request = new CommandRequest({ execute: 'stop', id }, { id: 'assigned', wants: 'return' });
  requests.add(id, request);
  return { id, request };
}

function sendOwn(requests: SentRequests, key: number | string): CommandRequest {
  const request = new CommandRequest({ execute: 'stop' }, { id: 'own', wants: 'reply' });
  requests.add(key, request);
  return request;
}

describe('requests that were sent', () => {
  it('are found by their ids, however many there are, until they are deleted', () => {
    const requests = new SentRequests();
    const sent = Array.from({ length: 1000 }, () => send(requests));
    expect(sent.map(({ id }) => id)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(sent.map(({ id }) => requests.get(id))).toEqual(sent.map(({ request }) => request));
    requests.delete(500);
    expect(requests.get(500)).toBeUndefined();
    expect(requests.get(501)).toBe(sent[500]?.request);
  });

  it.each([0, -1, 17, 2 ** 32 + 1, 'x', NO_ID])('are not found by %s, which nobody has', (key) => {
    const requests = new SentRequests();
    send(requests);
    expect(requests.get(key)).toBeUndefined();
  });

  it('cost the place of one each, also while one of them gets no reply for long', () => {
    const requests = new SentRequests();
    const stuck = send(requests);
    const ids = new Set<number>();
    for (let round = 0; round < 10_000; round++) {
      const { id } = send(requests);
      expect(ids.has(id)).toBe(false);
      ids.add(id);
      requests.delete(id);
    }
    expect(requests.get(stuck.id)).toBe(stuck.request);
    expect(Math.max(...ids)).toBeLessThan(11_000); // few ids are skipped
    expect(requests.takeAll()).toEqual([stuck.request]);
  });

  it('with ids of their own lie beside the others, and no id is given out twice', () => {
    const requests = new SentRequests();
    const own = sendOwn(requests, 2);
    const first = send(requests);
    const second = send(requests);
    expect([first.id, second.id]).toEqual([1, 3]);
    expect(requests.get(2)).toBe(own);
    requests.delete(2);
    expect(requests.get(2)).toBeUndefined();
    expect(requests.get(3)).toBe(second.request);
  });

  it('tell whether a reply without an id can belong to one of them', () => {
    const requests = new SentRequests();
    sendOwn(requests, '"x"');
    expect(requests.expectReplyWithoutId).toBe(false);
    sendOwn(requests, NO_ID);
    expect(requests.expectReplyWithoutId).toBe(true);
  });

  it('are taken out in the order of their ids, those with ids of their own last, and none is left', () => {
    const requests = new SentRequests();
    const own = sendOwn(requests, 'own');
    const kept = Array.from({ length: 40 }, () => send(requests)).filter(({ id }) => {
      if (id % 3 !== 0) requests.delete(id);
      return id % 3 === 0;
    });
    kept.push(send(requests));
    expect(requests.takeAll()).toEqual([...kept.map(({ request }) => request), own]);
    expect(requests.takeAll()).toEqual([]);
    expect(send(requests).id).toBe(42);
  });

  test.prop([fc.array(fc.oneof(fc.constant('send' as const), fc.nat({ max: 100 })), { maxLength: 300 })])(
    'are what a Map of all of them would hold',
    (steps) => {
      const requests = new SentRequests();
      const model = new Map<number, CommandRequest>();
      for (const step of steps) {
        if (step === 'send') {
          const { id, request } = send(requests);
          expect(model.has(id)).toBe(false);
          model.set(id, request);
        } else {
          const id = [...model.keys()][step % Math.max(1, model.size)];
          if (id === undefined) continue;
          expect(requests.get(id)).toBe(model.get(id));
          requests.delete(id);
          model.delete(id);
        }
      }
      expect(requests.takeAll()).toEqual([...model.values()]);
    },
  );
});
