import type { Documentation } from '../documentation/documentation.ts';
import type { Section } from '../documentation/section.ts';
import { sinceOfDescription } from '../documentation/since.ts';
import type { Places } from '../place.ts';
import type { Pragmas } from '../pragmas.ts';

/** What the readers of a definition's parts need to know. */
export interface DefinitionContext {
  /** How errors call the definition: `struct "Foo"`. */
  readonly subject: string;
  readonly name: string;
  readonly pragmas: Readonly<Pragmas>;
  readonly documentation: Documentation | undefined;
  /** Whether the text of the documentation is asked for. */
  readonly keepsText: boolean;
  /** Where the parts of definitions stand, for later errors. */
  readonly places: Places;
}

/** What a description says of its part, ready to be spread into it. */
export function describedFacts(
  section: Section | undefined,
  keepsText: boolean,
): { readonly since?: string; readonly documentation?: string } {
  const since = sinceOfDescription(section);
  return { ...(since === undefined ? {} : { since }), ...textFact(section, keepsText) };
}

/** The text of a section, if it is asked for and there. */
export function textFact(section: Section | undefined, keepsText: boolean): { readonly documentation?: string } {
  return section === undefined || !keepsText || section.isEmpty ? {} : { documentation: section.text };
}
