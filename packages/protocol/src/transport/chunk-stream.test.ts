import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { ChunkStream, type ChunkSource } from './chunk-stream.ts';

const KIB = 1024;

/** Writes down what the stream asks of its source. */
class RecordingSource implements ChunkSource {
  readonly calls: string[] = [];

  pause(): void {
    this.calls.push('pause');
  }

  resume(): void {
    this.calls.push('resume');
  }
}

function makeStream(): { stream: ChunkStream; source: RecordingSource } {
  const source = new RecordingSource();
  return { stream: new ChunkStream(source), source };
}

async function readAll(stream: ChunkStream): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('reading', () => {
  it('gives chunks that came before the reader, in their order', async () => {
    const { stream } = makeStream();
    stream.push(Uint8Array.of(1));
    stream.push(Uint8Array.of(2));
    stream.push(Uint8Array.of(3));
    stream.end();
    expect(await readAll(stream)).toEqual([Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]);
  });

  it('hands a chunk straight to a reader who waits, and keeps none of it', async () => {
    const { stream, source } = makeStream();
    const chunk = new Uint8Array(512 * KIB);
    const next = stream[Symbol.asyncIterator]().next();
    stream.push(chunk);
    const result = await next;
    expect(result.value).toBe(chunk);
    expect(source.calls).toEqual([]);
  });

  it('lets a reader wait again and again', async () => {
    const { stream } = makeStream();
    const iterator = stream[Symbol.asyncIterator]();
    for (const byte of [1, 2, 3]) {
      const next = iterator.next();
      stream.push(Uint8Array.of(byte));
      expect(await next).toEqual({ value: Uint8Array.of(byte), done: false });
    }
  });

  it('goes on after its list of unread chunks has become empty', async () => {
    const { stream } = makeStream();
    const iterator = stream[Symbol.asyncIterator]();
    stream.push(Uint8Array.of(1));
    expect((await iterator.next()).value).toEqual(Uint8Array.of(1));
    stream.push(Uint8Array.of(2));
    stream.push(Uint8Array.of(3));
    expect((await iterator.next()).value).toEqual(Uint8Array.of(2));
    expect((await iterator.next()).value).toEqual(Uint8Array.of(3));
  });

  it('goes on in a second loop where the first iterator stood', async () => {
    const { stream } = makeStream();
    stream.push(Uint8Array.of(1));
    stream.push(Uint8Array.of(2));
    stream.end();
    await stream[Symbol.asyncIterator]().next();
    expect(await readAll(stream)).toEqual([Uint8Array.of(2)]);
  });

  it('refuses a second reader while one waits, who is not disturbed', async () => {
    const { stream } = makeStream();
    const first = stream[Symbol.asyncIterator]().next();
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow(/one reader at a time/);
    stream.push(Uint8Array.of(7));
    expect((await first).value).toEqual(Uint8Array.of(7));
  });

  test.prop([fc.array(fc.uint8Array({ minLength: 1, maxLength: 40_000 }), { maxLength: 40 }), fc.array(fc.boolean())])(
    'loses, adds and reorders nothing, whoever comes first, and never leaves the source paused',
    async (chunks, readNow) => {
      const { stream, source } = makeStream();
      const iterator = stream[Symbol.asyncIterator]();
      const read: Promise<IteratorResult<Uint8Array>>[] = [];
      for (const [index, chunk] of chunks.entries()) {
        if (readNow[index] === true) read.push(iterator.next());
        stream.push(chunk);
        await read.at(-1);
      }
      stream.end();
      const early = (await Promise.all(read)).map((result) => result.value as Uint8Array);
      expect([...early, ...(await readAll(stream))]).toEqual(chunks);
      expect(source.calls.at(-1) ?? 'resume').toBe('resume');
    },
  );
});

