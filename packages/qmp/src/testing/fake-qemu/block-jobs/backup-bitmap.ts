import type { BackupCommon } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { genericError } from '../errors.ts';

/** What a backup of changes knows of them. */
export interface BackupBitmap {
  readonly bitmap: DirtyBitmap;
  /** When the changes are forgotten that were backed up. */
  readonly clears: 'on-success' | 'never' | 'always';
}

/**
 * The bitmap that a backup works by; undefined for one that needs none.
 *
 * @throws CommandError where the arguments do not name one, or not in full.
 */
export function backupBitmap(source: BlockNode, args: BackupCommon): BackupBitmap | undefined {
  const { sync, bitmap: name, 'bitmap-mode': mode } = args;
  const isOfChanges = sync === 'incremental' || sync === 'bitmap';
  if (name === undefined) {
    if (isOfChanges) throw genericError(`must provide a valid bitmap name for '${sync}' sync mode`);
    return undefined;
  }
  const bitmap = source.bitmap(name);
  if (bitmap === undefined) throw genericError(`Bitmap '${name}' could not be found`);
  if (sync !== 'incremental' && mode === undefined) {
    throw genericError('Bitmap sync mode must be given when providing a bitmap');
  }
  return { bitmap, clears: mode ?? 'on-success' };
}
