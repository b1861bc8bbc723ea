import { builtinJson, type BuiltinType } from '../model/builtin-type.ts';
import { isInRange } from '../model/integer-range.ts';
import { jsonKindOf } from '../model/json-kind.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import type { AlternateType, EnumType, ObjectType, QapiType } from '../model/qapi-type.ts';
import { closestName } from './closest-name.ts';
import { describeType } from './describe-type.ts';
import { describeKind, describeValue, jsonKindOfValue } from './describe-value.ts';
import { formatPath } from './issue-path.ts';
import { branchFor, explainUnexpected, ownMember } from './object-members.ts';
import { type IssueFacts, makeIssue, type ValidationIssue } from './validation-issue.ts';

/** QEMU's parser takes no more levels; a cycle ends here, too. */
const MAX_NESTING = 1_024;

/** Who has more has a problem of another kind, and memory is bounded. */
const MAX_ISSUES = 100;

/**
 * How a value is read: `exact` is how QEMU takes arguments, and refuses members that it does not know; `open` is how
 * clients take what QEMU says, because a newer one says more.
 */
export type Reading = 'exact' | 'open';

/** Looks for what is wrong with a value, in the way that QEMU would, but does not stop at the first. */
export class ValueChecker {
  readonly issues: ValidationIssue[] = [];
  readonly #reading: Reading;
  readonly #knowsWidths: boolean;
  readonly #path: (string | number)[] = [];

  /** @param model of the types that are checked. */
  constructor(reading: Reading, { knowsWidths }: QapiModel) {
    this.#reading = reading;
    this.#knowsWidths = knowsWidths;
  }

  check(value: unknown, type: QapiType): void {
    switch (type.kind) {
      case 'builtin':
        this.#checkBuiltin(value, type);
        break;
      case 'enum':
        this.#checkEnum(value, type);
        break;
      case 'array':
        if (Array.isArray(value)) this.#checkItems(value, type.element);
        else this.#wrongType(value, type);
        break;
      case 'object':
        this.checkObject(value, type);
        break;
      case 'alternate':
        this.#checkAlternate(value, type);
        break;
    }
  }

  /** @param reading of its own members, where that is not how all are read. */
  checkObject(value: unknown, type: ObjectType, reading: Reading = this.#reading): void {
    if (jsonKindOfValue(value) !== 'object') {
      this.#wrongType(value, type);
      return;
    }
    if (this.#isTooDeep()) return;
    const members = value as Readonly<Record<string, unknown>>;
    let known = 0;
    for (let level: ObjectType | undefined = type; level !== undefined; level = branchFor(members, level)) {
      known += this.#checkMembers(members, level);
    }
    if (reading === 'open') return;
    const names = Object.keys(members).filter((name) => members[name] !== undefined);
    if (names.length > known) this.#refuseUnexpected(members, names, type);
  }

  /** @returns how many of them are there. */
  #checkMembers(value: Readonly<Record<string, unknown>>, type: ObjectType): number {
    let present = 0;
    for (const member of type.members.values()) {
      const item = ownMember(value, member.name);
      this.#path.push(member.name);
      if (item !== undefined) {
        present += 1;
        this.check(item, member.type);
      } else if (!member.isOptional && member.condition === undefined) {
        // What depends on how QEMU was built may be missing.
        this.#report({ kind: 'missing', expected: describeType(member.type), found: 'nothing' });
      }
      this.#path.pop();
    }
    return present;
  }

  #refuseUnexpected(value: Readonly<Record<string, unknown>>, names: readonly string[], type: ObjectType): void {
    for (const name of names) {
      const explanation = explainUnexpected(value, name, type);
      if (explanation === undefined) continue;
      this.#path.push(name);
      this.#report({ kind: 'unexpected', found: describeKind(value[name]), ...explanation });
      this.#path.pop();
    }
  }

  #checkItems(items: readonly unknown[], type: QapiType): void {
    if (this.#isTooDeep()) return;
    for (let index = 0; index < items.length; index++) {
      this.#path.push(index);
      this.check(items[index], type);
      this.#path.pop();
    }
  }

  #checkAlternate(value: unknown, type: AlternateType): void {
    const kind = jsonKindOfValue(value);
    const alternative = type.alternatives.find((each) => jsonKindOf(each.type) === kind);
    if (alternative === undefined) this.#wrongType(value, type);
    else this.check(value, alternative.type);
  }

  #checkEnum(value: unknown, type: EnumType): void {
    if (typeof value !== 'string') this.#wrongType(value, type);
    else if (this.#reading === 'exact' && !type.values.has(value)) {
      const didYouMean = closestName(value, type.values.keys());
      this.#report({ kind: 'value', expected: describeType(type), found: describeValue(value), didYouMean });
    }
  }

  #checkBuiltin(value: unknown, type: BuiltinType): void {
    const json = builtinJson(type.name);
    if (json === 'integer') this.#checkInteger(value, type);
    else if (json === 'any' ? value === undefined : jsonKindOfValue(value) !== json) this.#wrongType(value, type);
  }

  #checkInteger(value: unknown, type: BuiltinType): void {
    if (typeof value !== 'number' && typeof value !== 'bigint') this.#wrongType(value, type);
    else if (typeof value === 'number' && !Number.isInteger(value)) {
      this.#report({ kind: 'type', expected: describeType(type), found: describeValue(value) });
    } else if (!isInRange(value, type.name) && (this.#knowsWidths || !isInRange(value, 'uint64'))) {
      this.#report({ kind: 'value', expected: describeType(type), found: describeValue(value) });
    }
  }

  #isTooDeep(): boolean {
    if (this.#path.length < MAX_NESTING) return false;
    this.#report({ kind: 'value', expected: `at most ${MAX_NESTING} levels`, found: 'more, or a cycle' });
    return true;
  }

  #wrongType(value: unknown, type: QapiType): void {
    this.#report({ kind: 'type', expected: describeType(type), found: describeKind(value) });
  }

  #report(facts: Omit<IssueFacts, 'path'>): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push(makeIssue({ ...facts, path: formatPath(this.#path) }));
  }
}
