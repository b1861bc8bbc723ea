import type { Definition } from '../model/definition.ts';
import { type Manual, manualLink } from './manual.ts';
import type { TypeNames } from './type-names.ts';
import type { WireTypes } from './wire-types.ts';

/** What all parts of the printer need. */
export interface Printing {
  readonly types: WireTypes;
  readonly names: TypeNames;
  readonly manual: Manual | undefined;
}

/** Where the manual describes a definition, if there is one to look it up in. */
export function linkOf(
  { manual }: Printing,
  definition: Pick<Definition, 'kind' | 'name' | 'module'>,
): string | undefined {
  return manual === undefined ? undefined : manualLink(manual, definition);
}
