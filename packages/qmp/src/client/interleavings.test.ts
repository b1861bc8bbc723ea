import { fc, test } from '@fast-check/vitest';
import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect } from 'vitest';
import { eventOf, everythingDelivered, ScriptedServer } from './scripted-server.test-kit.ts';
import { QmpClient } from './qmp-client.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';

interface Command {
  readonly fate: 'returns' | 'fails' | 'is given up';
  readonly band: 'in' | 'out';
}

interface Script {
  readonly commands: readonly Command[];
  /** For each turn of the server: which of the requests at hand it answers, after how many events. */
  readonly turns: readonly { readonly pick: number; readonly events: number }[];
  readonly chunkSizes: readonly number[];
  readonly oob: boolean;
}

const script: fc.Arbitrary<Script> = fc.record({
  commands: fc.array(
    fc.record({
      fate: fc.constantFrom('returns', 'fails', 'is given up'),
      band: fc.constantFrom('in', 'in', 'in', 'out'),
    }),
    { minLength: 1, maxLength: 25 },
  ),
  turns: fc.array(fc.record({ pick: fc.nat(), events: fc.nat(3) }), { minLength: 1, maxLength: 10 }),
  chunkSizes: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 10 }),
  oob: fc.boolean(),
});

describe('whatever the order of replies and events, and however the bytes are cut', () => {
  test.prop([script], { numRuns: 150 })(
    'each caller gets its own answer, events come in order, late replies are dropped',
    async ({ commands, turns, chunkSizes, oob }) => {
      let chunks = 0;
      const server = new ScriptedServer({ chunkBytes: () => chunkSizes[chunks++ % chunkSizes.length] ?? 1 });
      const client = new QmpClient<AnySchema>();
      await server.welcome(client, ...(oob ? ['oob'] : []));

      const stream = client.events.of('TICK');
      const givenUp = new AbortController();
      const outcomes = commands.map(({ fate, band }, n) =>
        client
          .executeRaw('x', { n }, { oob: band === 'out', signal: fate === 'is given up' ? givenUp.signal : undefined })
          .then(
            (value) => ({ value }),
            (error: unknown) => ({ error: error instanceof Error ? error.message : error }),
          ),
      );

      let ticks = 0;
      let answered = 0;
      let turn = 0;
      const atHand: JsonObject[] = [await server.request()];
      givenUp.abort('given up');
      for (;;) {
        while (server.requests.unread > 0) atHand.push(await server.request());
        const { pick, events } = turns[turn++ % turns.length] ?? { pick: 0, events: 0 };
        const [request] = atHand.splice(pick % atHand.length, 1);
        if (request === undefined) break;
        const { n } = request['arguments'] as { n: number };
        const reply =
          commands[n]?.fate === 'fails' ? { error: { class: 'GenericError', desc: `no ${n}` } } : { return: n };
        server.send(...Array.from({ length: events }, () => eventOf('TICK', { n: ticks++ })), {
          ...reply,
          id: request['id'],
        });
        answered += 1;
        if (atHand.length === 0) await everythingDelivered();
      }

      const late = answered - commands.filter(({ fate }) => fate !== 'is given up').length;
      expect(await Promise.all(outcomes)).toEqual(
        commands.map(({ fate }, n) => {
          if (fate === 'returns') return { value: n };
          if (fate === 'fails') return { error: `x: no ${n}` };
          return { error: 'given up' };
        }),
      );
      expect(client.droppedReplies).toBe(late);
      await client.disconnect();
      const seen: unknown[] = [];
      for await (const { data } of stream) seen.push(data?.['n']);
      expect(seen).toEqual(Array.from({ length: ticks }, (_, n) => n));
    },
  );
});
