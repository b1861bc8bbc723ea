import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { expect, it } from 'vitest';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, serveGuestAgent } from './served.ts';

/** How a guest agent is talked to: it sends no greeting, takes no negotiation and knows no out-of-band commands. */
const AS_AGENT = { awaitGreeting: false, negotiate: false, oob: false };

describeVersions('guestAgent', (version) => {
  it('answers a browser without a greeting and without negotiation', async () => {
    const client = await connect<GuestAgent>(await serveGuestAgent(version), AS_AGENT);
    expect(client.greeting).toBeUndefined();
    await expect(client.execute('guest-ping')).resolves.toEqual({});
    await expect(client.execute('guest-get-time')).resolves.toBeTypeOf('bigint');
    await expect(client.execute('guest-sync', { id: 9_007_199_254_740_993n })).resolves.toBe(9_007_199_254_740_993n);
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('marks the reply to guest-sync-delimited with a byte that is no JSON, which is skipped', async () => {
    const client = await connect<GuestAgent>(await serveGuestAgent(version), AS_AGENT);
    await expect(client.execute('guest-sync-delimited', { id: 4242 })).resolves.toBe(4242);
  });
});
