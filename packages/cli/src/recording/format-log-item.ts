import { printable } from '../terminal/printable.ts';
import { formatRow, formatTime, type RowOptions } from '../timeline/format-row.ts';
import type { LogItem, LoggedText, SessionStart, SessionSummary } from './log-item.ts';

/** An item for people, as one line or a few, without the last line's end. */
export function formatLogItem(item: LogItem, options: RowOptions): string {
  switch (item.kind) {
    case 'session':
      return formatStart(item, options);
    case 'text':
      return formatText(item, options);
    case 'end':
      return formatSummary(item, options);
    default:
      return formatRow(item, { ...options, showsLatency: true });
  }
}

function formatStart({ session, peer, startedAt }: SessionStart, { paint }: RowOptions): string {
  const time = startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return `${session > 1 ? '\n' : ''}${paint('bold', `Session ${session}`)}  ${printable(`${peer}, ${time}`)}`;
}

function formatText({ atMs, from, content }: LoggedText, { paint }: RowOptions): string {
  const arrow = from === 'client' ? '→' : '←';
  return `${formatTime(atMs, paint)}  ${paint('red', `${arrow}  no message: ${printable(JSON.stringify(content))}`)}`;
}

function formatSummary(summary: SessionSummary, { paint }: RowOptions): string {
  const { atMs, commands, errors, events, unanswered } = summary;
  const refused = errors === 0 ? '' : `, ${errors} of them refused`;
  const waiting = unanswered.length === 0 ? '' : `; no reply to ${printable(unanswered.join(', '))}`;
  const counts = `${count(commands, 'command')}${refused}; ${count(events, 'event')}${waiting}`;
  return `${formatTime(atMs, paint)}  ■  ${describeEnd(summary)}\n${paint('dim', counts)}`;
}

function describeEnd({ by, error }: SessionSummary): string {
  switch (by) {
    case 'client':
      return 'the client left';
    case 'server':
      return 'the server hung up';
    case 'link':
      return printable(`the link broke: ${error ?? 'nobody knows why'}`);
    case undefined:
      return 'the recording breaks off here';
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
