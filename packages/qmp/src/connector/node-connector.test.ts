import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressError, type Transport } from '@qmp/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { platformConnector } from './node-connector.ts';

const signal = new AbortController().signal;

async function readAll({ readable }: Transport): Promise<string> {
  let text = '';
  for await (const chunk of readable) text += new TextDecoder().decode(chunk);
  return text;
}

it('listens and dials', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 's');
  const listener = await platformConnector.listen(path, { signal });
  onTestFinished(() => listener.close());
  expect(listener.description).toBe(`unix:${path}`);
  const [server, client] = await Promise.all([listener.accept({ signal }), platformConnector.dial(path, { signal })]);
  await server.write(new TextEncoder().encode('welcome'));
  const [words] = await Promise.all([readAll(client), server.close()]);
  expect(words).toBe('welcome');
});

it.each(['dial', 'listen'] as const)('throws at the call of %s for an address that cannot be read', (method) => {
  expect(() => platformConnector[method]('vm.sock', { signal })).toThrow(AddressError);
});
