/** What QEMU's versions disagree about. */
export interface Rules {
  /**
   * Comments as they were before 9.1: they have sections `Note:`, `Notes:`, `Example:` and `Examples:`, and a section may
   * begin in the middle of a paragraph.
   */
  readonly historicComments: boolean;
  /** Where a heading such as `= Heading` may stand in a comment that is about no definition; or that it is plain text. */
  readonly headings: 'anywhere' | 'first' | 'text';
  /**
   * How far text is indented that goes on below its title: as far as the text beside the title, or as far as the line
   * above, or as it likes.
   */
  readonly indentation: 'column' | 'even' | 'free';
  /** Lines may be long, and one space may stand between sentences. */
  readonly looseProse: boolean;
  /** Members, values and alternatives need no documentation. */
  readonly undocumentedMembers: boolean;
  /** A command that returns nothing may have a section `Returns:`. */
  readonly returnsOfNothing: boolean;
  /** Arguments and event data may depend on conditions even where they are not boxed. */
  readonly conditionalArguments: boolean;
  /** Unions may be branches of unions. */
  readonly unionBranches: boolean;
  /** There may be more features than there are bits in a word. */
  readonly manyFeatures: boolean;
}

/** QEMU versions whose rules are known. */
export type RulesVersion = '7.2' | '10.0' | '11.1';

const rules72: Rules = {
  historicComments: true,
  headings: 'anywhere',
  indentation: 'column',
  looseProse: true,
  undocumentedMembers: true,
  returnsOfNothing: true,
  conditionalArguments: true,
  unionBranches: false,
  manyFeatures: true,
};

const rules100: Rules = {
  historicComments: false,
  headings: 'first',
  indentation: 'even',
  looseProse: true,
  undocumentedMembers: false,
  returnsOfNothing: false,
  conditionalArguments: false,
  unionBranches: true,
  manyFeatures: false,
};

/** The rules of QEMU's versions. */
export const rulesOf: Readonly<Record<RulesVersion, Rules>> = {
  '7.2': rules72,
  '10.0': rules100,
  '11.1': { ...rules100, headings: 'text', looseProse: false },
};

/** What any of the versions before 9.1 allows. */
export const historicRules: Rules = { ...rules72, indentation: 'free', unionBranches: true };
