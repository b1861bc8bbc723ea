import { fc, test } from '@fast-check/vitest';
import { faulty } from '@qmp/protocol/testing';
import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect } from 'vitest';

import { eventOf, everythingDelivered, ScriptedServer } from '../../client/scripted-server.test-kit.ts';
import { QmpClient } from '../../client/qmp-client.ts';
import type { AnySchema } from '../../schema/qapi-schema.ts';
import { record } from '../recording/record.ts';
import { replay } from './replay.ts';

/** What a client does in a session: waves of commands, each given when the wave before has been answered. */
type Waves = readonly (readonly { readonly command: string; readonly oob: boolean }[])[];

const waves: fc.Arbitrary<Waves> = fc.array(
  fc.array(fc.record({ command: fc.constantFrom('a', 'b', 'c'), oob: fc.boolean() }), { minLength: 1, maxLength: 5 }),
  { minLength: 1, maxLength: 5 },
);

/** Gives the commands, and tells all that was seen, in order. */
async function follow(client: QmpClient<AnySchema>, script: Waves): Promise<unknown[]> {
  const seen: unknown[] = [];
  client.events.on('TICK', ({ data }) => seen.push(data));
  for (const [wave, commands] of script.entries()) {
    await Promise.all(
      commands.map(({ command, oob }, index) =>
        client.executeRaw(command, { wave, index }, { oob }).then(
          (value) => seen.push(value),
          (error: Error) => seen.push(error.message),
        ),
      ),
    );
  }
  return seen;
}

/** Answers in an order that depends on `turn`, with events in between, until the client is gone. */
async function serve(server: ScriptedServer, turn: (most: number) => number): Promise<void> {
  let ticks = 0;
  for (;;) {
    const atHand: JsonObject[] = [await server.request()];
    await everythingDelivered();
    while (server.requests.unread > 0) atHand.push(await server.request());
    while (atHand.length > 0) {
      const [request] = atHand.splice(turn(atHand.length), 1);
      const { arguments: args, id } = request ?? {};
      const reply = turn(4) === 0 ? { error: { class: 'GenericError', desc: 'no' } } : { return: args };
      for (let events = turn(3); events > 0; events -= 1) server.send(eventOf('TICK', { n: (ticks += 1) }));
      server.send({ ...reply, id });
    }
  }
}

describe('whatever a session was like, and however its bytes were cut', () => {
  test.prop([waves, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), fc.integer()], { numRuns: 60 })(
    'its replay shows the same client the same',
    async (script, turns, seed) => {
      let turn = 0;
      const server = new ScriptedServer();
      const lines: string[] = [];
      const recorded = record(faulty(server.transport, { seed, rates: { chunk: 0.05 } }), {
        write: (text) => lines.push(text),
      });
      const client = new QmpClient<AnySchema>();
      const connecting = client.connect(recorded);
      server.send({
        QMP: { version: { qemu: { major: 11, minor: 1, micro: 3 }, package: '' }, capabilities: ['oob'] },
      });
      await server.answer();
      await connecting;
      const served = serve(server, (most) => (turns[turn++ % turns.length] ?? 0) % most).catch(() => 'the client left');
      const seen = await follow(client, script);
      await client.disconnect();
      await served;

      const recording = replay(lines);
      const again = await QmpClient.connect<AnySchema>(faulty(recording.transport(), { seed, rates: { chunk: 0.05 } }));
      expect(await follow(again, script)).toEqual(seen);
      await again.disconnect();
      await recording.finished();
    },
    60_000,
  );
});
