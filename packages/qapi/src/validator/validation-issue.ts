/** What is wrong with a value, in one place. */
export interface ValidationIssue {
  /** Where, as QEMU writes it: `file.driver`, `nodes[2].node-name`; empty where it is the whole. */
  readonly path: string;
  /**
   * `missing` and `unexpected` are members; `type` is the wrong JSON type; `value` is one that the type does not have;
   * `unknown` is a command or an event that the schema does not have.
   */
  readonly kind: 'missing' | 'unexpected' | 'type' | 'value' | 'unknown';
  /** What would be right: `an integer from 0 to 65535`. */
  readonly expected: string;
  /** What is there instead: `a string`. It tells no more of the value than is needed, because that may be a secret. */
  readonly found: string;
  /** A name that is right and looks much like the one that is wrong. */
  readonly didYouMean: string | undefined;
  /** All of it as a sentence without an end: `file.driver: expected …, found "nul-co"; did you mean "null-co"?` */
  readonly message: string;
}

/** An issue without its sentence. */
export type IssueFacts = Omit<ValidationIssue, 'message' | 'didYouMean'> & { readonly didYouMean?: string | undefined };

/** The issue with its sentence. */
export function makeIssue({ didYouMean, ...facts }: IssueFacts): ValidationIssue {
  const hint = didYouMean === undefined ? undefined : `did you mean ${JSON.stringify(didYouMean)}?`;
  return { ...facts, didYouMean, message: sentenceOf(facts, hint) };
}

function sentenceOf({ path, kind, expected, found }: IssueFacts, hint: string | undefined): string {
  switch (kind) {
    case 'missing':
      return `${path} is missing; expected ${expected}`;
    case 'unexpected':
      return `${path} is unexpected; ${hint ?? `expected ${expected}`}`;
    case 'unknown':
      return `${found} is unknown; ${hint ?? `expected ${expected}`}`;
    case 'type':
    case 'value': {
      const sentence = `${path === '' ? '' : `${path}: `}expected ${expected}, found ${found}`;
      return hint === undefined ? sentence : `${sentence}; ${hint}`;
    }
  }
}
