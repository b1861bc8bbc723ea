import type { NumberedEntry, RecordingEntry, SessionEndEntry } from 'qmp/testing';

import { Conversation } from '../timeline/conversation.ts';
import type { LogItem, SessionSummary } from './log-item.ts';

/**
 * Makes sense of a recording: which reply belongs to which command and how long it took, and what a session came to.
 *
 * @yields each item, in the order of the recording.
 */
export async function* logItems(entries: AsyncIterable<NumberedEntry>): AsyncIterable<LogItem> {
  let sessions = 0;
  let atMs = 0;
  let conversation: Conversation | undefined;
  const now = (): number => atMs;
  for await (const { entry } of entries) {
    if (entry.kind === 'header') {
      if (conversation !== undefined) yield summaryOf(conversation, undefined, atMs);
      sessions += 1;
      atMs = 0;
      conversation = new Conversation(now);
      yield { kind: 'session', session: sessions, peer: entry.peer, startedAt: entry.startedAt };
    } else if (conversation !== undefined) {
      atMs = entry.ms;
      yield entry.kind === 'end' ? summaryOf(conversation, entry, atMs) : itemOf(conversation, entry);
      if (entry.kind === 'end') conversation = undefined;
    }
  }
  if (conversation !== undefined) yield summaryOf(conversation, undefined, atMs);
}

function itemOf(conversation: Conversation, entry: Extract<RecordingEntry, { readonly from: unknown }>): LogItem {
  if (entry.kind === 'text') return { kind: 'text', atMs: entry.ms, from: entry.from, content: entry.text };
  return entry.from === 'client' ? conversation.sent(entry.message) : conversation.received(entry.message);
}

function summaryOf(conversation: Conversation, end: SessionEndEntry | undefined, atMs: number): SessionSummary {
  const { commandCount: commands, errorCount: errors, eventCount: events, unanswered } = conversation;
  return { kind: 'end', by: end?.by, atMs, error: end?.error, commands, errors, events, unanswered };
}
