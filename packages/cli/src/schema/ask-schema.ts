import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { readIntrospection } from '@qmp/qapi';
import { type AnySchema, QmpClient } from 'qmp';

import type { Target } from '../arguments/take-address.ts';
import { connectTo } from '../connection/connect-to.ts';
import { addSince } from './add-since.ts';
import type { LoadOptions } from './load-schema.ts';
import type { LoadedSchema } from './loaded-schema.ts';
import { programWith } from './program.ts';
import { nearestSchema } from './shipped-schemas.ts';

/**
 * Asks a running QEMU or storage daemon for its schema. What it does not say is taken from the nearest schema shipped: what
 * its types are called, and since when all that is there.
 */
export async function askSchema(
  target: Pick<Target, 'address' | 'source'>,
  { tls, ...call }: LoadOptions,
): Promise<LoadedSchema> {
  const client = new QmpClient<AnySchema>();
  try {
    await connectTo(client, target, tls, call);
    const reply = await client.executeRaw('query-qmp-schema', undefined, call);
    const { major = 0, minor = 0, micro = 0 } = client.greeting?.QMP.version.qemu ?? {};
    const program = programWith((name) => hasEntry(reply, name)) ?? 'qemu';
    const known = await nearestSchema(program, major, minor).load();
    return {
      model: addSince(readIntrospection(reply, { names: known }), known),
      program,
      version: `${major}.${minor}.${micro}`,
      place: target.address,
    };
  } finally {
    client.abort();
  }
}

function hasEntry(reply: JsonValue, name: string): boolean {
  const entries = (Array.isArray(reply) ? reply : []) as readonly (JsonObject | null)[];
  return entries.some((entry) => entry?.['name'] === name);
}
