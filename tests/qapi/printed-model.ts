import type { Condition, Definition, Facts, MemberDefinition, QapiModel, TypeReference } from '@qmp/qapi';

/** The lines below the first one of a definition, by that. */
export type PrintedModel = Map<string, readonly string[]>;

/** Prints the definitions of a model as QEMU's own schema tests print theirs. */
export function printModel(model: QapiModel): PrintedModel {
  const printed: PrintedModel = new Map();
  for (const definition of model.definitions) {
    const { name, condition } = definition;
    /** Members that are written down where they are used make an object of their own there. */
    const objectOf = (data: string | readonly MemberDefinition[] | undefined, role: string): string | undefined => {
      if (typeof data !== 'object') return data;
      if (data.length === 0) return undefined;
      printed.set(`object q_obj_${name}-${role}`, [...data.flatMap(memberLines), ...ifLines(condition, 4)]);
      return `q_obj_${name}-${role}`;
    };
    const [head, lines] = printDefinition(definition, model, objectOf);
    printed.set(head, [...lines, ...factLines(definition, 4)]);
  }
  return printed;
}

/** Takes apart what QEMU's own schema tests print, and leaves out what a model does not keep. */
export function readPrinted(text: string): PrintedModel {
  const printed = new Map<string, string[]>();
  let lines: string[] = [];
  const [definitions = ''] = text.split(/^doc /m);
  for (const line of definitions.split('\n')) {
    if (/^(?:module|include|array|enum QType|object q_empty)/.test(line)) lines = [];
    else if (/^\S/.test(line)) printed.set(line, (lines = []));
    else if (!/^ +(?:prefix|boxed)/.test(line) && line !== '') lines.push(normalized(line));
  }
  return printed;
}

function normalized(line: string): string {
  let text = line.replace(/ boxed=\w+| coroutine=\w+/g, '');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/OrderedDict\(\[\(('\w+'), ((?:(?!OrderedDict).)*?)\)\]\)/, '{$1: $2}');
  }
  return text;
}

function printDefinition(
  definition: Definition,
  model: QapiModel,
  objectOf: (data: string | readonly MemberDefinition[] | undefined, role: string) => string | undefined,
): [head: string, lines: string[]] {
  const { kind, name } = definition;
  switch (kind) {
    case 'enum':
      return [
        `enum ${name}`,
        definition.values.flatMap((value) => [`    member ${value.name}`, ...factLines(value, 8)]),
      ];
    case 'alternate': {
      const cases = definition.alternatives.flatMap((alternative) => [
        `    case ${alternative.name}: ${typeName(alternative.type)}`,
        ...ifLines(alternative.condition, 8),
      ]);
      return [`alternate ${name}`, ['    tag type', ...cases]];
    }
    case 'object': {
      const base = objectOf(definition.base, 'base');
      const lines = [...(base === undefined ? [] : [`    base ${base}`]), ...definition.members.flatMap(memberLines)];
      return [`object ${name}`, [...lines, ...branchLines(name, model)]];
    }
    case 'command': {
      const { returns, open, silent, allowOob, allowPreconfig } = definition;
      const reply = returns === undefined ? 'None' : typeName(returns);
      const flags = [
        `gen=${yes(open !== true)}`,
        `success_response=${yes(silent !== true)}`,
        `oob=${yes(allowOob)}`,
        `preconfig=${yes(allowPreconfig)}`,
      ];
      return [
        `command ${name} ${objectOf(definition.arguments, 'arg') ?? 'None'} -> ${reply}`,
        [`    ${flags.join(' ')}`],
      ];
    }
    case 'event':
      return [`event ${name} ${objectOf(definition.data, 'arg') ?? 'None'}`, []];
  }
}

/** QEMU prints the branches that are written down, then those that are not. */
function branchLines(name: string, model: QapiModel): string[] {
  const type = model.type(name);
  if (type?.kind !== 'object' || type.tag === undefined) return [];
  const { branches, tag } = type;
  const values = tag.type.kind === 'enum' ? [...tag.type.values.values()] : [];
  const missing = values.filter((value) => !branches.has(value.name));
  return [
    `    tag ${tag.name}`,
    ...[...branches.values()].flatMap((branch) => [
      `    case ${branch.value}: ${branch.type.name}`,
      ...ifLines(branch.condition, 8),
    ]),
    ...missing.flatMap((value) => [`    case ${value.name}: q_empty`, ...ifLines(value.condition, 8)]),
  ];
}

function memberLines(member: MemberDefinition): string[] {
  const { name, type, optional } = member;
  return [`    member ${name}: ${typeName(type)} optional=${yes(optional)}`, ...factLines(member, 8)];
}

function factLines({ condition, features = [] }: Facts, indent: number): string[] {
  const lines = features.flatMap((feature) => [
    `${' '.repeat(indent)}feature ${feature.name}`,
    ...ifLines(feature.condition, indent + 4),
  ]);
  return [...ifLines(condition, indent), ...lines];
}

function ifLines(condition: Condition | undefined, indent: number): string[] {
  if (condition === undefined) return [];
  return [`${' '.repeat(indent)}if ${typeof condition === 'string' ? condition : inPython(condition)}`];
}

function inPython(condition: Condition): string {
  if (typeof condition === 'string') return `'${condition}'`;
  const [[operator, operand] = []] = Object.entries(condition) as [string, Condition | readonly Condition[]][];
  const conditions = Array.isArray(operand) ? (operand as readonly Condition[]) : undefined;
  const printed = conditions ? `[${conditions.map(inPython).join(', ')}]` : inPython(operand as Condition);
  return `{'${operator}': ${printed}}`;
}

function typeName(type: TypeReference): string {
  return typeof type === 'string' ? type : `${type[0]}List`;
}

function yes(flag: boolean | undefined): string {
  return flag === true ? 'True' : 'False';
}
