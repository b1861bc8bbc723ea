import { describeCause } from '@qmp/protocol';

import type { Picture } from '../screen/picture.ts';
import type { Conversation } from '../timeline/conversation.ts';
import { awaitGone, type Machine } from './machine.ts';
import { show } from './show.ts';
import type { Timeline } from './timeline.ts';
import { WatchedClient } from './watched-client.ts';

const REPLY_TIMEOUT_MS = 10_000;
/** A machine that died broke the connection first. */
const PATIENCE_FOR_LAST_WORDS_MS = 500;

/** Who takes part in a conversation, and where it is shown. */
export interface ConverseOptions {
  readonly machine: Machine;
  readonly conversation: Conversation;
  readonly timeline: Timeline;
  readonly signal: AbortSignal;
}

/**
 * Talks to a machine while the timeline shows it; gives what its screen showed. The machine is stopped in any case.
 *
 * @throws Error which says what QEMU complained of, where it did.
 */
export async function converse(options: ConverseOptions): Promise<Picture | undefined> {
  const { machine, conversation, timeline, signal } = options;
  const watcher = {
    onSent: (message) => timeline.add(conversation.sent(message)),
    onReceived: (message) => timeline.add(conversation.received(message)),
  } satisfies ConstructorParameters<typeof WatchedClient>[0];
  const client = new WatchedClient(watcher, { name: 'demo', timeoutMs: REPLY_TIMEOUT_MS });
  try {
    return await show({ client, machine, timeline, signal });
  } catch (error) {
    signal.throwIfAborted();
    await awaitGone(machine, PATIENCE_FOR_LAST_WORDS_MS);
    throw explain(machine, error);
  } finally {
    client.abort();
    await machine.stop();
  }
}

/** How the machine ended says more than how the connection did. */
function explain(machine: Machine, error: unknown): Error {
  const why = describeCause(machine.gone.aborted ? machine.gone.reason : error);
  const complaints = machine.complaints === '' ? '' : `; it said: ${machine.complaints}`;
  return new Error(`The demo broke off: ${why}${complaints}`, { cause: error });
}
