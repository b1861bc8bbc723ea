/** What QEMU's versions disagree about. */
export interface Rules {
  /**
   * Comments as they were before 9.1: they have sections `Note:`, `Notes:`, `Example:` and `Examples:`, a section may
   * begin in the middle of a paragraph, and headings stand anywhere.
   */
  readonly historicComments: boolean;
  /**
   * How far text is indented that goes on below its title: as far as the text beside the title, or as far as the line
   * above, or as it likes.
   */
  readonly indentation: 'column' | 'even' | 'free';
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
export type RulesVersion = '7.2' | '10.0';

/** The rules of QEMU's versions. */
export const rulesOf: Readonly<Record<RulesVersion, Rules>> = {
  '7.2': {
    historicComments: true,
    indentation: 'column',
    undocumentedMembers: true,
    returnsOfNothing: true,
    conditionalArguments: true,
    unionBranches: false,
    manyFeatures: true,
  },
  '10.0': {
    historicComments: false,
    indentation: 'even',
    undocumentedMembers: false,
    returnsOfNothing: false,
    conditionalArguments: false,
    unionBranches: true,
    manyFeatures: false,
  },
};

/** What any of the versions before 9.1 allows. */
export const historicRules: Rules = { ...rulesOf['7.2'], indentation: 'free', unionBranches: true };
