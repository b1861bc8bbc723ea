import type { JsonObject } from '@qmp/protocol/codecs';
import type { ObjectType, QapiType } from '@qmp/qapi';

import type { WireObject } from '../codec/wire-value.ts';
import { CommandError } from '../command-error.ts';
import { ArgumentChecker } from '../model/argument-checker.ts';

const CAPABILITY: QapiType = { kind: 'enum', name: 'QMPCapability', values: new Map([['oob', { name: 'oob' }]]) };

/** What `qmp_capabilities` takes, whatever else a server knows. */
const ARGUMENTS: ObjectType = {
  kind: 'object',
  name: undefined,
  base: undefined,
  members: new Map([['enable', { name: 'enable', type: { kind: 'array', element: CAPABILITY }, isOptional: true }]]),
  tag: undefined,
  branches: new Map(),
};

const checker = new ArgumentChecker(false);

/**
 * What a client enables with `qmp_capabilities`.
 *
 * @param offers what it may enable.
 * @throws CommandError, with QEMU's text.
 */
export function negotiate(args: WireObject, offers: readonly string[], hasNegotiated: boolean): readonly string[] {
  const fault = checker.check(args, ARGUMENTS);
  if (fault !== undefined) throw new CommandError('GenericError', fault);
  if (hasNegotiated) {
    throw new CommandError('CommandNotFound', 'Capabilities negotiation is already complete, command ignored');
  }
  // What it is has just been checked.
  const { enable = [] } = args as JsonObject as { readonly enable?: readonly string[] };
  const enabled = [...new Set(enable)];
  const missing = enabled.find((capability) => !offers.includes(capability));
  if (missing !== undefined) throw new CommandError('GenericError', `Capability ${missing} not available`);
  return enabled;
}
