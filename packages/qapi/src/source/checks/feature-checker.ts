import type { Facts } from '../../model/definition.ts';
import { identifierOf } from '../definitions/check-name.ts';
import { errorAt, type Places } from '../place.ts';

/** QEMU keeps them in a word of this many bits. */
const maximumCount = 64;
/** QEMU itself acts on these, for what is on the wire. */
const specialNames: readonly string[] = ['deprecated', 'unstable'];

/** Checks the features of a schema, part by part. */
export class FeatureChecker {
  readonly #names = new Set(specialNames);
  readonly #places: Places;
  readonly #isBounded: boolean;

  /** @param isBounded whether there may be only as many as QEMU has bits for */
  constructor(places: Places, { isBounded }: { readonly isBounded: boolean }) {
    this.#places = places;
    this.#isBounded = isBounded;
  }

  /** @throws SchemaError */
  check({ features = [] }: Facts, subject: string): void {
    const known = new Map<string, string>();
    for (const feature of features) {
      const { name } = feature;
      const place = this.#places.get(feature);
      const other = known.get(identifierOf(name));
      if (other !== undefined) throw errorAt(place, `the feature "${name}" of ${subject} clashes with "${other}"`);
      known.set(identifierOf(name), name);
      this.#names.add(name);
      if (this.#isBounded && this.#names.size > maximumCount) {
        throw errorAt(place, `"${name}" is one feature more than the ${maximumCount} that a schema may have`);
      }
    }
  }

  /** @throws SchemaError for those that do not apply to types. */
  checkType({ features = [] }: Facts, subject: string): void {
    for (const feature of features) {
      if (!specialNames.includes(feature.name)) continue;
      throw errorAt(this.#places.get(feature), `${subject} has the feature "${feature.name}", which types cannot have`);
    }
  }
}
