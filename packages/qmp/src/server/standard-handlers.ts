import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { QapiModel } from '@qmp/qapi';

import type { VersionInfo } from '../schema/qapi-schema.ts';
import type { AnyHandler } from './dispatcher.ts';
import { introspect } from './model/introspect.ts';

/** What a server says of itself without being told how. */
export function standardHandlers(
  version: VersionInfo,
  model: QapiModel | undefined,
  commandNames: () => Iterable<string>,
): readonly (readonly [command: string, handler: AnyHandler])[] {
  const listed = (): JsonValue =>
    [...(model?.commands.keys() ?? ['qmp_capabilities', ...commandNames()])].map((name) => ({ name }));
  const common: [string, AnyHandler][] = [
    ['query-version', () => version],
    ['query-commands', listed],
  ];
  if (model === undefined) return common;
  let schema: readonly JsonObject[] | undefined;
  return [...common, ['query-qmp-schema', () => (schema ??= introspect(model))]];
}
