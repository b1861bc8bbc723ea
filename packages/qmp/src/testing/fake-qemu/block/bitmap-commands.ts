import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import { DirtyBitmap } from './dirty-bitmap.ts';
import type { NodeGraph } from './node-graph.ts';

const GRANULARITY = 65_536;
const LEAST_GRANULARITY = 512;

/** Keeping track of what is written, for the next backup. */
export function bitmapCommands(graph: NodeGraph): Handlers {
  const find = ({ node, name }: BitmapReference): DirtyBitmap => {
    const bitmap = graph.find(node).bitmap(name);
    if (bitmap === undefined) throw genericError(`Dirty bitmap '${name}' not found`);
    return bitmap;
  };
  return {
    'block-dirty-bitmap-add'({
      node: nodeName,
      name,
      granularity = GRANULARITY,
      persistent = false,
      disabled = false,
    }) {
      const node = graph.find(nodeName);
      if (name === '') throw genericError('Bitmap name cannot be empty');
      if (granularity < LEAST_GRANULARITY || !Number.isInteger(Math.log2(granularity))) {
        throw genericError('Granularity must be power of 2 and at least 512');
      }
      if (persistent && node.driver !== 'qcow2') {
        throw genericError(`Can't store persistent bitmaps to ${nodeName}: Operation not supported`);
      }
      if (node.bitmap(name) !== undefined) throw genericError(`Bitmap already exists: ${name}`);
      node.bitmaps.push(new DirtyBitmap({ name, granularity, isPersistent: persistent, isRecording: !disabled }));
    },
    'block-dirty-bitmap-remove'(reference) {
      const { bitmaps } = graph.find(reference.node);
      bitmaps.splice(bitmaps.indexOf(checkFree(find(reference))), 1);
    },
    'block-dirty-bitmap-clear'(reference) {
      checkFree(find(reference)).dirtyBytes = 0;
    },
    'block-dirty-bitmap-enable'(reference) {
      checkFree(find(reference)).isRecording = true;
    },
    'block-dirty-bitmap-disable'(reference) {
      checkFree(find(reference)).isRecording = false;
    },
    'block-dirty-bitmap-merge'({ node, target, bitmaps }) {
      const into = find({ node, name: target });
      for (const source of bitmaps) {
        const bitmap = find(typeof source === 'string' ? { node, name: source } : source);
        into.dirtyBytes = Math.min(graph.find(node).sizeBytes, into.dirtyBytes + bitmap.dirtyBytes);
      }
    },
  };
}

interface BitmapReference {
  readonly node: string;
  readonly name: string;
}

function checkFree(bitmap: DirtyBitmap): DirtyBitmap {
  if (!bitmap.isBusy) return bitmap;
  throw genericError(`Bitmap '${bitmap.name ?? ''}' is currently in use by another operation and cannot be used`);
}
