import type { Facts } from './definition.ts';

/** Whether something carries a mark. */
export function hasFeature({ features }: Facts, name: string): boolean {
  return features?.some((feature) => feature.name === name) === true;
}
