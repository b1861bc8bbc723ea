/** What came of a rule. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly why: string }
  | { readonly kind: 'not applicable'; readonly why: string };

/** The one that is tested broke the rule. The message says how. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** The rule is about something that the one that is tested does not offer. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** The verdict on a check: it passes when nothing is thrown. */
export async function verdictOn(check: () => Promise<void>): Promise<Verdict> {
  try {
    await check();
    return { kind: 'pass' };
  } catch (error) {
    if (error instanceof Violation) return { kind: 'fail', why: error.message };
    if (error instanceof NotApplicable) return { kind: 'not applicable', why: error.message };
    throw error;
  }
}
