import { describeCondition, type Facts } from '@qmp/qapi';

import type { Format } from '../terminal/paint.ts';
import type { Cell } from './sheet.ts';

/** Marks that QEMU itself knows, in the colour of what they mean. */
const WARNINGS: ReadonlyMap<string, Format> = new Map([
  ['deprecated', 'red'],
  ['unstable', 'yellow'],
]);

/** What a schema says of something besides its type: when it came, whether it stays, in which builds it is. */
export function factCells({ features = [], since, condition }: Facts): Cell[] {
  const marks = features.map(({ name }): Cell => {
    const format = WARNINGS.get(name);
    return format === undefined ? { text: `feature ${name}`, format: 'dim' } : { text: name, format };
  });
  const rest = [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(condition === undefined ? [] : [`if ${describeCondition(condition)}`]),
  ];
  return [...marks, ...rest.map((text): Cell => ({ text, format: 'dim' }))];
}
