import { QmpError } from '@qmp/protocol';
import type { ValidationIssue } from '@qmp/qapi';

const SHOWN_ISSUES = 3;

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

  constructor(subject: string, part: ValidationError['part'], issues: readonly ValidationIssue[]) {
    const shown = issues.slice(0, SHOWN_ISSUES).map(({ message }) => message);
    if (issues.length > SHOWN_ISSUES) shown.push(`and ${issues.length - SHOWN_ISSUES} more`);
    super(`${subject}: ${part}: ${shown.join('; ')}`);
    this.subject = subject;
    this.part = part;
    this.issues = issues;
  }
}
