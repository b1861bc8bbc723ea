import type { Definition } from '../model/definition.ts';
import type { NamedType, QapiModel } from '../model/qapi-model.ts';
import { alternateText } from './alternate-text.ts';
import { argumentsText, commandMapText } from './command-map.ts';
import { docComment } from './doc-comment.ts';
import { enumText } from './enum-text.ts';
import { dataText, eventMapText } from './event-map.ts';
import { interfaceText } from './layout.ts';
import { objectText } from './object-text.ts';
import type { Printing } from './printing.ts';
import { TypeNames } from './type-names.ts';
import { isUnion } from './union-arms.ts';
import { unionTypeText } from './union-text.ts';
import { type Direction, type NamedObject, WireTypes } from './wire-types.ts';

/** The types that all schemas share. */
const SHARED = ['Empty', 'Int64', 'JsonValue', 'Unlisted'] as const;

/** How {@link generateTypeScript} goes about it. */
export interface TypeScriptOptions {
  /** What the schema's interface is called; `Qemu` unless told otherwise. Those of commands and events begin with it. */
  readonly name?: string | undefined;
  /** Lines for the comment at the top. */
  readonly banner?: readonly string[] | undefined;
  /** Where a definition is described, for its doc comment; see `manualLink`. */
  readonly link?: ((definition: Definition) => string | undefined) | undefined;
  /** Where the generated module imports the types from that all schemas share; `qmp` unless told otherwise. */
  readonly importFrom?: string | undefined;
}

/**
 * The types of a schema as the text of a TypeScript module: an interface of its commands, one of its events, and
 * all types that are on the wire. The same model gives the same text, to the byte. Documentation that the model has goes
 * into the doc comments.
 *
 * ```ts
 * writeFileSync('my-qemu.ts', generateTypeScript(model));
 * // then: QmpClient.connect<Qemu>(…)
 * ```
 */
export function generateTypeScript(model: QapiModel, options: TypeScriptOptions = {}): string {
  const { name = 'Qemu', banner = [], link, importFrom = 'qmp' } = options;
  const [commands, events] = [`${name}Commands`, `${name}Events`];
  const types = new WireTypes(model);
  const own = [name, commands, events, ...SHARED];
  const printing: Printing = { types, names: new TypeNames(model, types, own), links: linksOf(model, link) };
  const body = [
    docComment([`The schema, as a client takes it: \`QmpClient<${name}>\`.`], '') +
      interfaceText(name, [], `  readonly commands: ${commands};\n  readonly events: ${events};\n`),
    commandMapText(commands, model, printing),
    eventMapText(events, model, printing),
    ...definitionTexts(model, printing),
  ].join('\n');
  const code = body.replaceAll(/\/\*\*.*?\*\//gs, '');
  const shared = SHARED.filter((each) => new RegExp(`\\b${each}\\b`).test(code));
  return [
    ...(banner.length === 0 ? [] : [banner.map((line) => `// ${line}\n`).join('')]),
    ...(shared.length === 0 ? [] : [`import type { ${shared.join(', ')} } from '${importFrom}';\n`]),
    body,
  ].join('\n');
}

/** The links by the names of what they lead to: definitions share one namespace. */
function linksOf({ definitions }: QapiModel, link: TypeScriptOptions['link']): ReadonlyMap<string, string | undefined> {
  return new Map(link && definitions.map((definition) => [definition.name, link(definition)]));
}

/** Each definition's own types, in the order of the schema, under the name of their module. */
function definitionTexts(model: QapiModel, printing: Printing): string[] {
  let module: string | undefined;
  return model.definitions.flatMap((definition) => {
    const texts = textsOf(definition, model, printing);
    if (texts.length === 0 || definition.module === module) return texts;
    module = definition.module;
    return module === undefined ? texts : [`// ${module}\n`, ...texts];
  });
}

function textsOf({ kind, name }: Definition, model: QapiModel, printing: Printing): string[] {
  if (kind === 'command' || kind === 'event') {
    const command = model.command(name);
    const event = model.event(name);
    const text = (command && argumentsText(command, printing)) ?? (event && dataText(event, printing));
    return text === undefined ? [] : [text];
  }
  const type = model.type(name);
  if (type === undefined) return [];
  return facesOf(type, printing).map((direction) => typeTextOf(type, direction, printing));
}

/** The ways that a type has to be written for. */
function facesOf(type: NamedType, { types }: Printing): Direction[] {
  // What describes a branch only is written with its union.
  if (type.kind === 'object' && types.isSoleBranch(type)) return [];
  const directions = types.directionsOf(type);
  if (types.isSplit(type)) return ['sent', 'received'];
  return directions.has('sent') ? ['sent'] : [...directions];
}

function typeTextOf(type: NamedType, direction: Direction, printing: Printing): string {
  if (type.kind === 'enum') return enumText(type, direction, printing);
  if (type.kind === 'alternate') return alternateText(type, direction, printing);
  return isUnion(type)
    ? unionTypeText(type, direction, printing)
    : objectText(type as NamedObject, direction, printing);
}
