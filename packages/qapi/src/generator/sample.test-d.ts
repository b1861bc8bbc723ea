import { expectTypeOf } from 'vitest';
import type { Empty, Int64, JsonValue, Unlisted } from './basic-types.test-kit.ts';
import type {
  Colour,
  ColourTray,
  GetArguments,
  Job,
  JobCopy,
  JobOutput,
  Level,
  LevelOutput,
  Outer,
  PrintArguments,
  Printer,
  TrayAddArguments,
} from './sample.test-golden.gen.ts';

// Compiled, never run.

type Commands = Printer['commands'];
type Events = Printer['events'];

// One entry for each, by its wire name.
expectTypeOf<keyof Commands>().toEqualTypeOf<'print' | 'outer_add' | 'query-trays' | 'tray-add' | 'reset' | 'get'>();
expectTypeOf<keyof Events>().toEqualTypeOf<'JOB_DONE' | 'JOB_CHANGED' | 'PAPER_OUT'>();
expectTypeOf<Commands['print']>().toEqualTypeOf<{ readonly arguments: PrintArguments; readonly returns: JobOutput }>();
expectTypeOf<Commands['query-trays']['arguments']>().toEqualTypeOf<undefined>();
expectTypeOf<Commands['query-trays']['returns']>().toEqualTypeOf<readonly ColourTray[]>();
expectTypeOf<Commands['get']['returns']>().toEqualTypeOf<JsonValue>();
expectTypeOf<Commands['reset']['returns']>().toEqualTypeOf<Empty>();
expectTypeOf<Events['PAPER_OUT']>().toEqualTypeOf<undefined>();

// Required, optional, and as wide as it is.
expectTypeOf<PrintArguments>().toExtend<{
  readonly level?: Level | undefined;
  readonly 'x-size'?: number | undefined;
}>();
expectTypeOf<{ tray: 'upper' }>().toExtend<PrintArguments>();
expectTypeOf<GetArguments>().toEqualTypeOf<{ readonly path: string }>();
expectTypeOf<JobCopy['copies']>().toEqualTypeOf<Int64>();
expectTypeOf<ColourTray['sheets']>().toEqualTypeOf<number | undefined>();
// @ts-expect-error it has no members
export const nothing: Commands['reset']['arguments'] = { a: 1 };

// What is sent is exact, what is received is open.
expectTypeOf<Level>().toEqualTypeOf<'low' | 'high' | 'x-dry'>();
expectTypeOf<string>().toExtend<LevelOutput>();
expectTypeOf<string>().toExtend<Colour>();
expectTypeOf<Job['kind']>().toEqualTypeOf<'copy' | 'scan-all' | 'idle'>();
expectTypeOf<JobOutput['kind']>().toEqualTypeOf<'copy' | 'scan-all' | 'idle' | Unlisted>();
expectTypeOf<Extract<JobOutput, { kind: 'copy' }>['copies']>().toEqualTypeOf<Int64>();

// A branch is all that it consists of, whichever union it comes from.
export const outer: Outer = { type: 'job', kind: 'copy', id: 'a', copies: 1n, from: { kind: 'idle', id: 'b' } };
// @ts-expect-error `copies` is missing
export const incomplete: Outer = { type: 'job', kind: 'copy', id: 'a' };
// @ts-expect-error `copies` belongs to another branch
export const mixed: Outer = { type: 'job', kind: 'scan-all', id: 'a', copies: 1 };

// Further members, beside those that are known.
export const further: TrayAddArguments = { name: { str: 'a' }, colour: 'red', size: 4n };
// @ts-expect-error `name` is missing
export const nameless: TrayAddArguments = { colour: 'red' };
