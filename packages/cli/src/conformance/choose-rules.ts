import { UsageError } from '../arguments/usage-error.ts';

/**
 * The rules with these names, or all where there are none.
 *
 * @throws UsageError for a name that no rule has.
 */
export function chooseRules<R extends { readonly name: string }>(
  rules: readonly R[],
  names: readonly string[],
): readonly R[] {
  const unknown = names.find((name) => !rules.some((rule) => rule.name === name));
  if (unknown !== undefined) {
    const known = rules.map(({ name }) => name).join(', ');
    throw new UsageError(`${JSON.stringify(unknown)} is no rule; expected one of ${known}`);
  }
  return names.length === 0 ? rules : rules.filter(({ name }) => names.includes(name));
}
