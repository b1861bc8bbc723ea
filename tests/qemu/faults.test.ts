import { nodeConnector } from '@qmp/node';
import { connectorThrough, type Fault, faulty } from 'qmp/testing';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, startQemu } from './qemu-process.ts';

describeVersions('qemu', (version) => {
  it('is understood over a link that cuts and delays', async () => {
    const faults: Fault[] = [];
    const options = { seed: version.major, rates: { chunk: 0.05, delay: 0.003 }, maxDelayMs: 5 } as const;
    const connector = connectorThrough(nodeConnector, (link) =>
      faulty(link, { ...options, onFault: (fault) => faults.push(fault) }),
    );
    const client = await connect(startQemu(version), { connector });
    const replies = Array.from({ length: 50 }, (_, index) =>
      client.execute('human-monitor-command', { 'command-line': `print ${index}` }),
    );
    expect((await Promise.all(replies)).map(Number)).toEqual(replies.map((_, index) => index));
    const stopped = client.events.next('STOP');
    await client.execute('stop');
    await stopped;
    await client.execute('quit');
    expect(await client.closed).toEqual({ kind: 'disconnected' });
    expect(new Set(faults.map(({ kind, direction }) => `${kind} ${direction}`))).toEqual(
      new Set(['chunk inbound', 'chunk outbound', 'delay inbound', 'delay outbound']),
    );
  });
});
