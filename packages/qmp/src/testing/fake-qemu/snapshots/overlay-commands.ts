import type { BlockdevSnapshot, BlockdevSnapshotSync } from '../../../schema/types/qemu-11.1.gen.ts';
import type { Disks } from '../block/disks.ts';
import type { BlockNode } from '../block/block-node.ts';
import { takesBacking } from '../block/driver.ts';
import { emptyImage } from '../block/disk-image.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import type { NodeOpener } from '../block/open-node.ts';
import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';

/** Snapshots of disks by a new layer on top: what there was is kept as it is. */
export function overlayCommands(graph: NodeGraph, opener: NodeOpener, disks: Disks): Handlers {
  return {
    'blockdev-snapshot'({ node: name, overlay: overlayName }: BlockdevSnapshot) {
      const node = graph.find(name);
      const overlay = graph.find(overlayName);
      graph.checkFree(node);
      if (graph.isInUse(overlay)) throw genericError('The overlay is already in use');
      checkOverlay(overlay);
      if (node === overlay) throw genericError(`Making '${name}' a backing child of '${name}' would create a cycle`);
      putOnTop(graph, overlay, node);
    },
    'blockdev-snapshot-sync'(args: BlockdevSnapshotSync) {
      const { 'node-name': name, device, 'snapshot-file': filename, format = 'qcow2' } = args;
      const node = graph.checkFree(graph.findEither(device, name));
      const nodeName = args['snapshot-node-name'];
      if (nodeName !== undefined) opener.checkName(nodeName);
      const fault = disks.faultOf(filename);
      if (fault !== undefined) throw genericError(`Could not create '${filename}': ${fault}`);
      if (args.mode !== 'existing') {
        const image = emptyImage(format, node.sizeBytes);
        disks.create(filename, 0).image = { ...image, backingFile: node.filename, backingFormat: node.driver };
      }
      const options = { driver: format, file: { driver: 'file', filename }, backing: null };
      const overlay = opener.open(nodeName === undefined ? options : { ...options, 'node-name': nodeName });
      putOnTop(graph, overlay, node);
      // Nothing but a disk of the guest keeps such a node.
      if (overlay.backends.size === 0) graph.remove(overlay);
    },
  };
}

function checkOverlay(overlay: BlockNode): void {
  if (!takesBacking(overlay.driver)) throw genericError('The overlay does not support backing images');
  if (overlay.backing !== undefined) throw genericError('The overlay already has a backing image');
}

function putOnTop(graph: NodeGraph, overlay: BlockNode, node: BlockNode): void {
  graph.replace(node, overlay);
  overlay.setBacking(node);
  node.isReadOnly = true;
}
