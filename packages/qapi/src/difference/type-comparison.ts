import type { AlternateType, EnumType, ObjectType, QapiType } from '../model/qapi-type.ts';
import { alternativeLike, compareAlternates } from './compare-alternates.ts';
import { compareEnums } from './compare-enums.ts';
import { compareObjects } from './compare-objects.ts';
import { ComparisonNode } from './comparison-node.ts';
import { notationOf } from './type-notation.ts';
import type { Direction, SchemaDifference } from './schema-difference.ts';
import { takesAll, type WireName } from './widening.ts';

/** Types that are compared once for each direction, however many use them. */
type SharedType = EnumType | ObjectType | AlternateType;

/** The comparison of a whole schema: pairs of types, those first that are nearest to commands and events. */
export class TypeComparison {
  readonly #wireName: WireName;
  readonly #nodes: ComparisonNode[] = [];
  readonly #shared = { in: new Map<SharedType, Map<SharedType, ComparisonNode>>(), out: new Map() } satisfies Record<
    Direction,
    Map<SharedType, Map<SharedType, ComparisonNode>>
  >;
  readonly #pending: (() => void)[] = [];

  /** @param wireName which builtin types are the same. */
  constructor(wireName: WireName) {
    this.#wireName = wireName;
  }

  /** What there is to say of a command or an event, in one direction. */
  addRoot(name: string, direction: Direction, path: string = name): ComparisonNode {
    return this.#addNode(path, direction, name);
  }

  /** Compares what stands in the same place of both schemas; what it is made of follows later. */
  compareUse(before: QapiType, after: QapiType, user: ComparisonNode, path: string): void {
    if (before.kind === 'array' && after.kind === 'array') {
      this.compareUse(before.element, after.element, user, `${path}[]`);
    } else if (before.kind === 'object' && after.kind === 'object') {
      this.#compareOnce(before, after, user, path, (node) => compareObjects(this, node, before, after));
    } else if (before.kind === 'enum' && after.kind === 'enum') {
      this.#compareOnce(before, after, user, path, (node) => compareEnums(node, before, after));
    } else if (before.kind === 'alternate' && after.kind === 'alternate') {
      this.#compareOnce(before, after, user, path, (node) => compareAlternates(this, node, before, after));
    } else if (!this.#areSameBuiltins(before, after)) {
      this.#reportChange(before, after, user, path);
    }
  }

  /** All that was found. */
  finish(): SchemaDifference[] {
    // Grows while it is walked through.
    for (const compare of this.#pending) compare();
    return this.#nodes.flatMap((node) => node.finish());
  }

  #compareOnce(
    before: SharedType,
    after: SharedType,
    user: ComparisonNode,
    path: string,
    compare: (node: ComparisonNode) => void,
  ): void {
    const ofDirection: Map<SharedType, Map<SharedType, ComparisonNode>> = this.#shared[user.direction];
    const ofType = ofDirection.get(before) ?? new Map<SharedType, ComparisonNode>();
    ofDirection.set(before, ofType);
    const known = ofType.get(after);
    if (known !== undefined) {
      known.addUser(user);
      return;
    }
    const node = this.#addNode(path, user.direction, user);
    ofType.set(after, node);
    this.#pending.push(() => compare(node));
  }

  #areSameBuiltins(before: QapiType, after: QapiType): boolean {
    const [one, other] = [this.#onWire(before), this.#onWire(after)];
    return one.kind === 'builtin' && other.kind === 'builtin' && one.name === other.name;
  }

  #onWire(type: QapiType): QapiType {
    return type.kind === 'builtin' ? { kind: 'builtin', name: this.#wireName(type.name) } : type;
  }

  /** One kind of type in the place of another: clients notice unless the one takes all that the other has. */
  #reportChange(before: QapiType, after: QapiType, user: ComparisonNode, path: string): void {
    const [narrow, wide] = user.direction === 'in' ? [before, after] : [after, before];
    const alternative = wide.kind === 'alternate' ? alternativeLike(wide, narrow) : undefined;
    const wraps = alternative?.kind === narrow.kind;
    const isCompatible = wraps || takesAll(this.#onWire(alternative ?? wide), this.#onWire(narrow));
    user.report('type changed', isCompatible, { path, before: notationOf(before), after: notationOf(after) });
    if (!wraps) return;
    // What it wraps may be different, too.
    const [inner, outer] = wide === after ? [before, alternative] : [alternative, after];
    this.compareUse(inner, outer, user, path);
  }

  #addNode(path: string, direction: Direction, user: ComparisonNode | string): ComparisonNode {
    const node = new ComparisonNode(path, direction, user);
    this.#nodes.push(node);
    return node;
  }
}
