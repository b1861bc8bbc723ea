import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type {
  BuiltinName,
  EnumType,
  FeatureDefinition,
  ObjectType,
  QapiCommand,
  QapiEvent,
  QapiModel,
  QapiType,
} from '@qmp/qapi';

/** What `query-qmp-schema` calls a type. Only the builtin ones keep their names; all integers are one. */
type Builtin = 'str' | 'int' | 'number' | 'bool' | 'null' | 'any';

const JSON_TYPES: Readonly<Record<Builtin, string>> = {
  str: 'string',
  int: 'int',
  number: 'number',
  bool: 'boolean',
  null: 'null',
  any: 'value',
};

/** What `query-qmp-schema` returns for a model (QAPI `SchemaInfo`), with the names of types masked as QEMU masks them. */
export function introspect(model: QapiModel): readonly JsonObject[] {
  const writer = new SchemaWriter();
  for (const { name } of model.definitions) {
    const command = model.command(name);
    const event = model.event(name);
    if (command !== undefined) writer.command(command);
    else if (event !== undefined) writer.event(event);
  }
  writer.types();
  return writer.entries;
}

class SchemaWriter {
  readonly entries: JsonObject[] = [];
  /** The types that have been used, by what they are called; those behind are not written yet. */
  readonly #used = new Map<string, QapiType | undefined>();
  /** `undefined` is the object without members. */
  readonly #numbers = new Map<QapiType | undefined, string>();

  command(command: QapiCommand): void {
    const { name, features, allowOob } = command.definition;
    this.entries.push({
      name,
      'meta-type': 'command',
      'arg-type': this.#use(command.arguments),
      'ret-type': this.#use(command.returns),
      'allow-oob': allowOob,
      features: namesOf(features),
    });
  }

  event({ name, data, definition }: QapiEvent): void {
    this.entries.push({
      name,
      'meta-type': 'event',
      'arg-type': this.#use(data),
      features: namesOf(definition.features),
    });
  }

  /** All types that are used, and those that these use. */
  types(): void {
    for (const [name, type] of this.#used) this.entries.push({ name, ...this.#type(type) });
  }

  #use(type: QapiType | undefined): string {
    const name = this.#nameOf(type);
    if (!this.#used.has(name)) this.#used.set(name, type);
    return name;
  }

  #nameOf(type: QapiType | undefined): string {
    if (type?.kind === 'builtin') return builtinOf(type.name);
    if (type?.kind === 'array') return `[${this.#use(type.element)}]`;
    const known = this.#numbers.get(type);
    if (known !== undefined) return known;
    const number = String(this.#numbers.size);
    this.#numbers.set(type, number);
    return number;
  }

  #type(type: QapiType | undefined): JsonObject {
    switch (type?.kind) {
      case undefined:
        return { 'meta-type': 'object', members: [] };
      case 'builtin':
        return { 'meta-type': 'builtin', 'json-type': JSON_TYPES[builtinOf(type.name)] };
      case 'array':
        return { 'meta-type': 'array', 'element-type': this.#use(type.element) };
      case 'enum':
        return { 'meta-type': 'enum', ...enumContent(type) };
      case 'alternate': {
        const members = type.alternatives.map((alternative) => ({ type: this.#use(alternative.type) }));
        return { 'meta-type': 'alternate', members, features: namesOf(type.features) };
      }
      case 'object':
        return { 'meta-type': 'object', ...this.#objectContent(type) };
    }
  }

  #objectContent({ members, tag, branches, features }: ObjectType): JsonObject {
    const content = {
      members: [...members.values()].map((member) => ({
        name: member.name,
        type: this.#use(member.type),
        // That it is there is what counts.
        default: member.isOptional ? null : undefined,
        features: namesOf(member.features),
      })),
      features: namesOf(features),
    };
    if (tag === undefined) return content;
    const values = tag.type.kind === 'enum' ? [...tag.type.values.keys()] : [];
    const cases = new Set([...branches.keys(), ...values]);
    const variants = [...cases].map((each) => ({ case: each, type: this.#use(branches.get(each)?.type) }));
    return { ...content, tag: tag.name, variants };
  }
}

function enumContent({ values, features }: EnumType): JsonObject {
  return {
    members: [...values.values()].map((value) => ({ name: value.name, features: namesOf(value.features) })),
    values: [...values.keys()],
    features: namesOf(features),
  };
}

function builtinOf(name: BuiltinName): Builtin {
  return Object.hasOwn(JSON_TYPES, name) ? (name as Builtin) : 'int';
}

function namesOf(features: readonly FeatureDefinition[] = []): JsonValue | undefined {
  return features.length === 0 ? undefined : features.map(({ name }) => name);
}
