import { DirtyBitmap } from '../block/dirty-bitmap.ts';

/** The bitmap by which a job knows what is left to do; nothing, where nobody writes. */
export function jobBitmap(): DirtyBitmap {
  return new DirtyBitmap({ granularity: 65_536, isRecording: false, isPersistent: false });
}
