import { type Transport } from '@qmp/protocol';
import { Deferred } from '@qmp/protocol/wait';
import { transportPair } from '@qmp/protocol/testing';
import { describe, expect, it } from 'vitest';

import { lastByteApart } from './last-byte-apart.ts';

/** A link that keeps what it is given, write by write; each write takes until it is settled. */
class SlowLink implements Transport {
  readonly description = 'tls:vm.example:4444';
  readonly framing: 'records' | undefined;
  readonly readable = transportPair()[0].readable;
  readonly log: string[] = [];
  readonly writes: Deferred<void>[] = [];

  constructor(framing: 'records' | undefined) {
    this.framing = framing;
  }

  write(chunk: Uint8Array): Promise<void> {
    this.log.push(new TextDecoder().decode(chunk));
    const write = new Deferred<void>();
    this.writes.push(write);
    return write.promise;
  }

  close(): Promise<void> {
    this.log.push('close');
    return Promise.resolve();
  }

  abort(reason?: unknown): void {
    this.log.push(`abort: ${String(reason)}`);
  }

  /** Takes what was written last, and lets what waits for that go on. */
  async takeLast(): Promise<void> {
    await nextTurn();
    this.writes.at(-1)?.resolve();
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('lastByteApart', () => {
  it('leaves a link alone that does not pack what is written', () => {
    const link = new SlowLink(undefined);
    expect(lastByteApart(link)).toBe(link);
  });

  it('passes on what it does not change', () => {
    const link = new SlowLink('records');
    const transport = lastByteApart(link);
    expect(transport).toMatchObject({ description: link.description, framing: 'records' });
    expect(transport.readable).toBe(link.readable);
    transport.abort('enough');
    expect(link.log).toEqual(['abort: enough']);
  });

  it('writes the last byte when all the others have left, and is done when that has left, too', async () => {
    const link = new SlowLink('records');
    const written = Promise.resolve(lastByteApart(link).write(bytes('{"execute":1}'))).then(() =>
      link.log.push('done'),
    );
    await link.takeLast();
    await link.takeLast();
    await written;
    expect(link.log).toEqual(['{"execute":1', '}', 'done']);
  });

  it('writes a single byte as it is', async () => {
    const link = new SlowLink('records');
    const written = lastByteApart(link).write(bytes('}'));
    await link.takeLast();
    await written;
    expect(link.log).toEqual(['}']);
  });

  it('keeps the order of writes that nobody waits for, and closes behind them', async () => {
    const link = new SlowLink('records');
    const transport = lastByteApart(link);
    const all = [transport.write(bytes('abc')), transport.write(bytes('def')), transport.close()].map(
      async (one) => await one,
    );
    for (let turn = 0; turn < 5; turn += 1) await link.takeLast();
    await Promise.all(all);
    expect(link.log).toEqual(['ab', 'c', 'de', 'f', 'close']);
  });

  it('rejects with what has kept a write from leaving, and still closes', async () => {
    const link = new SlowLink('records');
    const transport = lastByteApart(link);
    const broken = new Error('the link broke');
    const written = transport.write(bytes('abc'));
    const closed = transport.close();
    await nextTurn();
    link.writes[0]?.reject(broken);
    await expect(written).rejects.toBe(broken);
    await closed;
    expect(link.log).toEqual(['ab', 'close']);
  });
});
