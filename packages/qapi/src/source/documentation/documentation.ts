import type { Place } from '../place.ts';
import type { Section } from './section.ts';

/** What a documentation comment says of the definition below it. */
export interface Documentation {
  /** What it is about. */
  readonly symbol: string;
  readonly place: Place;
  /** All that stands under no heading. */
  readonly text: Section;
  /** Of members, of values, of alternatives: by name. */
  readonly members: ReadonlyMap<string, Section>;
  readonly features: ReadonlyMap<string, Section>;
  /** `Returns:`, `Errors:`, `Since:` and others, without the colon. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Where it has a section that QEMU did away with in 9.1. */
  readonly historicSection: Place | undefined;
  /** Where text goes on below its heading without being indented. */
  readonly flushText: Place | undefined;
  /** Where text is indented less than the lines above it. */
  readonly unevenText: Place | undefined;
  /** Where there is more than a name between `@` and `:`. */
  readonly brokenTitle: Place | undefined;
}
