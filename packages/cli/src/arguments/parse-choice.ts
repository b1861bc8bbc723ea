import { UsageError } from './usage-error.ts';

/**
 * The value of an option that takes one of a few words.
 *
 * @throws UsageError for any other.
 */
export function parseChoice<const C extends string>(option: string, text: string, choices: readonly C[]): C {
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} is ${JSON.stringify(text)}; expected ${choices.join(' or ')}`);
}
