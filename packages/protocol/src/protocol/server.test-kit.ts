import { Chat } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

/** A chat on a network in memory of its own. */
export function server(): { readonly chat: Chat; readonly connector: MemoryConnector } {
  const connector = new MemoryConnector();
  return { chat: new Chat({ name: 'vm0', connector }), connector };
}
