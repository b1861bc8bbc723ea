import { closestName, type EnumValueDefinition, type ObjectType } from '@qmp/qapi';

import { UsageError } from '../arguments/usage-error.ts';

/** An object of which the values of some tags may be known. */
export interface NarrowedObject {
  /** With the members of the chosen branches, and without their alternatives. */
  readonly type: ObjectType;
  /** The known values, by the members that hold them. */
  readonly choices: ReadonlyMap<string, EnumValueDefinition>;
  /** How one asks for it: `blockdev-add driver=qcow2`. */
  readonly request: string;
}

/** An object of which nothing is known. */
export function whole(type: ObjectType, request: string = type.name ?? ''): NarrowedObject {
  return { type, choices: new Map(), request };
}

/**
 * Chooses branches of a union, as `driver=qcow2` does; where the branch is a union itself, the next word goes on there.
 *
 * @param request how one asks for the object
 * @throws UsageError for a word that chooses no branch; Error for a value that the schema does not have.
 */
export function narrowObject(type: ObjectType | undefined, request: string, words: readonly string[]): NarrowedObject {
  let narrowed = whole(type ?? EMPTY, request);
  for (const word of words) narrowed = chooseBranch(narrowed, word);
  return narrowed;
}

const EMPTY: ObjectType = {
  kind: 'object',
  name: undefined,
  base: undefined,
  members: new Map(),
  tag: undefined,
  branches: new Map(),
};

function chooseBranch({ type, choices, request }: NarrowedObject, word: string): NarrowedObject {
  const [, name, value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  const { tag } = type;
  if (tag === undefined) throw new UsageError(`${JSON.stringify(word)} is too much: ${request} has no branches`);
  if (tag.name !== name) {
    throw new UsageError(`${JSON.stringify(word)} chooses no branch of ${request}; expected ${tag.name}=...`);
  }
  const values = tag.type.kind === 'enum' ? tag.type.values : new Map<string, EnumValueDefinition>();
  const choice = values.get(value);
  if (choice === undefined) throw unknownValue(name, value, [...values.keys()]);
  const branch = type.branches.get(value)?.type ?? EMPTY;
  return {
    type: {
      ...type,
      members: new Map([...type.members, ...branch.members]),
      tag: branch.tag,
      branches: branch.branches,
    },
    choices: new Map([...choices, [name, choice]]),
    request: `${request} ${word}`,
  };
}

function unknownValue(name: string, value: string, values: readonly string[]): Error {
  const closest = closestName(value, values);
  const hint = closest === undefined ? `expected one of ${values.join(', ')}` : `did you mean ${name}=${closest}?`;
  return new Error(`${JSON.stringify(value)} is no value of ${name}; ${hint}`);
}
