import type { QapiModel } from '../model/qapi-model.ts';
import type { ObjectType } from '../model/qapi-type.ts';
import { closestName } from './closest-name.ts';
import { describeValue } from './describe-value.ts';
import { makeIssue, type ValidationIssue } from './validation-issue.ts';
import { ValueChecker } from './value-checker.ts';

/** What a command without arguments takes, and an event without data carries. */
const NOTHING: ObjectType = {
  kind: 'object',
  name: undefined,
  base: undefined,
  members: new Map(),
  tag: undefined,
  branches: new Map(),
};

/**
 * What is wrong with the arguments of a command, before QEMU says it: what is missing or unexpected, of the wrong type
 * or out of range, with its path. Nothing where QEMU takes them as far as its schema goes.
 *
 * ```ts
 * validate(model, 'block_resize', { device: 'disk', sise: 1024 });
 * // sise is unexpected …; did you mean "size"?, size is missing …
 * ```
 *
 * Members of the value that are `undefined` count as absent, as they do when it is sent.
 */
export function validate(model: QapiModel, command: string, args: unknown = {}): readonly ValidationIssue[] {
  const known = model.command(command);
  if (known === undefined) return [unknown('command', command, model.commands.keys())];
  const checker = new ValueChecker('exact', model);
  checker.checkObject(args, known.arguments ?? NOTHING, known.definition.open === true ? 'open' : 'exact');
  return checker.issues;
}

/**
 * What is wrong with what a command returned. New members, and new values of enums, are right: they are how QEMU grows.
 */
export function validateReturn(model: QapiModel, command: string, value: unknown): readonly ValidationIssue[] {
  const known = model.command(command);
  if (known === undefined) return [unknown('command', command, model.commands.keys())];
  const checker = new ValueChecker('open', model);
  checker.check(value, known.returns ?? NOTHING);
  return checker.issues;
}

/** What is wrong with the data of an event, read as {@link validateReturn} reads. */
export function validateEvent(model: QapiModel, event: string, data: unknown = {}): readonly ValidationIssue[] {
  const known = model.event(event);
  if (known === undefined) return [unknown('event', event, model.events.keys())];
  const checker = new ValueChecker('open', model);
  checker.check(data, known.data ?? NOTHING);
  return checker.issues;
}

function unknown(what: 'command' | 'event', name: string, names: Iterable<string>): ValidationIssue {
  const didYouMean = closestName(name, names);
  return makeIssue({
    path: '',
    kind: 'unknown',
    expected: `the name of ${what === 'event' ? 'an' : 'a'} ${what}`,
    found: describeValue(name),
    didYouMean,
  });
}
