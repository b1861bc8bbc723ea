import { QmpError } from '@qmp/protocol';
import type { ValidationIssue } from '@qmp/qapi';

/** A command, a reply or an event that is not as the schema says. A command that fails is not sent. */
export class ValidationError extends QmpError {
  override readonly name = 'ValidationError';
  readonly code = 'VALIDATION_FAILED';
  /** The command or the event. */
  readonly subject: string;
  /** The part of it that is wrong: the arguments of a command, what it returned, or the data of an event. */
  readonly part: 'arguments' | 'return' | 'data';
  /** All that is wrong, with paths; at least one thing. */
  readonly issues: readonly ValidationIssue[];

  constructor(message: string, facts: Pick<ValidationError, 'subject' | 'part' | 'issues'>) {
    super(message);
    this.subject = facts.subject;
    this.part = facts.part;
    this.issues = facts.issues;
  }
}
