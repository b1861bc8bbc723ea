import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import { UsageError } from './usage-error.ts';

/** A map, not an object: keys such as `__proto__` are as good as any. */
type Branch = Map<string, Branch | Leaf>;

interface Leaf {
  readonly value: JsonValue;
}

/** Nested objects that grow by dotted keys: `file.driver` sets the member `driver` of the member `file`. */
export class ArgumentTree {
  readonly #root: Branch = new Map();

  /** @throws UsageError when the key has an empty part, or contradicts an earlier one. */
  set(key: string, value: JsonValue): void {
    const names = key.split('.');
    const last = names.pop() ?? '';
    if (last === '' || names.includes('')) {
      throw new UsageError(
        `The key ${JSON.stringify(key)} has an empty part; expected name=value or outer.inner=value`,
      );
    }
    const branch = this.#grow(names);
    const present = branch.get(last);
    if (present instanceof Map) throw bothValueAndObject(key);
    if (present !== undefined) throw new UsageError(`${JSON.stringify(key)} is set twice`);
    branch.set(last, { value });
  }

  toObject(): JsonObject {
    return objectOf(this.#root);
  }

  #grow(names: readonly string[]): Branch {
    let branch = this.#root;
    for (const [index, name] of names.entries()) {
      const present = branch.get(name);
      if (present !== undefined && !(present instanceof Map))
        throw bothValueAndObject(names.slice(0, index + 1).join('.'));
      const next: Branch = present ?? new Map();
      branch.set(name, next);
      branch = next;
    }
    return branch;
  }
}

function objectOf(branch: Branch): JsonObject {
  return Object.fromEntries(
    Array.from(branch, ([name, node]) => [name, node instanceof Map ? objectOf(node) : node.value]),
  );
}

function bothValueAndObject(key: string): UsageError {
  const quoted = JSON.stringify(key);
  return new UsageError(`${quoted} is both a value (${key}=...) and an object (${key}.name=...)`);
}
