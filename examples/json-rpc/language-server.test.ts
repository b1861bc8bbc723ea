import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { LanguageClient } from './language-client.ts';

/** TypeScript's own language server, as npm has installed it. */
const TSC = join(dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')), 'bin', 'tsc');

function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'language-server-'));
  const server = spawn(process.execPath, [TSC, '--lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(server, 'exit');
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
  });
  return { server, exited, rootUri: pathToFileURL(folder).href };
}

it('talks to a real language server, from the handshake to its exit', async () => {
  const { server, exited, rootUri } = startServer();
  const client = new LanguageClient(rootUri);
  onTestFinished(() => client.abort()); // also where an expectation fails: the server ends with its stdin
  await client.start(server);
  expect(client.capabilities).toMatchObject({ capabilities: { hoverProvider: true } });

  const uri = `${rootUri}/answer.ts`;
  await client.openDocument(uri, 'typescript', 'const answer: number = "☃";\n');
  const textDocument = { uri };
  expect(await client.request('textDocument/diagnostic', { textDocument })).toMatchObject({
    items: [{ code: 2322, message: "Type 'string' is not assignable to type 'number'." }],
  });
  const hover = await client.request('textDocument/hover', { textDocument, position: { line: 0, character: 7 } });
  expect(hover).toMatchObject({ contents: { value: expect.stringContaining('const answer: number') as string } });
  await expect(client.request('no/such/method', {})).rejects.toMatchObject({ name: 'RpcError' });

  await client.stop();
  await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  expect(await exited).toEqual([expect.any(Number), null]); // by itself, not by a signal
});
