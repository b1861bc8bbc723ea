import { type Definition, type Facts, type MemberDefinition, type NamedType, QapiModel } from '@qmp/qapi';

/** Tells since when all is there that a schema has, as another one knows it: a running QEMU does not say it. */
export function addSince(model: QapiModel, known: QapiModel): QapiModel {
  return new QapiModel(model.definitions.map((definition) => withSince(definition, known)));
}

function withSince(definition: Definition, known: QapiModel): Definition {
  const { name } = definition;
  switch (definition.kind) {
    case 'command': {
      const same = known.command(name);
      if (same === undefined) return definition;
      const parts = contentWithSince(definition.arguments, same.arguments?.members);
      return { ...definition, ...sinceOf(same.definition), ...(parts !== undefined && { arguments: parts }) };
    }
    case 'event': {
      const same = known.event(name);
      if (same === undefined) return definition;
      const parts = contentWithSince(definition.data, same.data?.members);
      return { ...definition, ...sinceOf(same.definition), ...(parts !== undefined && { data: parts }) };
    }
    default: {
      const same = known.type(name);
      if (same?.kind !== definition.kind) return definition;
      return { ...definition, ...sinceOf(same), ...partsWithSince(definition, same) };
    }
  }
}

function contentWithSince(
  content: string | readonly MemberDefinition[] | undefined,
  known: ReadonlyMap<string, Facts> | undefined,
): string | readonly MemberDefinition[] | undefined {
  return content === undefined || typeof content === 'string' ? content : eachWithSince(content, known);
}

function partsWithSince(definition: Definition, known: NamedType): object {
  if (definition.kind === 'enum' && known.kind === 'enum') {
    return { values: eachWithSince(definition.values, known.values) };
  }
  if (definition.kind === 'object' && known.kind === 'object') {
    return { members: eachWithSince(definition.members, known.members) };
  }
  return {};
}

function eachWithSince<P extends { readonly name: string }>(
  parts: readonly P[],
  known: ReadonlyMap<string, Facts> | undefined,
): readonly P[] {
  return parts.map((part) => ({ ...part, ...sinceOf(known?.get(part.name)) }));
}

function sinceOf(facts: Facts | undefined): Pick<Facts, 'since'> {
  return facts?.since === undefined ? {} : { since: facts.since };
}
