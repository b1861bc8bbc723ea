import type { CallOptions } from '@qmp/protocol';

import type { TlsWords } from '../arguments/tls-words.ts';
import type { LoadedSchema } from './loaded-schema.ts';
import type { SchemaSource } from './schema-source.ts';

/** How a schema is loaded. */
export interface LoadOptions extends CallOptions {
  /** For one that runs. */
  readonly tls: TlsWords;
  /** Keeps the documentation, which only the source has. */
  readonly documentation?: boolean | undefined;
}

/**
 * Loads a schema from where it is.
 *
 * @throws UsageError for an address that cannot be used; SchemaError for source that is none; otherwise as
 *   `QmpClient.connect` and `QmpClient.execute`.
 */
export async function loadSchema(source: SchemaSource, options: LoadOptions): Promise<LoadedSchema> {
  switch (source.kind) {
    case 'shipped': {
      const { program, version } = source.schema;
      return { model: await source.schema.load(), program, version, place: undefined };
    }
    case 'tree': {
      const { readTree } = await import('./read-tree.ts');
      return await readTree(source.path, options);
    }
    case 'live': {
      const { askSchema } = await import('./ask-schema.ts');
      return await askSchema(source.target, options);
    }
  }
}
