import type { JsonObject } from '@qmp/protocol/codecs';
import type { Transport } from '@qmp/protocol';
import { onTestFinished } from 'vitest';

import type { QmpClientOptions } from '../../client/options.ts';
import { QmpClient } from '../../client/qmp-client.ts';
import type { AnySchema } from '../../schema/qapi-schema.ts';
import { formatEntry } from '../recording/format-entry.ts';
import type { RecordingEntry, SessionEndEntry } from '../recording/recording-entry.ts';

/** What a session consists of, without its times: they are a millisecond apart. */
type Part =
  | { readonly client: JsonObject | string }
  | { readonly server: JsonObject | string }
  | { readonly end: SessionEndEntry['by']; readonly error?: string };

/** The greeting, and the negotiation as our client does it. */
export const HANDSHAKE: readonly Part[] = [
  { server: { QMP: { version: { qemu: { major: 11, minor: 1, micro: 3 }, package: '' }, capabilities: [] } } },
  { client: { execute: 'qmp_capabilities', id: 1 } },
  { server: { return: {}, id: 1 } },
];

/** A command and its reply. */
export function exchange(id: number, command: string, value: JsonObject | number, args?: JsonObject): Part[] {
  return [{ client: { execute: command, arguments: args, id } }, { server: { return: value, id } }];
}

/** An event. */
export function event(name: string): Part {
  return { server: { event: name, timestamp: { seconds: 1, microseconds: 0 } } };
}

/** A recording of one session. */
export function recordingOf(...parts: readonly Part[]): string {
  const header: RecordingEntry = { kind: 'header', peer: 'unix:/run/vm.sock', startedAt: '2026-11-05T12:00:00.000Z' };
  return [header, ...parts.map((part, index) => entryOf(part, index + 1))].map(formatEntry).join('');
}

/** A client that is gone when the test ends. */
export async function connectedTo(transport: Transport, options: QmpClientOptions = {}): Promise<QmpClient<AnySchema>> {
  const client = new QmpClient<AnySchema>(options);
  onTestFinished(() => client.abort());
  await client.connect(transport);
  return client;
}

function entryOf(part: Part, ms: number): RecordingEntry {
  if ('end' in part) return { kind: 'end', ms, by: part.end, error: part.error };
  const [from, said] = 'client' in part ? (['client', part.client] as const) : (['server', part.server] as const);
  return typeof said === 'string'
    ? { kind: 'text', ms, from, text: said }
    : { kind: 'message', ms, from, message: said };
}
