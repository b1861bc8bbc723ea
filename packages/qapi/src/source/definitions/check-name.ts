import { errorAt, type Place } from '../place.ts';

/** What may stand before the stem: the domain of a downstream (`__com.redhat_`), and the mark of an experiment. */
const wellFormed = /^(?:__[a-z0-9.-]+_)?(?:x-)?([a-z][a-z0-9_-]*)$/i;

/** What a kind of names may look like. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly expected: string;
}

export const lowerCase: NameRule = { pattern: /^[^A-Z_]*$/, expected: 'lower case without "_"' };
export const lowerCaseWithUnderscores: NameRule = { pattern: /^[^A-Z]*$/, expected: 'lower case' };
export const upperCase: NameRule = { pattern: /^[^a-z-]*$/, expected: 'upper case without "-"' };
export const camelCase: NameRule = { pattern: /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/, expected: 'CamelCase' };
export const anyCase: NameRule = { pattern: /^/, expected: 'anything' };

/** @throws SchemaError for a name that is none, that is reserved or that is not in the case of its kind. */
export function checkName(name: string, { pattern, expected }: NameRule, subject: string, place: Place): void {
  const [, stem] = wellFormed.exec(name) ?? [];
  if (stem === undefined) {
    throw errorAt(place, `${subject} has an invalid name: expected a letter, then letters, digits, "-" and "_"`);
  }
  if (identifierOf(name).startsWith('q_')) throw errorAt(place, `${subject} has a reserved name: it begins with "q_"`);
  if (!pattern.test(stem)) throw errorAt(place, `the name of ${subject} must be ${expected}`);
}

/** The C identifier that QEMU makes of a name: names that share one clash. */
export function identifierOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_');
}
