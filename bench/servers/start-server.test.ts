import { QmpClient } from 'qmp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from './start-server.mjs';

const runtime = { name: 'this one', executable: process.execPath };

describe.each(['qmp', 'floor'] as const)('the measured server %s', (kind) => {
  it('answers, and tells what it uses', async () => {
    const server = await startServer(kind, runtime);
    onTestFinished(() => server.stop());
    const client = await QmpClient.connect(server.path);
    onTestFinished(() => client.disconnect());
    const replies = Array.from({ length: 500 }, () => client.execute('query-status'));
    expect(await Promise.all(replies)).toEqual(replies.map(() => ({ status: 'running', running: true })));
    await expect(client.execute('stop')).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
    const { cpuSeconds, memoryBytes } = await server.usage();
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(memoryBytes).toBeGreaterThan(1e6);
  });
});
