import type { Definition } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt, type Place, type Places } from '../place.ts';
import type { Pragmas } from '../pragmas.ts';
import type { Documentation } from '../documentation/documentation.ts';
import { sinceOfSection } from '../documentation/since.ts';
import { readAlternate } from './read-alternate.ts';
import { readCommand, readEvent } from './read-command.ts';
import { readCondition } from './read-condition.ts';
import { type DefinitionContext, textFact } from './definition-context.ts';
import { readEnum } from './read-enum.ts';
import { readFeatures } from './read-features.ts';
import { checkKeys } from './check-keys.ts';
import { checkName, lowerCase, upperCase, type NameRule, lowerCaseWithUnderscores, camelCase } from './check-name.ts';
import { readStruct, readUnion } from './read-object.ts';

/** What can be defined: its keys beside its name, and its reader. */
const kinds = {
  enum: { required: ['data'], optional: ['prefix'], read: readEnum },
  struct: { required: ['data'], optional: ['base'], read: readStruct },
  union: { required: ['base', 'discriminator', 'data'], optional: [], read: readUnion },
  alternate: { required: ['data'], optional: [], read: readAlternate },
  command: {
    required: [],
    optional: ['data', 'returns', 'boxed', 'gen', 'success-response', 'allow-oob', 'allow-preconfig', 'coroutine'],
    read: readCommand,
  },
  event: { required: [], optional: ['data', 'boxed'], read: readEvent },
} as const;

type Kind = keyof typeof kinds;

/** How the parts are read, beside what they say themselves. */
export interface ReadingOptions {
  readonly pragmas: Readonly<Pragmas>;
  readonly keepsText: boolean;
  readonly places: Places;
}

/** Makes a definition of what was written. Whether its parts agree with other definitions is not looked at. @throws SchemaError */
export function readDefinition(
  node: ObjectNode,
  documentation: Documentation | undefined,
  options: ReadingOptions,
): Definition {
  const kind = kindOf(node);
  const name = nameOf(node, kind);
  const subject = `${kind} "${name}"`;
  const context: DefinitionContext = { ...options, subject, name, documentation };
  checkName(name, nameRule(kind, context), subject, node.place);
  if (kind !== 'command' && kind !== 'event' && name.endsWith('List')) {
    throw errorAt(node.place, `${subject} has a reserved name: it ends with "List"`);
  }
  const { required, optional, read } = kinds[kind];
  checkKeys(node, subject, { required: [kind, ...required], optional: [...optional, 'if', 'features'] });
  const since = sinceOfSection(documentation?.sections.get('Since'));
  const definition: Definition = {
    ...read(node, context),
    name,
    module: moduleOf(node.place),
    ...readCondition(node, subject),
    ...readFeatures(node, subject, context),
    ...(since === undefined ? {} : { since }),
    ...textFact(documentation?.text, options.keepsText),
  };
  options.places.set(definition, node.place);
  return definition;
}

function kindOf(node: ObjectNode): Kind {
  const found = Object.keys(kinds).filter((kind) => node.entries.has(kind));
  const [kind] = found;
  if (kind !== undefined && found.length === 1) return kind as Kind;
  const expected = Object.keys(kinds).join(', ');
  throw errorAt(node.place, `an object with ${kind === undefined ? 'none' : 'more than one'} of the keys ${expected}`);
}

function nameOf(node: ObjectNode, kind: Kind): string {
  const name = node.entries.get(kind) ?? node;
  if (name.kind === 'string') return name.value;
  throw errorAt(name.place, `the name of a ${kind} is ${describeNode(name)}: expected a string`);
}

function nameRule(kind: Kind, { name, pragmas }: DefinitionContext): NameRule {
  if (kind === 'event') return upperCase;
  if (kind !== 'command') return camelCase;
  return pragmas.commandNames.has(name) ? lowerCaseWithUnderscores : lowerCase;
}

/** The name of the file without folder and extension. */
function moduleOf({ file }: Place): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