describe('the end', () => {
  it('ends a reader who waits', async () => {
    const { stream } = makeStream();
    const next = stream[Symbol.asyncIterator]().next();
    stream.end();
    expect(await next).toEqual({ value: undefined, done: true });
  });

  it('is told to whoever asks again', async () => {
    const { stream } = makeStream();
    stream.end();
    const iterator = stream[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(true);
    expect((await iterator.next()).done).toBe(true);
  });

  it('breaks a reader who waits with the error itself', async () => {
    const { stream } = makeStream();
    const error = new Error('reset');
    const next = stream[Symbol.asyncIterator]().next();
    stream.fail(error);
    await expect(next).rejects.toBe(error);
  });

  it('comes with an error only after what is unread, and each time from then on', async () => {
    const { stream } = makeStream();
    const error = new Error('reset');
    stream.push(Uint8Array.of(1));
    stream.fail(error);
    const iterator = stream[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual(Uint8Array.of(1));
    await expect(iterator.next()).rejects.toBe(error);
    await expect(iterator.next()).rejects.toBe(error);
  });

  it('is the first of end and fail', async () => {
    const ended = makeStream().stream;
    ended.end();
    ended.fail(new Error('too late'));
    expect(await readAll(ended)).toEqual([]);

    const error = new Error('first');
    const failed = makeStream().stream;
    failed.fail(error);
    failed.end();
    failed.fail(new Error('second'));
    await expect(readAll(failed)).rejects.toBe(error);
  });

  it('makes later chunks go nowhere', async () => {
    const { stream, source } = makeStream();
    stream.end();
    stream.push(new Uint8Array(512 * KIB));
    expect(await readAll(stream)).toEqual([]);
    expect(source.calls).toEqual([]);
  });
});

describe('backpressure', () => {
  it('pauses the source once, when 256 KiB are unread', () => {
    const { stream, source } = makeStream();
    stream.push(new Uint8Array(256 * KIB - 1));
    expect(source.calls).toEqual([]);
    stream.push(new Uint8Array(1));
    stream.push(new Uint8Array(100 * KIB));
    expect(source.calls).toEqual(['pause']);
  });

  it('keeps what a paused source still pushes', async () => {
    const { stream } = makeStream();
    for (let count = 0; count < 8; count += 1) stream.push(new Uint8Array(64 * KIB));
    stream.end();
    expect(await readAll(stream)).toHaveLength(8);
  });

  it('lets the source go on, once, when the reader is down to 64 KiB', async () => {
    const { stream, source } = makeStream();
    for (let count = 0; count < 4; count += 1) stream.push(new Uint8Array(64 * KIB));
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(source.calls).toEqual(['pause']);
    await iterator.next();
    expect(source.calls).toEqual(['pause', 'resume']);
    await iterator.next();
    expect(source.calls).toEqual(['pause', 'resume']);
  });

  it('pauses again when the reader falls behind again', async () => {
    const { stream, source } = makeStream();
    const iterator = stream[Symbol.asyncIterator]();
    for (const round of [1, 2]) {
      stream.push(new Uint8Array(300 * KIB));
      await iterator.next();
      expect(source.calls).toHaveLength(2 * round);
    }
    expect(source.calls).toEqual(['pause', 'resume', 'pause', 'resume']);
  });

  it('keeps the order when the source pushes from within resume()', async () => {
    const stream: ChunkStream = new ChunkStream({
      pause: () => undefined,
      resume: () => stream.push(Uint8Array.of(3)),
    });
    stream.push(new Uint8Array(256 * KIB));
    stream.push(Uint8Array.of(2));
    const iterator = stream[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(256 * KIB);
    expect((await iterator.next()).value).toEqual(Uint8Array.of(2));
    expect((await iterator.next()).value).toEqual(Uint8Array.of(3));
  });
});

describe('a reader who leaves', () => {
  it('ends the stream for good and drops what was unread', async () => {
    const { stream } = makeStream();
    stream.push(Uint8Array.of(1));
    stream.push(Uint8Array.of(2));
    for await (const chunk of stream) {
      expect(chunk).toEqual(Uint8Array.of(1));
      break;
    }
    stream.push(Uint8Array.of(3));
    expect(await readAll(stream)).toEqual([]);
  });

  it('lets a paused source go on, so that it gets to its own end', async () => {
    const { stream, source } = makeStream();
    for (let count = 0; count < 6; count += 1) stream.push(new Uint8Array(64 * KIB));
    for await (const chunk of stream) {
      expect(chunk).toHaveLength(64 * KIB);
      break;
    }
    expect(source.calls).toEqual(['pause', 'resume']);
  });

  it('ends a wait that is under way', async () => {
    const { stream } = makeStream();
    const iterator = stream[Symbol.asyncIterator]();
    const next = iterator.next();
    expect(await iterator.return?.()).toEqual({ value: undefined, done: true });
    expect((await next).done).toBe(true);
  });

  it('does not hear of an error that came before', async () => {
    const { stream } = makeStream();
    stream.push(Uint8Array.of(1));
    stream.fail(new Error('reset'));
    for await (const chunk of stream) {
      expect(chunk).toEqual(Uint8Array.of(1));
      break;
    }
    expect(await readAll(stream)).toEqual([]);
  });
});
