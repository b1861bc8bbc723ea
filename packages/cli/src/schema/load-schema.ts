import type { CallOptions } from '@qmp/protocol';
import type { QapiModel, SchemaOptions } from '@qmp/qapi';

import type { TlsWords } from '../arguments/tls-words.ts';
import type { SchemaSource } from './schema-source.ts';
import { titleOf } from './shipped-schemas.ts';

/** A schema, and where it is from. */
export interface LoadedSchema {
  readonly model: QapiModel;
  /** Such as `QEMU 11.1.3 at /run/vm.sock`. */
  readonly title: string;
}

/** How a schema is loaded. */
export interface LoadOptions extends CallOptions, SchemaOptions {
  /** For a QEMU that runs. */
  readonly tls: TlsWords;
}

/**
 * Loads a schema from where it is.
 *
 * @throws UsageError for an address that cannot be used; SchemaError for a source that is none; otherwise as
 *   `QmpClient.connect` and `QmpClient.execute`.
 */
export async function loadSchema(
  source: SchemaSource,
  { tls, documentation, ...call }: LoadOptions,
): Promise<LoadedSchema> {
  switch (source.kind) {
    case 'shipped':
      return { model: await source.schema.load(), title: titleOf(source.schema) };
    case 'tree': {
      const { readSchema } = await import('@qmp/qapi/node');
      return { model: await readSchema(source.path, { documentation }), title: source.path };
    }
    case 'live': {
      const { askSchema } = await import('./ask-schema.ts');
      return await askSchema(source.target, tls, call);
    }
  }
}
