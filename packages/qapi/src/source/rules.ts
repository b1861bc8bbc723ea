import type { SchemaSource } from './schema-reader.ts';

/** What QEMU's versions disagree about. */
export interface Rules {
  /** Sections `Note:`, `Notes:`, `Example:` and `Examples:`, and headings anywhere in a free comment. */
  readonly historicComments: boolean;
  /** Text that goes on below its heading without being indented. */
  readonly flushText: boolean;
  /** Text that is indented less than the lines above it. */
  readonly unevenText: boolean;
  /** Members, values and alternatives without documentation. */
  readonly undocumentedMembers: boolean;
  /** A section `Returns:` on a command that returns nothing. */
  readonly returnsOfNothing: boolean;
  /** Arguments and event data that depend on conditions, in commands and events that are not boxed. */
  readonly conditionalArguments: boolean;
  /** Unions as branches of unions. */
  readonly unionBranches: boolean;
  /** More different features than there are bits. */
  readonly manyFeatures: boolean;
}

/** QEMU versions whose rules are known. */
export type RulesVersion = '7.2' | '10.0';

const rulesOf: Readonly<Record<RulesVersion, Rules>> = {
  '7.2': {
    historicComments: true,
    flushText: false,
    unevenText: true,
    undocumentedMembers: true,
    returnsOfNothing: true,
    conditionalArguments: true,
    unionBranches: false,
    manyFeatures: true,
  },
  '10.0': {
    historicComments: false,
    flushText: true,
    unevenText: false,
    undocumentedMembers: false,
    returnsOfNothing: false,
    conditionalArguments: false,
    unionBranches: true,
    manyFeatures: false,
  },
};

/** What any of the versions before 9.1 allows. */
const historicRules: Rules = { ...rulesOf['7.2'], flushText: true, unionBranches: true };

/** Those of a version, or those of the time that a schema's comments are from: their sections changed in 9.1. */
export function chooseRules(version: RulesVersion | undefined, { expressions }: SchemaSource): Rules {
  if (version !== undefined) return rulesOf[version];
  const isHistoric = expressions.some(({ documentation }) => documentation?.historicSection !== undefined);
  return isHistoric ? historicRules : rulesOf['10.0'];
}
