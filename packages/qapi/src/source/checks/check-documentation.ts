import type { Definition, Facts } from '../../model/definition.ts';
import type { Documentation } from '../documentation/documentation.ts';
import { errorAt } from '../place.ts';
import type { CheckedDefinition, CheckedSchema } from './checked-schema.ts';
import { describeDefinition } from './describe-definition.ts';

/** What the documentation of a definition has to describe. */
type DocumentedPart = Facts & { readonly name?: string };

/** Checks that documentation and definition speak of the same. @throws SchemaError */
export function checkDocumentation({ definition, documentation }: CheckedDefinition, schema: CheckedSchema): void {
  const { places, pragmas } = schema;
  const subject = describeDefinition(definition);
  if (documentation === undefined) {
    if (pragmas.documentationRequired) throw errorAt(places.get(definition), `${subject} has no documentation`);
    return;
  }
  const { symbol, place } = documentation;
  if (symbol !== definition.name) throw errorAt(place, `the documentation of "${symbol}" stands before ${subject}`);
  checkSections(definition, documentation, schema);
  const parts = documentedParts(definition);
  checkPresence(definition, parts, documentation, schema);
  checkExcess(
    parts.map(({ name = '' }) => name),
    documentation.members,
    subject,
  );
  const features = [definition, ...parts].flatMap((part) => part.features ?? []);
  for (const feature of features) {
    if (documentation.features.has(feature.name)) continue;
    throw errorAt(places.get(feature), `the feature "${feature.name}" of ${subject} is not documented`);
  }
  checkExcess(
    features.map(({ name }) => name),
    documentation.features,
    subject,
  );
}

function checkSections(definition: Definition, { sections }: Documentation, { rules }: CheckedSchema): void {
  const subject = describeDefinition(definition);
  for (const title of ['Returns', 'Errors']) {
    const section = sections.get(title);
    if (section === undefined) continue;
    if (definition.kind !== 'command') {
      throw errorAt(section.place, `"${title}:" in the documentation of ${subject}: only commands have that`);
    }
    if (title === 'Returns' && definition.returns === undefined && !rules.returnsOfNothing) {
      throw errorAt(section.place, `"Returns:" in the documentation of ${subject}, which returns nothing`);
    }
  }
}

/** What the comment describes below `@NAME:` lines. */
function documentedParts(definition: Definition): readonly DocumentedPart[] {
  switch (definition.kind) {
    case 'enum':
      return definition.values;
    case 'alternate':
      return definition.alternatives;
    case 'object':
      return [...(typeof definition.base === 'object' ? definition.base : []), ...definition.members];
    case 'command':
      return typeof definition.arguments === 'object' ? definition.arguments : [];
    case 'event':
      return typeof definition.data === 'object' ? definition.data : [];
  }
}

function checkPresence(
  definition: Definition,
  parts: readonly DocumentedPart[],
  { members }: Documentation,
  { places, pragmas, rules }: CheckedSchema,
): void {
  if (rules.undocumentedMembers || pragmas.documentation.has(definition.name)) return;
  const missing = parts.find(({ name = '' }) => !members.has(name));
  if (missing === undefined) return;
  throw errorAt(places.get(missing), `"${missing.name}" of ${describeDefinition(definition)} is not documented`);
}

function checkExcess(names: readonly string[], described: Documentation['members'], subject: string): void {
  const known = new Set(names);
  for (const [name, { place }] of described) {
    if (!known.has(name)) throw errorAt(place, `"${name}" is documented, but ${subject} has none of that name`);
  }
}
