import type { BlockdevOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import type { NodeGraph } from './node-graph.ts';
import { describeNode } from './node-report.ts';
import type { NodeOpener } from './open-node.ts';

/** Making, changing and deleting nodes, and asking for them. */
export function nodeCommands(graph: NodeGraph, opener: NodeOpener): Handlers {
  return {
    'query-named-block-nodes': ({ flat = false }) => [...graph.nodes].reverse().map((node) => describeNode(node, flat)),
    'blockdev-add': (options) => opener.add(options),
    'blockdev-del': ({ 'node-name': name }) => graph.delete(name),
    'blockdev-reopen'({ options }) {
      for (const changes of options) reopen(graph, changes);
    },
    'blockdev-set-active': ({ 'node-name': name }) => {
      if (name !== undefined) graph.findEither('', name);
    },
    block_resize({ 'node-name': name, device, size }) {
      const node = graph.findEither(device, name);
      if (size < 0) throw genericError("Parameter 'size' expects a >0 size");
      graph.checkFree(node);
      if (node.isReadOnly) throw genericError('Image is read-only');
      node.resize(Number(size));
    },
    'change-backing-file'({ device, 'image-node-name': name, 'backing-file': backingFile }) {
      graph.find(device);
      const { image } = graph.findEither('', name);
      if (image !== undefined) image.backingFile = backingFile;
    },
  };
}

/** What may change while a node is in use: whether it can be written, and what is below. */
function reopen(graph: NodeGraph, changes: BlockdevOptions): void {
  const options = changes as {
    readonly 'node-name'?: string;
    readonly 'read-only'?: boolean;
    readonly backing?: unknown;
  };
  if (options['node-name'] === undefined) throw genericError('node-name not specified');
  const node = graph.findNode(options['node-name']);
  node.isReadOnly = options['read-only'] ?? false;
  if (typeof options.backing === 'string') node.setBacking(graph.find(options.backing));
  if (options.backing === null) node.setBacking(undefined);
}
