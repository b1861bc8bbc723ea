import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { limitedJobs } from './limited-jobs.ts';
import { repliesFirst, withoutPauses } from './order.ts';
import type { Rule } from './rule.ts';
import { eachObject, eachReturn, eachText, isArray, kindOf, kindsOnly, sortLists } from './values.ts';

const ASKS_FOR_NODES = /^query-(?:named-block-nodes|block)$/;
const SNAPSHOT_MEMBERS = ['date-sec', 'date-nsec', 'vm-clock-sec', 'vm-clock-nsec', 'vm-state-size'];

/** All differences that do not count. What is not among them has to be equal. */
export const RULES: readonly Rule[] = [
  {
    reason: 'The version is that of the build, and the double says in its package what it is.',
    apply: kindsOnly(/^query-version$/, (name) => ['package', 'micro'].includes(name)),
  },
  {
    reason: 'Threads are numbered by the system.',
    apply: kindsOnly(/^query-(?:cpus-fast|iothreads)$/, (name, value) => name === 'thread-id' && value !== 0),
  },
  {
    reason: 'Node names that QEMU makes up are random.',
    apply: eachText((text) => text.replaceAll(/#block\d+/g, '#block')),
  },
  {
    reason: 'What a file takes on a real disk depends on that disk.',
    apply: kindsOnly(ASKS_FOR_NODES, (name) => name === 'actual-size'),
  },
  {
    reason: 'How long the file below a format is depends on how the format lays out its data.',
    apply: eachObject(ASKS_FOR_NODES, (object) =>
      object['format'] === 'file' ? { ...object, 'virtual-size': kindOf(object['virtual-size']) } : object,
    ),
  },
  {
    reason: 'How far into a file was written depends on how the format above it lays out its data.',
    apply: kindsOnly(/^query-blockstats$/, (name) => name === 'wr_highest_offset'),
  },
  {
    reason: 'When a snapshot was taken, and how much state there was, is not the same twice.',
    apply: kindsOnly(/./, (name) => SNAPSHOT_MEMBERS.includes(name)),
  },
  {
    reason: 'How fast a migration is, and how much of memory is in use, depends on the host.',
    apply: kindsOnly(/^query-migrate$/, (_name, value) => ['number', 'bigint'].includes(typeof value)),
  },
  {
    reason: 'How often a migration goes over memory depends on the host: its passes are left out.',
    apply: (entries) => entries.filter((entry) => entry.kind !== 'event' || entry.name !== 'MIGRATION_PASS'),
  },
  {
    reason: 'A migration has a thread of its own: what it tells comes before or after the reply to a command about it.',
    apply: repliesFirst(/^migrate/, ({ status }) => status !== 'setup' && status !== 'cancelling'),
  },
  {
    reason:
      'How far a job that is limited in speed has got, and whether it is at work or at rest, depends on the moment.',
    apply: limitedJobs,
  },
  {
    reason: 'A stream that is at work is cancelled after the reply, one that is at rest before it.',
    apply: repliesFirst(/^block-job-cancel$/, ({ id, device }) => (id ?? device) === 'stream'),
  },
  {
    reason:
      'Whenever the graph of nodes changes, QEMU has all jobs pause for a moment, as often as it happens to need.',
    apply: withoutPauses,
  },
  {
    reason: 'QEMU tells that a device is gone when its memory is freed: before the reply, or after it.',
    apply: repliesFirst(/^(?:device_del|system_reset)$/, ({ path }) => path !== undefined),
  },
  {
    reason: 'QEMU keeps these in hash tables: their order means nothing.',
    apply: sortLists(/^(?:qom-list|query-chardev|query-memdev|query-jobs|query-block-jobs)$/),
  },
  {
    reason: 'The tests reach into QEMU by a character device of their own, and each side has its monitor elsewhere.',
    apply: eachReturn(/^(?:qom-list|query-chardev|query-yank)$/, withoutTests),
  },
];

function withoutTests(value: JsonValue): JsonValue {
  if (!isArray(value)) return value;
  const others = (value as readonly JsonObject[]).filter(({ label, name, id }) => ![label, name, id].includes('qtest'));
  return others.map((object) =>
    object['label'] === 'compat_monitor0' ? { ...object, filename: kindOf(object['filename']) } : object,
  );
}
