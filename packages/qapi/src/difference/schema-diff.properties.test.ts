import { describe, expect, it } from 'vitest';
import { readIntrospection } from '../introspection/read-introspection.ts';
import { type ReplyEntry, someReply } from '../introspection/schema-reply.test-kit.ts';
import { schemaDiff } from './schema-diff.ts';

interface EntryWithMembers {
  readonly members?: readonly { readonly name?: string }[];
  readonly tag?: string;
}

const before = readIntrospection(someReply);

/** The reply with one thing less, for each that may be missing from it. */
function withoutOne(): [what: string, reply: ReplyEntry[]][] {
  return someReply.flatMap((entry): [string, ReplyEntry[]][] => {
    const { members, tag } = entry as EntryWithMembers;
    const others = someReply.filter((each) => each !== entry);
    const kind = entry['meta-type'];
    if (kind === 'command' || kind === 'event') return [[String(entry['name']), others]];
    const removable = members?.filter(({ name }) => tag === undefined || name !== tag) ?? [];
    return removable.map((member) => [
      [entry['name'], member.name].join('.'),
      [...others, { ...entry, members: members?.filter((each) => each !== member) }],
    ]);
  });
}

describe('schemaDiff', () => {
  it.each(withoutOne())('misses nothing that is gone, and nothing that is new: %s', (_, reply) => {
    const after = readIntrospection(reply);
    const gone = schemaDiff(before, after);
    expect(gone).not.toEqual([]);
    expect(gone.every(({ kind }) => kind.endsWith('removed'))).toBe(true);
    const back = schemaDiff(after, before);
    expect(back.map(({ path, kind }) => [path, kind])).toEqual(
      gone.map(({ path, kind }) => [path, kind.replace('removed', 'added')]),
    );
  });
});
