import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fc } from '@fast-check/vitest';
import { QapiModel } from '@qmp/qapi';
import { expect, it } from 'vitest';

import { LineClient, newServer } from './server.test-kit.ts';

/** A long run: `QMP_FUZZ_INPUTS=1000000 npx vitest run --project unit packages/qmp/src/server/qmp-server.fuzz.test.ts`. */
const INPUTS = Number(process.env['QMP_FUZZ_INPUTS'] ?? 5_000);
const BATCH = 50;
/** What a run may leave behind, however long it is. */
const MOST_GROWTH_BYTES = 16e6;

const model = new QapiModel([
  { kind: 'command', name: 'resize', arguments: 'Options', returns: 'str' },
  { kind: 'command', name: 'yank', allowOob: true },
  {
    kind: 'object',
    name: 'Options',
    members: [
      { name: 'kind', type: 'Kind' },
      { name: 'size', type: 'uint8', optional: true },
      { name: 'next', type: 'Ref', optional: true },
    ],
    tag: 'kind',
    branches: [{ value: 'file', type: 'File' }],
  },
  { kind: 'object', name: 'File', members: [{ name: 'names', type: ['str'] }] },
  { kind: 'enum', name: 'Kind', values: [{ name: 'file' }, { name: 'none' }] },
  { kind: 'alternate', name: 'Ref', alternatives: [{ type: 'str' }, { type: 'Options' }, { type: 'null' }] },
]);

const COMMANDS = [
  '{"execute":"query-version","id":1}',
  '{"execute":"resize","arguments":{"kind":"file","names":["a","\xc3\xa9"],"next":{"kind":"none","size":200}}}',
  '{"execute":"resize","arguments":{"kind":"none","next":null},"id":{"a":[1.0,1e400,18446744073709551615]}}',
  '{"exec-oob":"yank","id":"\\ud83d\\ude00"}',
  "{'execute':'qmp_capabilities'}",
];

const tokens = fc.array(
  fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      "'",
      '\\',
      ' ',
      '\n',
      '\xff',
      '\0',
      '-',
      '.',
      '"execute"',
      '"id"',
    ),
    fc.constantFrom(
      '"resize"',
      '"arguments"',
      '"exec-oob"',
      '{"kind":"file"}',
      '1e5',
      'true',
      'null',
      'x',
      '\\u00',
      '01',
    ),
  ),
  { minLength: 1, maxLength: 30 },
);

/** A command with some of its bytes changed, taken out, or doubled. */
const mutated = fc
  .tuple(fc.constantFrom(...COMMANDS), fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(2)), { maxLength: 4 }))
  .map(([command, changes]) => {
    let text = command;
    for (const [where, byte, length] of changes) {
      const at = where % (text.length + 1);
      text = text.slice(0, at) + (byte === 0 ? text.slice(0, at) : String.fromCharCode(byte)) + text.slice(at + length);
    }
    return text;
  });

const input = fc.oneof(
  { weight: 3, arbitrary: mutated },
  { weight: 2, arbitrary: tokens.map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => String.fromCharCode(...bytes)) },
);

/** What the heap holds when there is nothing left to collect; `undefined` where nobody can ask for that. */
function heapBytes(): number | undefined {
  try {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
  } catch {
    return undefined;
  }
  return process.memoryUsage().heapUsed;
}

it(`no input of ${INPUTS} stops a server, or makes it grow`, { timeout: 60_000 + INPUTS }, async () => {
  const server = newServer({ model, fallback: (args) => (args['kind'] === 'none' ? 'x' : {}) });
  let chunkBytes = 1;
  const client = await LineClient.negotiated(server, ['oob'], { chunkBytes: () => chunkBytes });
  let fences = 0;
  const runBatch = async (inputs: readonly string[], size: number): Promise<void> => {
    chunkBytes = size;
    fences += 1;
    // Whatever came before, this byte ends it.
    client.send(`${inputs.join('')}\xff{"execute":"query-version","id":"fence ${fences}"}`);
    const most = inputs.join('').length + 2;
    for (let lines = 0; ; lines++) {
      expect(lines).toBeLessThan(most);
      const line = await client.line();
      if (line?.includes(`"id": "fence ${fences}"`) === true) return;
      expect(line).toMatch(/^\{"(return|error|id)": .*\}$/);
    }
  };
  const batch = fc.asyncProperty(
    fc.array(input, { minLength: BATCH, maxLength: BATCH }),
    fc.constantFrom(1, 2, 3, 7, 64, 100_000),
    runBatch,
  );
  const warmUp = Math.ceil(INPUTS / BATCH / 10);
  await fc.assert(batch, { numRuns: warmUp });
  const before = heapBytes();
  await fc.assert(batch, { numRuns: Math.ceil(INPUTS / BATCH) });
  const after = heapBytes();
  expect((after ?? 0) - (before ?? 0)).toBeLessThan(MOST_GROWTH_BYTES);
  expect(server.clients.size).toBe(1);
});
