import { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { describeDefinition, type DescriptionOptions } from './describe-definition.ts';
import { sampleSchema } from './sample-schema.test-kit.ts';

/** A schema whose one command has a branch for each of many letters, with this many members each. */
function manyBranches(memberCount: number): QapiModel {
  const letters = Array.from('abcdefgh');
  const members = Array.from({ length: memberCount }, (_, index) => ({ name: `m${index}`, type: 'str' }));
  return new QapiModel([
    { kind: 'enum', name: 'Kind', values: letters.map((name) => ({ name })) },
    ...letters.map((name) => ({ kind: 'object' as const, name: `Of${name}`, members })),
    {
      kind: 'object',
      name: 'Options',
      base: [{ name: 'kind', type: 'Kind' }],
      members: [],
      tag: 'kind',
      branches: letters.map((value) => ({ value, type: `Of${value}` })),
    },
    { kind: 'command', name: 'add', arguments: 'Options' },
  ]);
}

function described(name: string, options: Partial<DescriptionOptions> = {}, model: QapiModel = sampleSchema): string {
  const subject = model.command(name) ?? model.event(name) ?? model.type(name);
  if (subject === undefined) throw new Error(`There is no ${name} in the schema`);
  const plain = { origin: 'QEMU 11.1', choices: [], isComplete: false, paint: (_: unknown, text: string) => text };
  return describeDefinition(subject, { width: 60, ...plain, ...options }).join('\n');
}

describe('describeDefinition', () => {
  it('tells of a command: arguments, branches, what it returns, and the types of all that', () => {
    expect(described('disk-add')).toBe(`disk-add: command of QEMU 11.1, may go out of band, since 2.9

arguments Disk
  driver  DiskDriver
  cache?  Cache
  driver = file
    filename  str
    backing?  DiskOrName
  driver = tape (if CONFIG_TAPE) | drum
    reels    uint8
    spares?  uint8  if CONFIG_A and not CONFIG_B

returns [Cache]
  size      size
  letters?  [Letter]

DiskDriver = file | zeroes | tape (if CONFIG_TAPE) |
    drum (deprecated)
DiskOrName = Disk | str
Letter = a | b | c | d | e | f | g | h | i | j | k | l |
    m | n | o | p | q | r | s | t | u | v | w | x | 2 more`);
  });

  it('shows one branch as part of the whole', () => {
    expect(described('disk-add', { choices: ['driver=file'] })).toContain(`arguments Disk
  driver    = file
  cache?    Cache
  filename  str
  backing?  DiskOrName

returns`);
    expect(described('Disk', { choices: ['driver=zeroes'] })).toMatch(
      /^Disk: .*\n  driver  = zeroes\n  cache\?  Cache\n\n/,
    );
  });

  it('tells what the chosen branch is marked with', () => {
    expect(described('Disk', { choices: ['driver=tape'] })).toContain('  driver   = tape  if CONFIG_TAPE\n');
    expect(described('Disk', { choices: ['driver=drum'] })).toContain('  driver   = drum  deprecated\n');
  });

  it('tells what a command is marked with', () => {
    expect(described('disk-move')).toBe(`disk-move: command of QEMU 11.1, deprecated, feature by-id

arguments
  id       str
  x-fast?  bool  unstable, since 9.2

returns nothing`);
  });

  it('says that a command takes more, that it may not reply, and what is empty', () => {
    expect(described('disk-any')).toBe(`disk-any: command of QEMU 11.1, allowed in preconfig

arguments
  driver  str
  and others that the schema does not list

returns int`);
    expect(described('leave')).toBe(`leave: command of QEMU 11.1, may not reply

no arguments

returns Nothing
  no members`);
  });

  it('tells of an event, and only names the types that are further away', () => {
    expect(described('DISK_GONE')).toBe(`DISK_GONE: event of QEMU 11.1

data
  disk  DiskOrName

DiskOrName = Disk | str

more types, which --all shows: Disk`);
    expect(described('TICK')).toBe('TICK: event of QEMU 11.1\n\nno data');
  });

  it('tells of an enum, a value a line, with its facts', () => {
    expect(described('DiskDriver')).toBe(`DiskDriver: enum of QEMU 11.1
  file
  zeroes
  tape    if CONFIG_TAPE
  drum    deprecated`);
  });

  it('tells of an alternate', () => {
    expect(described('DiskOrName')).toMatch(
      /^DiskOrName: alternate of QEMU 11\.1\n {2}Disk\n {2}str\n\nDisk\n {2}driver/,
    );
  });

  it('lists branches that are too many by their names, unless all is to be told', () => {
    const text = described('add', {}, manyBranches(8));
    expect(text).toContain(`  kind  Kind
  and more by kind; add kind=a shows it, --all shows all of these:
    a, b, c, d, e, f, g, h

returns nothing`);
    expect(text).not.toContain('Kind =');
    expect(described('add', { isComplete: true }, manyBranches(8)).match(/m7/g)).toHaveLength(8);
    expect(described('add', {}, manyBranches(1)).match(/m0/g)).toHaveLength(8);
  });

  it('tells everything to the end, without going in circles', () => {
    const text = described('DISK_GONE', { isComplete: true });
    for (const name of ['DiskOrName', 'Disk', 'DiskDriver', 'Cache', 'Letter']) {
      expect(text.split('\n').filter((line) => new RegExp(`^${name}(?: =|$)`).test(line))).toHaveLength(1);
    }
    expect(text).toMatch(/y \| z$/m);
    expect(text).not.toContain('more types');
  });

  it('paints what has a meaning, and only after it has measured it', () => {
    const paint = (format: unknown, text: string): string => `<${String(format)}>${text}</>`;
    expect(described('disk-move', { paint })).toContain(`  <cyan>id</>       str
  <cyan>x-fast?</>  bool  <yellow>unstable</>, <dim>since 9.2</>`);
  });

  it('does not let a server steer the terminal', () => {
    const model = new QapiModel([{ kind: 'event', name: 'EVIL', data: [{ name: '\u001b[31m', type: 'str' }] }]);
    expect(described('EVIL', {}, model)).toContain('  \\u001b[31m  str');
  });

  it.each([
    ['disk-add', ['driver=drumm'], '"drumm" is no value of driver; did you mean driver=drum?'],
    ['disk-add', ['driver=?'], '"?" is no value of driver; expected one of file, zeroes, tape, drum'],
    ['disk-add', ['cache=x'], '"cache=x" chooses no branch of disk-add; expected driver=...'],
    ['disk-add', ['file'], '"file" chooses no branch of disk-add; expected driver=...'],
    ['Disk', ['driver=file', 'a=b'], '"a=b" is too much: Disk driver=file has no branches'],
    ['TICK', ['a=b'], '"a=b" is too much: TICK has no branches'],
    ['Letter', ['a=b'], '"a=b" is too much: Letter has no branches'],
  ])('says what is wrong with %s %j', (name, choices, message) => {
    expect(() => described(name, { choices })).toThrow(message);
  });
});
