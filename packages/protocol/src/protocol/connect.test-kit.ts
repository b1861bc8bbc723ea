import { expect } from 'vitest';

import { bytesOf } from '../bytes-of.test-kit.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import type { MemoryConnector } from './memory-connector.test-kit.ts';

/** A chat that dials and listens by the connector. */
export function chatWith(connector: MemoryConnector): Chat {
  return new Chat({ name: 'vm0', connector });
}

/** The object must be as good as new. */
export async function expectUsable(chat: Chat): Promise<void> {
  expect(chat.runstate).toBe('idle');
  const watcher = chat.runstates();
  const { far } = await runningChat(chat);
  void far.write(bytesOf('hello again\n'));
  await microtasks();
  expect(chat.heard.at(-1)).toBe('hello again');
  await chat.disconnect();
  expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
}
