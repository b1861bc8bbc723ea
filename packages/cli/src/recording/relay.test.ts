import { type MemoryTransport, transportPair } from '@qmp/protocol/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { relay } from './relay.ts';

/** A client and a server with a relay in between. */
function relayed(signal: AbortSignal = new AbortController().signal) {
  const [client, front] = transportPair();
  const [back, server] = transportPair();
  return { client, server, over: relay(front, back, signal) };
}

function send(end: MemoryTransport, text: string): void {
  void end.write(new TextEncoder().encode(text));
}

async function readAll(end: MemoryTransport): Promise<string> {
  let text = '';
  for await (const chunk of end.readable) text += new TextDecoder().decode(chunk);
  return text;
}

describe('relay', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('carries bytes both ways, and each end on', async () => {
    const { client, server, over } = relayed();
    const heard = Promise.all([readAll(client), readAll(server)]);
    send(client, 'ping');
    send(server, 'pong');
    await client.close();
    expect(await heard).toEqual(['pong', 'ping']);
    await over;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hangs up on both when a link breaks', async () => {
    const { client, server, over } = relayed();
    const heard = readAll(client);
    server.break(new Error('ECONNRESET'));
    expect(await heard).toBe('');
    await over;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for long for a side that does not take what is left', async () => {
    const { client, server, over } = relayed();
    const full = 'x'.repeat(400_000);
    for (let time = 0; time < 3; time += 1) send(server, full);
    await server.hangUp();
    await vi.advanceTimersByTimeAsync(1_000);
    client.abort();
    await over;
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['before', 'while'])('ends when it is told to, %s it carries', async (when) => {
    const stopping = new AbortController();
    if (when === 'before') stopping.abort(new Error('ctrl-C'));
    const { client, server, over } = relayed(stopping.signal);
    const heard = Promise.all([readAll(client), readAll(server)]);
    stopping.abort(new Error('ctrl-C'));
    expect(await heard).toEqual(['', '']);
    await over;
  });
});
