import { join } from 'node:path';
import { readIntrospection } from '@qmp/qapi';
import { QmpClient, type VersionInfo } from 'qmp';
import { QmpServer } from 'qmp/server';
import { describe, expect, inject, it, onTestFinished } from 'vitest';

import type { TestedVersion } from '../qemu/describe-versions.ts';
import { connect, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { canonicalLine } from './canonical-line.ts';
import { corpusServer } from './corpus/corpus-server.ts';
import { differentEntries } from './corpus/different-entries.ts';
import type { CorpusEntry } from './corpus/entry.ts';
import { invalidEntries } from './corpus/invalid-entries.ts';
import { validEntries } from './corpus/valid-entries.ts';
import { RawClient } from './raw-client.ts';

/** The QEMU that our server takes after. */
const VERSION = '11.1';
const qemu = inject('testedQemu').find((tested): tested is TestedVersion<'qemu'> => {
  return tested.version === VERSION && tested.qemu !== undefined;
});
const isThere = qemu !== undefined;

/** After this byte a server is ready for a message, whatever came before; it may complain about it. */
const FENCE = '\xff{"execute":"query-name","id":"the fence"}';

/** Two servers, at UNIX sockets. */
interface Servers {
  readonly real: string;
  readonly ours: string;
}

/** A QEMU, and a double of it. */
async function startBoth(): Promise<Servers> {
  const real = startQemu(qemu as TestedVersion<'qemu'>).address.replace('unix:', '');
  const server = await corpusServer(await versionOf(real));
  onTestFinished(() => server.close());
  const ours = join(temporaryFolder(), 'qmp');
  await server.listen(ours);
  return { real, ours };
}

async function versionOf(path: string): Promise<VersionInfo> {
  const client = await RawClient.connect(path);
  const line = await client.line();
  client.close();
  return (JSON.parse(String(line)) as { QMP: { version: VersionInfo } }).QMP.version;
}

/** All that a server says to an input, with the members of its objects sorted. */
async function answersOf(path: string, { input, enable }: CorpusEntry): Promise<string[]> {
  const client = await RawClient.connect(path);
  const greeting = await client.line();
  if (enable !== undefined) {
    client.write(`{"execute":"qmp_capabilities","arguments":{"enable":[${enable === 'oob' ? '"oob"' : ''}]}}`);
  }
  client.write(Buffer.from(input + FENCE, 'latin1'));
  const lines = await client.linesBefore('the fence');
  client.close();
  return [String(greeting), ...lines].map(canonicalLine);
}

async function compare(
  { real, ours }: Servers,
  entry: CorpusEntry,
): Promise<{ readonly input: string; readonly expected: string[]; readonly actual: string[] }> {
  const [expected, actual] = await Promise.all([answersOf(real, entry), answersOf(ours, entry)]);
  return { input: entry.input, expected, actual };
}

describe.skipIf(!isThere)(
  `the server answers as QEMU ${VERSION}${isThere ? '' : ' (left out: it is not there)'}`,
  () => {
    it.each([
      ['valid', validEntries],
      ['invalid', invalidEntries],
    ])('byte for byte, to %s input', { timeout: 300_000 }, async (_, corpus) => {
      expect(corpus.length).toBeGreaterThanOrEqual(200);
      const servers = await startBoth();
      for (const entry of corpus) {
        const { input, expected, actual } = await compare(servers, entry);
        expect({ input, answers: actual }).toEqual({ input, answers: expected });
      }
    });

    it('but for differences that are known, and still there', async () => {
      const servers = await startBoth();
      for (const [reason, entries] of differentEntries) {
        for (const entry of entries) {
          const { expected, actual } = await compare(servers, entry);
          expect({ reason, answers: actual }).not.toEqual({ reason, answers: expected });
        }
      }
    });

    it('one member a line, where it is to be pretty', async () => {
      const path = join(temporaryFolder(), 'pretty');
      const monitor = [
        '-chardev',
        `socket,id=p,path=${path},server=on,wait=off`,
        '-mon',
        'chardev=p,mode=control,pretty=on',
      ];
      const real = startQemu(qemu as TestedVersion<'qemu'>, monitor);
      const version = await versionOf(real.address.replace('unix:', ''));
      const server = new QmpServer({ version, pretty: true });
      onTestFinished(() => server.close());
      const ours = join(temporaryFolder(), 'qmp');
      await server.listen(ours);
      const input =
        '{"execute":"qmp_capabilities"}{"execute":"query-version","id":{"a":[{},[]]}}{"execute":foo}' +
        '{"execute":"query-version","id":"the fence"}';
      const [expected, actual] = await Promise.all(
        [path, ours].map(async (each) => {
          const client = await RawClient.connect(each);
          client.write(input);
          const lines = await client.linesBefore('the fence');
          client.close();
          return lines;
        }),
      );
      expect(actual).toEqual(expected);
    });

    it('in the schema that it gives out: what is read of it is what was read of QEMU', async () => {
      const real = await connect(startQemu(qemu as TestedVersion<'qemu'>));
      const reply = await real.executeRaw('query-qmp-schema');
      const model = readIntrospection(reply);
      const server = new QmpServer({ model });
      onTestFinished(() => server.close());
      const ours = await QmpClient.connect(await server.listen(join(temporaryFolder(), 'qmp')));
      onTestFinished(() => ours.abort());
      const answer = await ours.executeRaw('query-qmp-schema');
      expect(readIntrospection(answer).definitions).toEqual(model.definitions);
      const names = (await ours.executeRaw('query-commands')) as readonly { readonly name: string }[];
      const realNames = (await real.executeRaw('query-commands')) as readonly { readonly name: string }[];
      expect(names.map(({ name }) => name).sort()).toEqual(realNames.map(({ name }) => name).sort());
    });
  },
);
