import type { JsonObject } from '@qmp/protocol/codecs';
import { expectTypeOf } from 'vitest';

import type { AnySchema } from '../schema/qapi-schema.ts';
import type { CommandCall } from './command-handler.ts';
import { QmpServer } from './qmp-server.ts';

interface Schema {
  readonly commands: {
    readonly resize: {
      readonly arguments: { readonly size: number; readonly fast?: boolean };
      readonly returns: Record<string, never>;
    };
    readonly list: { readonly arguments: { readonly all?: boolean } | undefined; readonly returns: readonly string[] };
    readonly status: { readonly arguments: undefined; readonly returns: { readonly running: boolean } };
  };
  readonly events: {
    readonly STOP: undefined;
    readonly MOVED: { readonly by: number };
    readonly MAYBE: { readonly by: number } | undefined;
  };
}

// Handlers get the arguments that the schema has, an object in any case, and return what it wants.
const server: QmpServer<Schema> = new QmpServer<Schema>({
  handlers: {
    resize: (args, call) => {
      expectTypeOf(args).toEqualTypeOf<{ readonly size: number; readonly fast?: boolean }>();
      expectTypeOf(call).toEqualTypeOf<CommandCall>();
    },
    list: (args) => {
      expectTypeOf(args).toEqualTypeOf<{ readonly all?: boolean }>();
      return Promise.resolve(['a']);
    },
    status: (args) => {
      expectTypeOf(args).toEqualTypeOf<Readonly<Record<string, never>>>();
      return { running: true };
    },
  },
  fallback: (args, { command }) => {
    expectTypeOf(args).toEqualTypeOf<JsonObject>();
    expectTypeOf(command).toEqualTypeOf<string>();
  },
});

export const wrong: QmpServer<Schema> = new QmpServer<Schema>({
  handlers: {
    // @ts-expect-error -- the schema does not know it
    resise: () => {},
  },
});
// @ts-expect-error -- it has to return something
server.handle('status', () => {});
// @ts-expect-error -- of another type
server.handle('list', () => ['a', 1]);
server.handle('resize', async () => {});
server.handle('resize', () => ({}));

// Events take the data that the schema has.
server.emit('STOP');
server.emit('MOVED', { by: 1 });
server.emit('MAYBE');
server.emit('MAYBE', { by: 1 });
// @ts-expect-error -- its data is missing
server.emit('MOVED');
// @ts-expect-error -- it has none
server.emit('STOP', { by: 1 });
// @ts-expect-error -- the schema does not know it
server.emit('STOPPED');

// Without a schema of one's own it is QEMU's.
new QmpServer({
  handlers: {
    'query-status': () => ({ running: true, status: 'running' }),
    stop: () => {},
    'human-monitor-command': (args) => args['command-line'],
  },
}).emit('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });

// Or any at all.
const any: QmpServer<AnySchema> = new QmpServer<AnySchema>({ handlers: { anything: (args) => args['x'] ?? null } });
any.emit('ANYTHING', { x: 1 });
