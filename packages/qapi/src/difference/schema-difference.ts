import type { Condition } from '../model/definition.ts';

/** What can happen to a part of a schema. */
export type DifferenceKind =
  | 'command added'
  | 'command removed'
  | 'event added'
  | 'event removed'
  | 'member added'
  | 'member removed'
  | 'member became optional'
  | 'member became required'
  | 'value added'
  | 'value removed'
  | 'branch added'
  | 'branch removed'
  | 'alternative added'
  | 'alternative removed'
  | 'type changed'
  | 'deprecated'
  | 'no longer deprecated'
  | 'unstable'
  | 'no longer unstable'
  | 'feature added'
  | 'feature removed'
  | 'out-of-band allowed'
  | 'out-of-band refused';

/** One difference between two schemas, in one place. */
export interface SchemaDifference {
  /**
   * Where it is on the wire: `blockdev-backup.arguments.x-perf`, `query-block.returns[].inserted`, the value of an enum as
   * `set-action.arguments.reboot=shutdown`, a member of a branch as `blockdev-add.arguments(driver=qcow2).backing`. What
   * is in a type that many use is told once, at the shortest of its uses.
   */
  readonly path: string;
  readonly kind: DifferenceKind;
  /** What was there, such as `optional str`; undefined for what is new. */
  readonly before: string | undefined;
  /** What is there; undefined for what is gone. */
  readonly after: string | undefined;
  /** Whether clients that were made for the one go on working with the other, as far as the schema says. */
  readonly isCompatible: boolean;
  /** When what was added or removed is built in, for schemas that were read from source. */
  readonly condition: Condition | undefined;
  /** All commands and events that it is about. */
  readonly users: readonly string[];
}

/** Which way a type goes over the wire: from the client to the server, or back. */
export type Direction = 'in' | 'out';
