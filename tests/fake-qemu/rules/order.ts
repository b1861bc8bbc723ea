import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { Entry } from '../transcript.ts';
import type { Rule } from './rule.ts';

/** Puts the reply to some commands before the events that come about by them. */
export function repliesFirst(command: RegExp, isMeant: (data: JsonObject) => boolean): Rule['apply'] {
  return (entries) => {
    const result = [...entries];
    for (const [at, entry] of entries.entries()) {
      if (entry.kind !== 'return' || !command.test(entry.command)) continue;
      let first = at;
      for (let before = result[first - 1]; before?.kind === 'event'; before = result[first - 1]) {
        if (!isMeant(before.data as JsonObject)) break;
        first -= 1;
      }
      result.splice(at, 1);
      result.splice(first, 0, entry);
    }
    return result;
  };
}

/** Leaves out pauses of jobs that nobody has asked for, and that are over at once. */
export function withoutPauses(entries: readonly Entry[]): readonly Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const { id, status } = statusChange(entry);
    const pause = status === 'running' ? 'paused' : status === 'ready' ? 'standby' : undefined;
    let at = result.length - 1;
    while (at >= 0 && statusChange(result[at]).id !== id && result[at]?.kind !== 'command') at -= 1;
    if (pause !== undefined && statusChange(result[at]).status === pause) result.splice(at, 1);
    else result.push(entry);
  }
  return result;
}

function statusChange(entry: Entry | undefined): { readonly id?: JsonValue; readonly status?: JsonValue } {
  return entry?.kind === 'event' && entry.name === 'JOB_STATUS_CHANGE' ? (entry.data as JsonObject) : {};
}
