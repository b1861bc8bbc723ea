import { describe, expect, it } from 'vitest';

import { MemoryConnector } from '../protocol/memory-connector.test-kit.ts';
import type { Transport } from '../transport/transport.ts';
import { connectorThrough } from './connector-through.ts';
import { transportPair } from './transport-pair.ts';

const { signal } = new AbortController();

/** Says that it has been here. */
function marked(link: Transport): Transport {
  return Object.assign(link, { description: `marked ${link.description}` });
}

describe('connectorThrough', () => {
  it('passes what is dialed and what is accepted through the function', async () => {
    const inner = new MemoryConnector();
    inner.onDial = () => Promise.resolve(transportPair()[0]);
    const connector = connectorThrough(inner, marked);
    expect((await connector.dial('vm', { signal })).description).toBe('marked memory:left');
    const listener = await connector.listen('here', { signal });
    inner.listeners[0]?.arrive(transportPair()[1]);
    expect((await listener.accept({ signal })).description).toBe('marked memory:right');
    expect(listener.description).toBe(inner.listeners[0]?.description);
    await listener.close();
    expect(inner.listeners[0]?.state).toBe('closed');
  });
});
