import type { Condition } from '../model/definition.ts';
import type { DifferenceKind, Direction, SchemaDifference } from './schema-difference.ts';

/** What the comparison of two types, of two commands or of two events has found, and who uses them. */
export class ComparisonNode {
  /** Where it was found first, which is where it is nearest. */
  readonly path: string;
  readonly direction: Direction;
  readonly #differences: Omit<SchemaDifference, 'users'>[] = [];
  readonly #users = new Set<ComparisonNode | string>();

  /** @param user the command or event that it is, or what uses it. */
  constructor(path: string, direction: Direction, user: ComparisonNode | string) {
    this.path = path;
    this.direction = direction;
    this.#users.add(user);
  }

  /** Something else uses it, too. */
  addUser(user: ComparisonNode): void {
    this.#users.add(user);
  }

  report(kind: DifferenceKind, isCompatible: boolean, facts: DifferenceFacts = {}): void {
    const { path = this.path, before, after, condition } = facts;
    this.#differences.push({ path, kind, before, after, isCompatible, condition });
  }

  /** What was found, with all that it is about. */
  finish(): SchemaDifference[] {
    if (this.#differences.length === 0) return [];
    const users = this.#findUsers();
    return this.#differences.map((difference) => ({ ...difference, users }));
  }

  #findUsers(): string[] {
    const names = new Set<string>();
    // Grows while it is walked through.
    const nodes = new Set<ComparisonNode>([this]);
    for (const node of nodes) {
      for (const user of node.#users) {
        if (typeof user === 'string') names.add(user);
        else nodes.add(user);
      }
    }
    return [...names].sort();
  }
}

/** What a difference is about; its path is that of the node unless it says otherwise. */
export interface DifferenceFacts {
  readonly path?: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly condition?: Condition | undefined;
}
