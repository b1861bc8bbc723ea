import type { CallOptions } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { readIntrospection } from '@qmp/qapi';
import { type AnySchema, QmpClient } from 'qmp';

import type { Target } from '../arguments/take-address.ts';
import type { TlsWords } from '../arguments/tls-words.ts';
import { connectTo } from '../connection/connect-to.ts';
import type { LoadedSchema } from './load-schema.ts';
import { nearestSchema, titleOf } from './shipped-schemas.ts';

/** Asks a running QEMU or storage daemon for its schema; types get the names that they have in the nearest schema shipped. */
export async function askSchema(
  target: Pick<Target, 'address' | 'source'>,
  tls: TlsWords,
  options: CallOptions,
): Promise<LoadedSchema> {
  const client = new QmpClient<AnySchema>();
  try {
    await connectTo(client, target, tls, options);
    const reply = await client.executeRaw('query-qmp-schema', undefined, options);
    const { major = 0, minor = 0, micro = 0 } = client.greeting?.QMP.version.qemu ?? {};
    const program = hasCommand(reply, 'query-status') ? 'qemu' : 'storage-daemon';
    const names = await nearestSchema(program, major, minor)?.load();
    return {
      model: readIntrospection(reply, { names }),
      title: `${titleOf({ program, version: `${major}.${minor}.${micro}` })} at ${target.address}`,
    };
  } finally {
    client.abort();
  }
}

/** The storage daemon has no machine, and so no status. */
function hasCommand(reply: JsonValue, name: string): boolean {
  const entries = (Array.isArray(reply) ? reply : []) as readonly (JsonObject | null)[];
  return entries.some((entry) => entry?.['name'] === name);
}
