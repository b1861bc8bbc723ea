import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { expectTypeOf } from 'vitest';
import type { QmpClient } from '../client/qmp-client.ts';
import type { EventStream } from '../events/events.ts';
import type { AnyEvent, AnySchema, CommandName, EventName, QmpEvent, Timestamp } from './qapi-schema.ts';

// Compiled, never run.

interface ResizeArguments {
  'node-name'?: string;
  size: number | bigint;
}
interface Commands {
  'query-status': { arguments: undefined; returns: { running: boolean } };
  block_resize: { arguments: ResizeArguments; returns: JsonObject };
  'query-blockstats': { arguments: { nodes?: boolean }; returns: readonly { device: string }[] };
}
interface EventData {
  STOP: undefined;
  SHUTDOWN: { guest: boolean; reason: string };
  RTC_CHANGE: { offset: number };
}
interface Monitor {
  commands: Commands;
  events: EventData;
}

declare const vm: QmpClient<AnySchema>;
declare const typed: QmpClient<Monitor>;
declare const signal: AbortSignal;

// With the schema that every server fits: every command, JSON in and out.
expectTypeOf(vm.execute('x-anything')).toEqualTypeOf<Promise<JsonValue>>();
expectTypeOf(vm.execute('x-anything', { deep: [1n, { a: null }] })).toEqualTypeOf<Promise<JsonValue>>();
expectTypeOf(vm.execute('x-anything', undefined, { oob: true, timeoutMs: 5, signal })).toEqualTypeOf<
  Promise<JsonValue>
>();
// @ts-expect-error a Date is no JSON
void vm.execute('x-anything', { when: new Date() });
declare const someName: string;
expectTypeOf(vm.execute(someName)).resolves.toEqualTypeOf<JsonValue>();
expectTypeOf(vm.executeRaw('x-anything')).resolves.toEqualTypeOf<JsonValue>();
expectTypeOf(vm.raw({ execute: 'x-anything' }, { assignId: false })).resolves.toEqualTypeOf<JsonObject>();

// And every event.
expectTypeOf<EventName<AnySchema>>().toEqualTypeOf<string>();
expectTypeOf(vm.events.next('X_ANYTHING')).resolves.toEqualTypeOf<QmpEvent<'X_ANYTHING'>>();
expectTypeOf(vm.events.of()).toEqualTypeOf<EventStream<AnyEvent<AnySchema>>>();
expectTypeOf<AnyEvent<AnySchema>['event']>().toEqualTypeOf<string>();
expectTypeOf<AnyEvent<AnySchema>['data']>().toEqualTypeOf<JsonObject | undefined>();
vm.events.on([], (event) => {
  expectTypeOf(event).toEqualTypeOf<AnyEvent<AnySchema>>();
});
vm.events.on(['STOP', 'RESUME'], (event) => {
  expectTypeOf(event.event).toEqualTypeOf<'STOP' | 'RESUME'>();
  expectTypeOf(event.timestamp).toEqualTypeOf<Timestamp>();
});

// With a schema of interfaces: arguments required, optional or absent, as it says.
expectTypeOf<CommandName<Monitor>>().toEqualTypeOf<'query-status' | 'block_resize' | 'query-blockstats'>();
expectTypeOf(typed.execute('query-status')).resolves.toEqualTypeOf<{ running: boolean }>();
expectTypeOf(typed.execute('query-status', undefined, { timeoutMs: 5 })).resolves.toEqualTypeOf<{ running: boolean }>();
expectTypeOf(typed.execute('block_resize', { size: 2n ** 40n })).resolves.toEqualTypeOf<JsonObject>();
expectTypeOf(typed.execute('query-blockstats')).resolves.toEqualTypeOf<readonly { device: string }[]>();
void typed.execute('query-blockstats', { nodes: true }, { signal });
// @ts-expect-error its arguments are required
void typed.execute('block_resize');
// @ts-expect-error `size` is missing
void typed.execute('block_resize', { 'node-name': 'disk0' });
// @ts-expect-error `sise` is none of its arguments
void typed.execute('block_resize', { size: 1, sise: 2 });
// @ts-expect-error it takes none
void typed.execute('query-status', { verbose: true });
// @ts-expect-error not in the schema
void typed.execute('query-version');
expectTypeOf(typed.executeRaw('query-version')).resolves.toEqualTypeOf<JsonValue>();

// With a schema: events narrow by name.
expectTypeOf(typed.events.next('SHUTDOWN')).resolves.toEqualTypeOf<QmpEvent<'SHUTDOWN', EventData['SHUTDOWN']>>();
expectTypeOf(typed.events.of('STOP', { limit: 5, signal })).toEqualTypeOf<EventStream<QmpEvent<'STOP', undefined>>>();
expectTypeOf(typed.events.next(['STOP', 'RTC_CHANGE'])).resolves.toEqualTypeOf<
  QmpEvent<'STOP', undefined> | QmpEvent<'RTC_CHANGE', { offset: number }>
>();
// @ts-expect-error not in the schema
void typed.events.next('RESUME');
// @ts-expect-error not in the schema
typed.events.of('STOP', 'RESUME');
typed.events.on('STOP', (event) => {
  expectTypeOf(event.data).toEqualTypeOf<undefined>();
});
void typed.events.next(['SHUTDOWN', 'RTC_CHANGE'], {
  where: (event) => (event.event === 'SHUTDOWN' ? event.data.guest : event.data.offset > 0),
});
async function watch(): Promise<void> {
  for await (const event of typed.events) {
    expectTypeOf(event).toEqualTypeOf<AnyEvent<Monitor>>();
    // @ts-expect-error which event it is has not been asked
    void event.data.reason;
    if (event.event === 'SHUTDOWN') expectTypeOf(event.data.reason).toEqualTypeOf<string>();
    if (event.event === 'RTC_CHANGE') expectTypeOf(event.data).toEqualTypeOf<{ offset: number }>();
  }
}
expectTypeOf(watch).returns.toEqualTypeOf<Promise<void>>();
expectTypeOf(typed.events.history).toEqualTypeOf<readonly AnyEvent<Monitor>[]>();
