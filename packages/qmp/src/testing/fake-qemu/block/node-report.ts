import type { BlockDeviceInfo, BlockdevChild, ImageInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from './block-node.ts';
import { kindOfDriver } from './driver.ts';

const NO_LIMITS = { bps: 0, bps_rd: 0, bps_wr: 0, iops: 0, iops_rd: 0, iops_wr: 0 };
const QCOW2_CLUSTER_BYTES = 65_536;
const SECTOR_BYTES = 512;

/** What QEMU tells of a node. */
export function describeNode(node: BlockNode, isFlat: boolean): BlockDeviceInfo {
  const { backing } = node;
  return {
    'node-name': node.name,
    drv: node.driver,
    file: node.filename,
    ro: node.isReadOnly,
    active: true,
    encrypted: false,
    ...(backing === undefined ? {} : { backing_file: backing.filename }),
    backing_file_depth: isFlat ? 0 : node.chain.length - 1,
    children: childrenOf(node),
    detect_zeroes: node.detectZeroes,
    ...NO_LIMITS,
    image: describeImage(node, isFlat),
    cache: { writeback: true, direct: node.cache.direct, 'no-flush': node.cache.noFlush },
    write_threshold: 0,
    ...(node.bitmaps.length === 0 ? {} : { 'dirty-bitmaps': node.bitmaps.map(({ info }) => info).reverse() }),
  };
}

/** The latest first. */
function childrenOf({ children }: BlockNode): BlockdevChild[] {
  return children.map(({ role, node }) => ({ child: role, 'node-name': node.name })).reverse();
}

function describeImage(node: BlockNode, isFlat: boolean): ImageInfo {
  const { image, driver } = node;
  const isNull = node.isInstant;
  const isAligned = kindOfDriver(driver) === 'null' || node.isFilter;
  const next = node.chain[1];
  const limits = {
    'request-alignment': node.isProbed ? SECTOR_BYTES : 1,
    'min-mem-alignment': isAligned ? 512 : 1,
    'opt-mem-alignment': 4096,
    'max-iov': 1024,
  };
  const clusters = driver === 'qcow2' ? QCOW2_CLUSTER_BYTES : undefined;
  return {
    filename: node.filename,
    format: driver,
    'virtual-size': node.sizeBytes,
    'actual-size': isNull ? 0 : actualSizeOf(node),
    limits:
      clusters === undefined
        ? limits
        : { ...limits, 'write-zeroes-alignment': clusters, 'discard-alignment': clusters },
    ...(isNull ? {} : { 'dirty-flag': false }),
    ...(hasClusters(node) ? { 'cluster-size': QCOW2_CLUSTER_BYTES } : {}),
    ...specificsOf(driver),
    ...(image?.backingFile === undefined ? {} : backingOf(image.backingFile, image.backingFormat)),
    ...(image === undefined || image.snapshots.length === 0 ? {} : { snapshots: image.snapshots }),
    ...(next === undefined || isFlat ? {} : { 'backing-image': describeImage(next, isFlat) }),
  };
}

/** A filter has those of what is below. */
function hasClusters(node: BlockNode): boolean {
  return node.isFilter ? node.below !== undefined && hasClusters(node.below) : node.driver === 'qcow2';
}

function specificsOf(driver: string): Pick<ImageInfo, 'format-specific'> {
  if (driver === 'file') return { 'format-specific': { type: 'file', data: {} } };
  if (driver !== 'qcow2') return {};
  const data = {
    compat: '1.1',
    'compression-type': 'zlib',
    'lazy-refcounts': false,
    'refcount-bits': 16,
    corrupt: false,
    'extended-l2': false,
  };
  return { 'format-specific': { type: 'qcow2', data } };
}

function backingOf(file: string, format: string | undefined): Partial<ImageInfo> {
  const names = { 'backing-filename': file, 'full-backing-filename': file };
  return format === undefined ? names : { ...names, 'backing-filename-format': format };
}

/** What the file takes on the real disk. */
function actualSizeOf(node: BlockNode): number {
  return node.file?.dataBytes ?? (node.below === undefined ? 0 : actualSizeOf(node.below));
}
