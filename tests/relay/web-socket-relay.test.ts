import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { expect, it, onTestFinished } from 'vitest';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, type Listening, makeClient, startGuestAgent, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { startRelay } from './web-socket-relay.ts';

/** The URL of a relay in front of the process, until the test ends. */
async function relayTo({ address }: Pick<Listening, 'address'>): Promise<string> {
  const relay = await startRelay({ target: address.replace(/^unix:/, '') });
  onTestFinished(async () => await relay.close());
  return relay.url;
}

describeVersions('qemu', (version) => {
  it('is reached through a relay, and speaks as it does at its socket', async () => {
    const qemu = startQemu(version, ['-name', 'grüß "dich" 👋']);
    const url = await relayTo(qemu);
    const client = await connect(qemu, {}, url);
    expect(client.peer).toBe(url);
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'grüß "dich" 👋' });
    const schema = await client.execute('query-qmp-schema');
    expect(schema.length).toBeGreaterThan(800);
    const stopped = client.events.next('STOP');
    await client.execute('stop');
    await expect(stopped).resolves.toMatchObject({ event: 'STOP' });
    const answers = Array.from({ length: 200 }, () => client.execute('query-version'));
    for (const answer of await Promise.all(answers)) expect(answer.qemu.major).toBe(version.major);
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('takes a request of half a megabyte through a relay, and refuses what it does not know', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu, {}, await relayTo(qemu));
    const failure = client.executeRaw('no-such-command', { text: 'ä'.repeat(256 * 1024) });
    await expect(failure).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('may be told to quit through a relay, which is a clean end', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu, {}, await relayTo(qemu));
    await client.execute('quit');
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('that is killed behind a relay ends the session', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu, {}, await relayTo(qemu));
    qemu.process.signal('SIGKILL');
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });

  it('may start after the client has begun to dial', async () => {
    const folder = temporaryFolder();
    const url = await relayTo({ address: join(folder, 'qmp') });
    const client = makeClient();
    const connecting = client.connect(url, { retry: true });
    startQemu(version, [], { folder });
    await connecting;
    await expect(client.execute('query-name')).resolves.toEqual({});
  });
});

describeVersions('guestAgent', (version) => {
  it('is reached through a relay', async () => {
    const agent = startGuestAgent(version);
    const client = await connect<GuestAgent>(agent, { awaitGreeting: false, negotiate: false }, await relayTo(agent));
    await expect(client.execute('guest-sync-delimited', { id: 4242 })).resolves.toBe(4242);
    const replies = Array.from({ length: 500 }, (_, id) => client.execute('guest-sync', { id }));
    expect(await Promise.all(replies)).toEqual(replies.map((_, id) => id));
  });
});

it('hangs up on everybody when it is closed', async () => {
  const path = join(temporaryFolder(), 's');
  const target = createServer().listen(path);
  onTestFinished(() => void target.close());
  const relay = await startRelay({ target: path });
  const client = makeClient({ awaitGreeting: false, negotiate: false });
  const connecting = client.connect(relay.url);
  const [socket] = (await once(target, 'connection')) as [Socket];
  const gone = once(socket.resume(), 'close');
  await connecting;
  await relay.close();
  await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'ConnectionLostError' } });
  await gone;
});
