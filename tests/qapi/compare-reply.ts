import type { Condition, Facts, ObjectType, QapiModel, QapiType } from '@qmp/qapi';

/** An entry of a `query-qmp-schema` reply, taken as it is. */
export interface SchemaInfo {
  readonly name: string;
  readonly 'meta-type': string;
  readonly 'json-type'?: string;
  readonly 'element-type'?: string;
  readonly 'arg-type'?: string;
  readonly 'ret-type'?: string;
  readonly 'allow-oob'?: boolean;
  readonly features?: readonly string[];
  readonly tag?: string;
  readonly members?: readonly {
    readonly name: string;
    readonly type: string;
    readonly default?: null;
    readonly features?: readonly string[];
  }[];
  readonly variants?: readonly { readonly case: string; readonly type: string }[];
}

/** Something that the reply and the source do not agree about. */
export interface Disagreement {
  readonly path: string;
  readonly what: string;
  /** Of what is in the source only. */
  readonly condition?: Condition | undefined;
}

/** What builtin types of the source are in the reply. */
const jsonTypes: Readonly<Record<string, string>> = {
  str: 'string',
  number: 'number',
  bool: 'boolean',
  null: 'null',
  any: 'value',
};

/**
 * Compares a reply with the model of the source it was built of, fact by fact. It uses neither the reader of replies nor
 * the comparison of schemas, so that it can judge them.
 */
export class ReplyComparison {
  readonly disagreements: Disagreement[] = [];
  /** How many facts were compared. */
  facts = 0;
  readonly #entries: ReadonlyMap<string, SchemaInfo>;
  readonly #model: QapiModel;
  readonly #seen = new Set<string>();

  constructor(reply: readonly SchemaInfo[], model: QapiModel) {
    this.#entries = new Map(reply.map((entry) => [entry.name, entry]));
    this.#model = model;
    const named = (kind: string): SchemaInfo[] => reply.filter((entry) => entry['meta-type'] === kind);
    this.#compareNames(
      'commands',
      named('command'),
      [...model.commands.values()].map(({ definition }) => definition),
    );
    this.#compareNames(
      'events',
      named('event'),
      [...model.events.values()].map(({ definition }) => definition),
    );
    for (const entry of named('command')) this.#compareCommand(entry);
    for (const entry of named('event')) this.#compareEvent(entry);
  }

  #compareCommand(entry: SchemaInfo): void {
    const { name } = entry;
    const command = this.#model.command(name);
    if (command === undefined) return;
    this.#expect(name, 'allow-oob', entry['allow-oob'] === true, command.definition.allowOob === true);
    this.#compareFeatures(name, entry.features, command.definition);
    this.#compareType(`${name}.arguments`, entry['arg-type'], command.arguments);
    this.#compareType(`${name}.returns`, entry['ret-type'], command.returns);
  }

  #compareEvent(entry: SchemaInfo): void {
    const event = this.#model.event(entry.name);
    if (event === undefined) return;
    this.#compareFeatures(entry.name, entry.features, event.definition);
    this.#compareType(`${entry.name}.data`, entry['arg-type'], event.data);
  }

  /** @param type undefined for what says nothing. */
  #compareType(path: string, name: string | undefined, type: QapiType | undefined): void {
    const entry = this.#entries.get(name ?? '');
    if (entry === undefined) {
      this.disagreements.push({ path, what: `there is no type ${name}` });
      return;
    }
    const kind = type?.kind ?? 'object';
    this.#expect(path, 'meta-type', entry['meta-type'], kind);
    if (type?.kind === 'builtin') this.#expect(path, 'json-type', entry['json-type'], jsonTypes[type.name] ?? 'int');
    if (type?.kind === 'array') this.#compareType(`${path}[]`, entry['element-type'], type.element);
    const key = JSON.stringify([name, type !== undefined && 'name' in type ? (type.name ?? path) : path]);
    if (entry['meta-type'] !== kind || this.#seen.has(key)) return;
    this.#seen.add(key);
    if (type === undefined) this.#expect(path, 'members', entry.members?.length, 0);
    else if (type.kind === 'enum') {
      this.#compareFeatures(path, entry.features, type);
      this.#compareNames(path, entry.members ?? [], [...type.values.values()]);
      for (const value of entry.members ?? []) {
        this.#compareFeatures(`${path}=${value.name}`, value.features, type.values.get(value.name));
      }
    } else if (type.kind === 'object') this.#compareObject(path, entry, type);
    else if (type.kind === 'alternate') {
      this.#expect(path, 'alternatives', entry.members?.length, type.alternatives.length);
      for (const [index, member] of (entry.members ?? []).entries()) {
        this.#compareType(`${path}(${index})`, member.type, type.alternatives[index]?.type);
      }
    }
  }

  #compareObject(path: string, entry: SchemaInfo, type: ObjectType): void {
    this.#compareFeatures(path, entry.features, type);
    this.#compareNames(path, entry.members ?? [], [...type.members.values()]);
    for (const { name, type: typeName, default: fallback, features } of entry.members ?? []) {
      const member = type.members.get(name);
      if (member === undefined) continue;
      this.#expect(`${path}.${name}`, 'optional', fallback !== undefined, member.isOptional);
      this.#compareFeatures(`${path}.${name}`, features, member);
      this.#compareType(`${path}.${name}`, typeName, member.type);
    }
    this.#expect(path, 'tag', entry.tag, type.tag?.name);
    // Values that add nothing have a branch with no members here, and none there.
    const live = new Set(entry.variants?.map((variant) => variant.case));
    for (const variant of entry.variants ?? []) {
      this.#compareType(`${path}(${variant.case})`, variant.type, type.branches.get(variant.case)?.type);
    }
    for (const [value, { condition }] of type.branches) {
      if (!live.has(value))
        this.disagreements.push({ path: `${path}(${value})`, what: 'only in the source', condition });
    }
  }

  #compareNames(
    path: string,
    live: readonly { readonly name: string }[],
    source: readonly { readonly name: string; readonly condition?: Condition }[],
  ): void {
    const [there, here] = [new Set(live.map(({ name }) => name)), new Set(source.map(({ name }) => name))];
    this.facts += there.size;
    for (const name of there) {
      if (!here.has(name)) this.disagreements.push({ path: `${path}.${name}`, what: 'not in the source' });
    }
    for (const { name, condition } of source) {
      if (!there.has(name)) this.disagreements.push({ path: `${path}.${name}`, what: 'only in the source', condition });
    }
  }

  #compareFeatures(path: string, live: readonly string[] = [], source: Facts | undefined): void {
    this.#compareNames(
      `${path}:features`,
      live.map((name) => ({ name })),
      source?.features ?? [],
    );
  }

  #expect(path: string, what: string, live: unknown, source: unknown): void {
    this.facts += 1;
    if (live !== source)
      this.disagreements.push({ path, what: `${what}: ${String(live)} where the source has ${String(source)}` });
  }
}
