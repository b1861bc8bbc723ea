import type { Definition, MemberDefinition, QapiModel, TypeReference } from '@qmp/qapi';

/** A definition of a schema, and behind it all that it is made of, each once. */
export function definitionsBehind({ definitions }: QapiModel, name: string): readonly Definition[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  // Grows while it is walked through.
  const names = new Set([name]);
  for (const each of names) {
    const definition = byName.get(each);
    for (const reference of definition === undefined ? [] : referencesIn(definition)) names.add(elementOf(reference));
  }
  return [...names].flatMap((each) => byName.get(each) ?? []);
}

function referencesIn(definition: Definition): TypeReference[] {
  switch (definition.kind) {
    case 'enum':
      return [];
    case 'alternate':
      return definition.alternatives.map(({ type }) => type);
    case 'command':
      return [...membersIn(definition.arguments), ...(definition.returns === undefined ? [] : [definition.returns])];
    case 'event':
      return membersIn(definition.data);
    case 'object':
      return [
        ...membersIn(definition.base),
        ...membersIn(definition.members),
        ...(definition.branches ?? []).map(({ type }) => type),
      ];
  }
}

function membersIn(members: string | readonly MemberDefinition[] | undefined): TypeReference[] {
  if (members === undefined) return [];
  return typeof members === 'string' ? [members] : members.map(({ type }) => type);
}

function elementOf(reference: TypeReference): string {
  return typeof reference === 'string' ? reference : reference[0];
}
