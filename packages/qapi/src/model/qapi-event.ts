import type { EventDefinition } from './definition.ts';
import { hasFeature } from './feature.ts';
import type { ObjectType } from './qapi-type.ts';

/** An event of a schema, with its types at hand. */
export class QapiEvent {
  readonly kind = 'event';
  readonly name: string;
  /** As it was defined; its features, condition and version stand here. */
  readonly definition: EventDefinition;
  /** Undefined where it has none. */
  readonly data: ObjectType | undefined;

  constructor(definition: EventDefinition, data: ObjectType | undefined) {
    this.name = definition.name;
    this.definition = definition;
    this.data = data;
  }

  /** Whether it will go away. */
  get isDeprecated(): boolean {
    return hasFeature(this.definition, 'deprecated');
  }

  /** Whether it may change, or go away, without notice. */
  get isUnstable(): boolean {
    return hasFeature(this.definition, 'unstable');
  }
}
