import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, startGuestAgent } from './qemu-process.ts';

/** How a guest agent is talked to: it sends no greeting, takes no negotiation and knows no out-of-band commands. */
const AS_AGENT = { awaitGreeting: false, negotiate: false, oob: false };

describeVersions('guestAgent', (version) => {
  it('answers without a greeting and without negotiation', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    expect(client.greeting).toBeUndefined();
    expect(client.capabilities).toEqual([]);
    await expect(client.execute('guest-ping')).resolves.toEqual({});
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('tells the time in nanoseconds, exactly', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    const before = BigInt(Date.now()) * 1_000_000n;
    const time = await client.execute('guest-get-time');
    expect(time).toBeTypeOf('bigint');
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(BigInt(Date.now() + 1) * 1_000_000n);
  });

  it.each([9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n])(
    'gives %d back in guest-sync as it is',
    async (id) => {
      const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
      await expect(client.execute('guest-sync', { id })).resolves.toBe(id);
    },
  );

  it('refuses an integer that is no signed one', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    await expect(client.execute('guest-sync', { id: 18_446_744_073_709_551_615n })).rejects.toMatchObject({
      name: 'ExecuteError',
      errorClass: 'GenericError',
    });
    await expect(client.execute('guest-ping')).resolves.toEqual({});
  });

  it('marks the reply to guest-sync-delimited with a byte that is no JSON, which is skipped', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    await expect(client.execute('guest-sync-delimited', { id: 4242 })).resolves.toBe(4242);
    await expect(client.execute('guest-ping')).resolves.toEqual({});
  });

  it('answers hundreds of requests in flight, in order', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    const replies = Array.from({ length: 500 }, (_, id) => client.execute('guest-sync', { id }));
    expect(await Promise.all(replies)).toEqual(replies.map((_, id) => id));
  });

  it('is started by these tests with all blocked that would harm the machine', async () => {
    const client = await connect<GuestAgent>(startGuestAgent(version), AS_AGENT);
    const { supported_commands: commands } = await client.execute('guest-info');
    const disabled = commands.filter(({ enabled }) => !enabled).map(({ name }) => name);
    expect(disabled).toEqual(expect.arrayContaining(['guest-shutdown', 'guest-suspend-disk', 'guest-fsfreeze-freeze']));
  });

  it('that is killed ends the stream', async () => {
    const agent = startGuestAgent(version);
    const client = await connect<GuestAgent>(agent, AS_AGENT);
    // It has taken the connection, rather than having it wait in its queue.
    await client.execute('guest-ping');
    agent.process.signal('SIGKILL');
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });
});
