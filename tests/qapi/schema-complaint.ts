import type { JsonObject } from '@qmp/protocol/codecs';
import type { ValidationIssue } from '@qmp/qapi';
import { ExecuteError, type QmpClient } from 'qmp';

/**
 * A member that no command has. QEMU looks at it last and refuses it: where it complains about nothing else, it has
 * taken all else. And nothing is ever executed.
 */
const MARKER = 'zz-no-such-member';

/** What QEMU says of arguments that do not fit its schema, in all its versions. */
const COMPLAINTS = [
  /^Parameter '(?<path>.*)' is (?:missing|unexpected)$/,
  /^Invalid parameter type for '(?<path>.*)', expected: /,
  /^Parameter '(?<path>.*)' does not accept value /,
  /^Parameter '(?<path>.*)' expects /,
  /^Invalid parameter '(?<value>.*)'$/,
];

/** What QEMU says of a command that cannot succeed. */
export async function complaintOf(client: QmpClient, command: string, args: JsonObject): Promise<string> {
  const outcome = await client.executeRaw(command, { ...args, [MARKER]: 1 }).catch((error: unknown) => error);
  if (outcome instanceof ExecuteError) return outcome.description;
  throw new Error(`${command} ${JSON.stringify(args)} was not refused`, { cause: outcome });
}

/** Whether QEMU complains about one of the issues, or about nothing where there is none. */
export function agrees(complaint: string, issues: readonly ValidationIssue[]): boolean {
  const named = COMPLAINTS.map((pattern) => pattern.exec(complaint)?.groups).find((groups) => groups !== undefined);
  if (named === undefined) return false;
  const { path, value } = named;
  // Of several unexpected members QEMU names any.
  if (path === MARKER) return issues.every((issue) => issue.kind === 'unexpected' && !/[.[]/.test(issue.path));
  // Before 6.2 it names a value that an enum does not have; ranges and values only with the member's own name.
  if (value !== undefined) return issues.some((issue) => issue.found === JSON.stringify(value) || issue.path === value);
  // An item of an array has no name of its own; QEMU calls it so.
  if (path === 'null') return issues.some((issue) => issue.path.endsWith(']'));
  return issues.some((issue) => issue.path === path || issue.path.endsWith(`.${path}`));
}
