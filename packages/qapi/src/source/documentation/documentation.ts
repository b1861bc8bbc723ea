import type { Place } from '../place.ts';
import type { Section } from './section.ts';

/** What a documentation comment says of the definition below it. */
export interface Documentation {
  /** What it is about. */
  readonly symbol: string;
  readonly place: Place;
  /** All that stands under no title. */
  readonly text: Section;
  /** Of members, of values, of alternatives: by name. */
  readonly members: ReadonlyMap<string, Section>;
  readonly features: ReadonlyMap<string, Section>;
  /** `Returns:`, `Errors:`, `Since:` and others, without the colon. */
  readonly sections: ReadonlyMap<string, Section>;
}
