import type { BlockNode } from '../block/block-node.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import { genericError } from '../errors.ts';

/**
 * A layer of a disk, by its node name or by its file name; undefined where neither is given.
 *
 * @throws CommandError if the disk has no such layer.
 */
export function findInChain(
  graph: NodeGraph,
  disk: BlockNode,
  nodeName: string | undefined,
  filename: string | undefined,
): BlockNode | undefined {
  if (nodeName !== undefined) {
    const node = graph.findEither('', nodeName);
    if (!disk.chain.includes(node)) throw genericError(`Node '${nodeName}' is not a backing image of '${disk.name}'`);
    return node;
  }
  if (filename === undefined) return undefined;
  const node = disk.chain.find((layer) => layer.filename === filename);
  if (node === undefined) throw genericError(`Can't find '${filename}' in the backing chain`);
  return node;
}
