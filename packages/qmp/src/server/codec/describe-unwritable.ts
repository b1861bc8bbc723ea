import { isPlainObject, MAX_NESTING } from './plain-object.ts';
import { WireDouble } from './wire-value.ts';

/** More of a path than this tells nothing. */
const SHOWN_STEPS = 8;

/** What JSON cannot say in a value, and where: `return.nodes.0: a function is not a JSON value`. */
export function describeUnwritable(value: unknown, path: readonly string[] = []): string {
  return find(value, path) ?? 'it is no JSON value';
}

function find(value: unknown, path: readonly string[]): string | undefined {
  const fault = faultOf(value, path.length);
  if (fault !== undefined) {
    const steps = path.length > SHOWN_STEPS ? [...path.slice(0, SHOWN_STEPS), '…'] : path;
    return steps.length === 0 ? fault : `${steps.join('.')}: ${fault}`;
  }
  if (typeof value !== 'object' || value === null || value instanceof WireDouble) return undefined;
  for (const [name, member] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    if (member === undefined && !Array.isArray(value)) continue;
    const found = find(member, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function faultOf(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : `${value} is not a JSON number`;
    case 'object':
      if (value === null || value instanceof WireDouble) return undefined;
      if (depth >= MAX_NESTING) return `nested deeper than ${MAX_NESTING} levels, or a cycle`;
      if (Array.isArray(value) || isPlainObject(value)) return undefined;
      return `${className(value)} is not a JSON value; expected a plain object`;
    default:
      return `${value === undefined ? 'undefined' : `a ${typeof value}`} is not a JSON value`;
  }
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object with a prototype';
}
