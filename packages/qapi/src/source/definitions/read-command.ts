import type { MemberDefinition, TypeReference } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { type DefinitionContext, textFact } from './definition-context.ts';
import { readMembers, readTypeName, readTypeReference } from './read-members.ts';

/** @throws SchemaError */
export function readCommand(node: ObjectNode, context: DefinitionContext): CommandParts {
  const returns = node.entries.get('returns');
  const flag = (key: string, value: boolean): boolean => readFlag(node, key, value, context.subject);
  const allowOob = flag('allow-oob', true);
  const isCoroutine = flag('coroutine', true);
  if (allowOob && isCoroutine) {
    throw errorAt(node.place, `${context.subject} has 'allow-oob' and 'coroutine': expected one of them at most`);
  }
  const data = readData(node, context);
  const { documentation: returnsText } = textFact(context.documentation?.sections.get('Returns'), context.keepsText);
  const { documentation: errorsText } = textFact(context.documentation?.sections.get('Errors'), context.keepsText);
  return {
    kind: 'command',
    ...(data === undefined ? {} : { arguments: data }),
    ...(returns === undefined ? {} : { returns: readTypeReference(returns, `the reply of ${context.subject}`) }),
    ...(flag('gen', false) ? { open: true } : {}),
    ...(flag('success-response', false) ? { silent: true } : {}),
    ...(allowOob ? { allowOob } : {}),
    ...(flag('allow-preconfig', true) ? { allowPreconfig: true } : {}),
    ...(returnsText === undefined ? {} : { returnsDocumentation: returnsText }),
    ...(errorsText === undefined ? {} : { errorsDocumentation: errorsText }),
  };
}

/** @throws SchemaError */
export function readEvent(
  node: ObjectNode,
  context: DefinitionContext,
): { readonly kind: 'event'; readonly data?: string | readonly MemberDefinition[] } {
  const data = readData(node, context);
  return { kind: 'event', ...(data === undefined ? {} : { data }) };
}

/** Whether a command or an event takes its data in one piece, which lifts some rules. */
export function isBoxed(node: ObjectNode): boolean {
  return node.entries.has('boxed');
}

interface CommandParts {
  readonly kind: 'command';
  readonly arguments?: string | readonly MemberDefinition[];
  readonly returns?: TypeReference;
  readonly open?: true;
  readonly silent?: true;
  readonly allowOob?: true;
  readonly allowPreconfig?: true;
  readonly returnsDocumentation?: string;
  readonly errorsDocumentation?: string;
}

/** Undefined where there is none, or no member in it. */
function readData(node: ObjectNode, context: DefinitionContext): string | readonly MemberDefinition[] | undefined {
  const data = node.entries.get('data');
  const subject = `the data of ${context.subject}`;
  if (readFlag(node, 'boxed', true, context.subject)) {
    if (data === undefined) throw errorAt(node.place, `${context.subject} has 'boxed' and no 'data'`);
    return readTypeName(data, subject);
  }
  if (data === undefined) return undefined;
  if (data.kind === 'string') return data.value;
  if (data.kind !== 'object') {
    throw errorAt(data.place, `${subject} is ${describeNode(data)}: expected the name of a type or an object`);
  }
  return data.entries.size === 0 ? undefined : readMembers(data, context);
}

/** @returns whether the flag is there, with the only value that it may have. */
function readFlag(node: ObjectNode, key: string, value: boolean, subject: string): true | false {
  const flag = node.entries.get(key);
  if (flag === undefined) return false;
  if (flag.kind === 'boolean' && flag.value === value) return true;
  throw errorAt(flag.place, `'${key}' of ${subject} is ${describeNode(flag)}: it may only be ${value}`);
}
