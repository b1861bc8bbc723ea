import type { Definition } from '../../model/definition.ts';
import type { Documentation } from '../documentation/documentation.ts';
import type { Places } from '../place.ts';
import type { Pragmas } from '../pragmas.ts';
import type { Rules } from '../rules.ts';

/** What was read and is now to be checked. */
export interface CheckedSchema {
  readonly definitions: readonly CheckedDefinition[];
  readonly pragmas: Readonly<Pragmas>;
  readonly rules: Rules;
  readonly places: Places;
}

/** A definition, with what the model does not keep of it. */
export interface CheckedDefinition<D extends Definition = Definition> {
  readonly definition: D;
  readonly isBoxed: boolean;
  readonly documentation: Documentation | undefined;
}
