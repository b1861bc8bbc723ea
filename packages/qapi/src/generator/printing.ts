import type { TypeNames } from './type-names.ts';
import type { WireTypes } from './wire-types.ts';

/** What all parts of the printer need. */
export interface Printing {
  readonly types: WireTypes;
  readonly names: TypeNames;
  /** Where definitions are described, by their names. */
  readonly links: ReadonlyMap<string, string | undefined>;
}
