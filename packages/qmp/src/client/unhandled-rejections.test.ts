import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { converse, eventOf, everythingDelivered, newClient } from './scripted-server.test-kit.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

describe('what nobody awaits', () => {
  it('is no unhandled rejection when the session is lost', async () => {
    const { client, server } = await converse({}, 'oob');
    for (let index = 0; index < 10; index++) void client.execute('x');
    void client.raw({ execute: 'x' }, { timeoutMs: 1e6 });
    void client.events.next('STOP');
    void client.events.of();
    void client.events
      .of()
      .next()
      .catch(() => {});
    server.link.break(new Error('cable cut'));
    await client.closed;
    await everythingDelivered();
    expect(unhandled).toEqual([]);
  });

  it('is none when the server says no, or nonsense', async () => {
    const { client, server } = await converse();
    void client.execute('x');
    void client.execute('y');
    server.send({ error: { class: 'GenericError', desc: 'no' }, id: 2 }, { id: 3 });
    await everythingDelivered();
    expect(unhandled).toEqual([]);
  });

  it('is none when the call is refused or given up', async () => {
    const idle = newClient();
    void idle.execute('x');
    void idle.raw({ execute: 'x' });
    const { client, server } = await converse();
    void client.executeRaw('x', { x: Number.NaN });
    void client.execute('x', undefined, { timeoutMs: -1 });
    void client.execute('x', undefined, { signal: AbortSignal.abort() });
    void client.execute('x', undefined, { timeoutMs: 0 });
    void client.events.next('STOP', { timeoutMs: 0 });
    void client.events.next('STOP', {
      where: () => {
        throw new Error('bad filter');
      },
    });
    client.events.on('STOP', () => Promise.reject(new Error('bad listener')));
    client.events.on('STOP', () => {
      throw new Error('bad listener');
    });
    server.send(eventOf('STOP'));
    // Timers fire in order: the two above before this one.
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    await everythingDelivered();
    expect(unhandled).toEqual([]);
    expect(client.runstate).toBe('running');
  });

  it('rejects all the same for whoever looks later', async () => {
    const { client } = await converse();
    const value = client.execute('x');
    client.abort('enough');
    await everythingDelivered();
    await expect(value).rejects.toMatchObject({ name: 'ExecInterruptedError', cause: 'enough' });
    expect(unhandled).toEqual([]);
  });
});
