import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { Entry } from './transcript.ts';

/** A difference between QEMU and its double that does not count, and why. */
interface Rule {
  readonly reason: string;
  apply(entries: readonly Entry[]): readonly Entry[];
}

/** All differences that do not count. What is not among them has to be equal. */
export const RULES: readonly Rule[] = [
  {
    reason: 'Node names that QEMU makes up are random: all are #block.',
    apply: eachValue((text) => (typeof text === 'string' ? text.replaceAll(/#block\d+/g, '#block') : text)),
  },
  {
    reason: 'The version is that of the build, and the double says in its package what it is.',
    apply: eachMember('query-version', (name, value) => (['package', 'micro'].includes(name) ? typeOf(value) : value)),
  },
  {
    reason: 'Threads are numbered by the system.',
    apply: eachMember(/^query-(?:cpus-fast|iothreads)$/, (name, value) => (name === 'thread-id' ? typeOf(value) : value)),
  },
  {
    reason: 'How much a file takes on a real disk depends on that, and on how a format lays out its data.',
    apply: eachMember(/^query-(?:named-block-nodes|block)$/, (name, value) =>
      name === 'actual-size' ? typeOf(value) : value,
    ),
  },
  {
    reason: 'The length of a file below a format depends on how the format lays out its data.',
    apply: eachObject(/^query-(?:named-block-nodes|block)$/, (object) =>
      object['format'] === 'file' ? { ...object, 'virtual-size': typeOf(object['virtual-size']) } : object,
    ),
  },
  {
    reason: 'When a snapshot was made, and how much state there was, is not the same twice.',
    apply: eachMember(/.*/, (name, value) =>
      ['date-sec', 'date-nsec', 'vm-clock-sec', 'vm-clock-nsec', 'vm-state-size'].includes(name) ? typeOf(value) : value,
    ),
  },
  {
    reason: 'How fast a migration is, and how much of memory is in use, depends on the host.',
    apply: eachMember('query-migrate', (_name, value) => (/number|bigint/.test(typeof value) ? '<number>' : value)),
  },
  {
    reason: 'How often QEMU goes over memory depends on the host: passes are not counted.',
    apply: (entries) => entries.filter((entry) => entry.kind !== 'event' || entry.name !== 'MIGRATION_PASS'),
  },
  {
    reason: 'How far a job that is limited in speed has got, and whether it is at work or at rest, depends on the moment.',
    apply: limitedJobs,
  },
  {
    reason: 'A stream that is at work is cancelled after the reply, one that is at rest before it.',
    apply: repliesFirst(/^block-job-cancel$/, ({ id, device }) => (id ?? device) === 'stream'),
  },
  {
    reason: 'QEMU keeps these in hash tables: their order means nothing.',
    apply: (entries) =>
      entries.map((entry) =>
        entry.kind === 'return' && /^(?:qom-list|query-chardev|query-memdev|query-jobs|query-block-jobs)$/.test(entry.command)
          ? { ...entry, value: sorted(entry.value) }
          : entry,
      ),
  },
  {
    reason: 'The tests reach into QEMU by a character device of their own, and each side has its monitor elsewhere.',
    apply: (entries) =>
      entries.map((entry) =>
        entry.kind === 'return' && Array.isArray(entry.value)
          ? { ...entry, value: entry.value.filter((element) => !isOfTests(element)).map(withoutMonitorPlace) }
          : entry,
      ),
  },
  {
    reason: 'QEMU tells of a device that it is gone when its memory is freed: before the reply, or after it.',
    apply: repliesFirst(/^(?:device_del|system_reset)$/, ({ path }) => path !== undefined),
  },
  {
    reason: 'A migration has a thread of its own: what it tells comes before or after the reply to a command about it.',
    apply: repliesFirst(/^migrate/, ({ status }) => status !== 'setup' && status !== 'cancelling'),
  },
  {
    reason: 'Whenever the graph of nodes changes, QEMU has all jobs pause for a moment, so often as it happens to need.',
    apply: withoutPauses,
  },
];

/** The entries of a session, without the differences that do not count. */
export function normalise(entries: readonly Entry[]): readonly Entry[] {
  let result = entries;
  for (const rule of RULES) result = rule.apply(result);
  return result;
}

function typeOf(value: JsonValue | undefined): string {
  return `<${typeof value}>`;
}

/** Changes each value of each entry. */
function eachValue(change: (value: JsonValue) => JsonValue): Rule['apply'] {
  const walk = (value: JsonValue): JsonValue => {
    if (isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return change(value);
    return Object.fromEntries(Object.entries(value).map(([name, member = null]) => [name, walk(member)]));
  };
  return (entries) => entries.map((entry) => walk(entry as unknown as JsonValue) as unknown as Entry);
}

/** Changes each object in what a command returns, or in an event's data. */
function eachObject(command: string | RegExp, change: (object: JsonObject) => JsonObject): Rule['apply'] {
  const walk = (value: JsonValue): JsonValue => {
    if (isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return change(Object.fromEntries(Object.entries(value).map(([name, member = null]) => [name, walk(member)])));
  };
  return (entries) =>
    entries.map((entry) => {
      if (entry.kind !== 'return') return entry;
      const isMeant = typeof command === 'string' ? command === entry.command : command.test(entry.command);
      return isMeant ? { ...entry, value: walk(entry.value) } : entry;
    });
}

function eachMember(
  command: string | RegExp,
  change: (name: string, value: JsonValue) => JsonValue,
): Rule['apply'] {
  return eachObject(command, (object) =>
    Object.fromEntries(Object.entries(object).map(([name, value = null]) => [name, change(name, value)])),
  );
}

function sorted(value: JsonValue): JsonValue {
  if (!isArray(value)) return value;
  return [...value].sort((a, b) => (JSON.stringify(sortedKeys(a)) < JSON.stringify(sortedKeys(b)) ? -1 : 1));
}

function sortedKeys(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isOfTests(element: JsonValue): boolean {
  const { label, name, id } = element as JsonObject;
  return [label, name, id].includes('qtest');
}

function withoutMonitorPlace(element: JsonValue): JsonValue {
  const object = element as JsonObject;
  return object?.['label'] === 'compat_monitor0' ? { ...object, filename: typeOf(object['filename']) } : element;
}

/** The events that a command brings about come after its reply. */
function repliesFirst(command: RegExp, isMeant: (data: JsonObject) => boolean): Rule['apply'] {
  return (entries) => {
    const result = [...entries];
    for (let at = 0; at < result.length; at += 1) {
      const entry = result[at];
      if (entry?.kind !== 'return' || !command.test(entry.command)) continue;
      let first = at;
      for (let before = result[first - 1]; before?.kind === 'event' && isMeant(before.data as JsonObject); before = result[first - 1]) {
        first -= 1;
      }
      result.splice(at, 1);
      result.splice(first, 0, entry);
    }
    return result;
  };
}

/** The jobs that have a limit are known by it. */
function limitedJobs(entries: readonly Entry[]): readonly Entry[] {
  const limited = new Set<JsonValue | undefined>();
  return entries.map((entry) => {
    if (entry.kind === 'command') {
      const { speed, 'job-id': id, device } = entry.arguments as JsonObject;
      if (typeof speed === 'number' && speed > 0) limited.add(id ?? device);
      else if (id !== undefined) limited.delete(id);
    }
    const hide = (value: JsonValue): JsonValue => {
      const object = value as JsonObject;
      if (!limited.has(object?.['id'] ?? object?.['device'])) return value;
      const names = ['current-progress', 'offset', 'busy'].filter((name) => object[name] !== undefined);
      return { ...object, ...Object.fromEntries(names.map((name) => [name, typeOf(object[name])])) };
    };
    if (entry.kind === 'event') return { ...entry, data: hide(entry.data) };
    return entry.kind === 'return' && isArray(entry.value) ? { ...entry, value: entry.value.map(hide) } : entry;
  });
}

/** A pause that nobody has asked for, and that is over at once. */
function withoutPauses(entries: readonly Entry[]): readonly Entry[] {
  const result: Entry[] = [];
  const statusOf = (entry: Entry | undefined): readonly [id: JsonValue | undefined, status: JsonValue | undefined] => {
    if (entry?.kind !== 'event' || entry.name !== 'JOB_STATUS_CHANGE') return [undefined, undefined];
    const { id, status } = entry.data as JsonObject;
    return [id, status];
  };
  for (const entry of entries) {
    const [id, status] = statusOf(entry);
    const pause = status === 'running' ? 'paused' : status === 'ready' ? 'standby' : undefined;
    const back = [...result].reverse().findIndex((before) => statusOf(before)[0] === id || before.kind === 'command');
    const at = result.length - 1 - back;
    if (pause !== undefined && statusOf(result[at])[1] === pause) result.splice(at, 1);
    else result.push(entry);
  }
  return result;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
