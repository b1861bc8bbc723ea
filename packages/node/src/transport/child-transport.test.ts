import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

import { describe, expect, it, onTestFinished } from 'vitest';

import { runtime } from '../runtime.test-kit.ts';
import { collect, readAll, until, writeUntilItFails } from '../sockets.test-kit.ts';
import { childTransport } from './child-transport.ts';

const MIB = 1024 * 1024;

function start(command: string, args: readonly string[] = []): ChildProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function startNode(script: string): ChildProcess {
  return start('node', ['-e', script]);
}

it('carries 1 MiB to the child and back, byte for byte', async () => {
  const transport = childTransport(start('cat'));
  const sent = randomBytes(MIB);
  const iterator = transport.readable[Symbol.asyncIterator]();
  const written = transport.write(sent);
  const received: Uint8Array[] = [];
  for (let missing = MIB; missing > 0;) {
    const { value } = (await iterator.next()) as IteratorYieldResult<Uint8Array>;
    received.push(value);
    missing -= value.byteLength;
  }
  await written;
  expect(sent.equals(Buffer.concat(received))).toBe(true);
  await transport.close();
});

it('makes a write wait while the child does not read', async () => {
  const child = startNode(
    "setTimeout(() => process.stdin.resume(), 2 ** 30); process.on('SIGUSR2', () => process.stdin.resume()); console.log('ready')",
  );
  const transport = childTransport(child);
  await transport.readable[Symbol.asyncIterator]().next();
  const written = transport.write(randomBytes(4 * MIB));
  expect(written).toBeInstanceOf(Promise);
  // Deno takes every kill() of a child for its end.
  process.kill(Number(child.pid), 'SIGUSR2');
  await written;
  transport.abort();
});

it('gives the last words of a child that dies, and then the end', async () => {
  const transport = childTransport(
    startNode("process.stdout.write('last words', () => process.kill(process.pid, 'SIGKILL'))"),
  );
  expect((await readAll(transport)).toString()).toBe('last words');
});

it.runIf(existsSync('/proc/self/stat'))(
  'gives them also when a write has found out first that the child is dead',
  async () => {
    const child = start('sh', ['-c', 'printf "last words"']);
    const transport = childTransport(child);
    // Nothing is read in the meantime, because the event loop is held here until the child is a zombie.
    while (!readFileSync(`/proc/${child.pid}/stat`, 'utf8').includes(') Z ')) continue;
    await expect(writeUntilItFails(transport)).rejects.toThrow(/EPIPE|The link is closed/);
    expect((await readAll(transport)).toString()).toBe('last words');
  },
);

it('breaks the reader when the child lives on without its stdin', async ({ skip }) => {
  skip(runtime === 'Bun', 'Bun does not say that a child has closed its stdin');
  const child = startNode("require('fs').closeSync(0); console.log('deaf'); setInterval(() => {}, 2 ** 30)");
  const transport = childTransport(child);
  const iterator = transport.readable[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toEqual(Buffer.from('deaf\n'));
  await expect(writeUntilItFails(transport)).rejects.toMatchObject({ code: 'EPIPE' });
  await expect(iterator.next()).rejects.toMatchObject({ code: 'EPIPE' });
});

describe('close', () => {
  it('flushes to the child and ends its stdin', async () => {
    const child = startNode(
      "let n = 0; process.stdin.on('data', (c) => { n += c.length; }).on('end', () => console.error(n))",
    );
    const transport = childTransport(child);
    const written = transport.write(randomBytes(2 * MIB));
    const counted = collect(child.stderr as NonNullable<typeof child.stderr>);
    await Promise.all([written, transport.close()]);
    expect((await counted).toString()).toBe(`${2 * MIB}\n`);
  });

  it('ends the reader and does not wait for a child that goes on', async () => {
    const child = startNode("process.stdin.resume(); setInterval(() => {}, 2 ** 30); console.log('ready')");
    const transport = childTransport(child);
    await transport.readable[Symbol.asyncIterator]().next();
    const reading = readAll(transport);
    await transport.close();
    await transport.close();
    expect(await reading).toHaveLength(0);
    expect(child.exitCode).toBeNull();
    await expect(transport.write(Buffer.from('x'))).rejects.toThrow('The link is closed');
  });
});

describe('abort', () => {
  it('ends both pipes with its reason and leaves the child alone', async () => {
    const child = startNode("process.stdin.on('error', () => {}); setInterval(() => {}, 2 ** 30)");
    const transport = childTransport(child);
    const reason = new Error('enough');
    const reading = readAll(transport);
    const written = transport.write(randomBytes(4 * MIB));
    transport.abort(reason);
    transport.abort();
    await expect(written).rejects.toBe(reason);
    await expect(reading).rejects.toBe(reason);
    expect([child.stdin?.destroyed, child.stdout?.destroyed, child.exitCode]).toEqual([true, true, null]);
  });

  it('needs no reason', async () => {
    const transport = childTransport(start('cat'));
    const reading = readAll(transport);
    transport.abort('not an error');
    await expect(reading).rejects.toThrow('The link was cut off on this side');
  });

  it('ends a close() that the child does not let finish', async () => {
    const transport = childTransport(startNode('setInterval(() => {}, 2 ** 30)'));
    const written = transport.write(randomBytes(4 * MIB));
    const closed = transport.close();
    transport.abort();
    await expect(written).rejects.toThrow('The link was cut off on this side');
    await closed;
  });
});

describe('a child that could not be started', () => {
  it('is told to the reader with the system’s error', async () => {
    const transport = childTransport(start('/nonexistent/qemu-system-x86_64'));
    expect(transport.description).toBe('stdio of /nonexistent/qemu-system-x86_64 (not running)');
    await expect(readAll(transport)).rejects.toMatchObject({
      code: 'ENOENT',
      syscall: 'spawn /nonexistent/qemu-system-x86_64',
    });
  });

  it('refuses what is written to it', async () => {
    const transport = childTransport(start('/nonexistent/qemu-system-x86_64'));
    await expect(readAll(transport)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(transport.write(Buffer.from('x'))).rejects.toThrow('The link is closed');
    await transport.close();
  });
});

it('is described by its program and process id', () => {
  const child = start('cat');
  expect(childTransport(child).description).toBe(`stdio of cat (pid ${child.pid})`);
});

describe('the pipes', () => {
  it('must be there', () => {
    const child = spawn('cat', { stdio: ['pipe', 'inherit', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(() => childTransport(child)).toThrow(TypeError);
    expect(() => childTransport(child)).toThrow("expected open pipes, spawn it with stdio: ['pipe', 'pipe', …]");
  });

  it('must be open', async () => {
    const child = start('true');
    child.stdout?.resume();
    child.stderr?.resume();
    await once(child, 'close');
    await until(() => child.stdin?.destroyed === true);
    expect(() => childTransport(child)).toThrow('expected open pipes');
  });
});
