const KIBIBYTE = 1024;

/** Between the elements of an array, as QEMU writes it. */
const SEPARATOR = ', ';

/**
 * What each command of the benchmark's server returns, as JSON text.
 *
 * @returns {Record<string, string>}
 */
export function replies() {
  return {
    'query-version': '{"qemu": {"micro": 0, "minor": 1, "major": 11}, "package": ""}',
    'x-bench-256k': blockNodes(256 * KIBIBYTE),
    'x-bench-256k-exact': blockNodes(256 * KIBIBYTE, '"max-bytes": 9223372036854775807, '),
    'x-bench-16m': blockNodes(16 * KIBIBYTE * KIBIBYTE),
  };
}

/**
 * A list of block nodes in the shape of `query-named-block-nodes`, as long as asked for to within one node.
 *
 * @param {number} bytes
 * @param {string} [member] one more member for the last node
 */
function blockNodes(bytes, member = '') {
  const nodes = [];
  for (let length = 0; length < bytes; length += (nodes.at(-1)?.length ?? 0) + SEPARATOR.length) {
    nodes.push(blockNode(nodes.length));
  }
  const last = blockNode(nodes.length - 1, member);
  return `[${[...nodes.slice(0, -1), last].join(SEPARATOR)}]`;
}

/**
 * @param {number} index
 * @param {string} [member]
 */
function blockNode(index, member = '') {
  const file = `/srv/machines/guest-${index}/disk-${index % 4}.qcow2`;
  const sizes = `"virtual-size": ${(index + 1) * 10_737_418_240}, "actual-size": ${(index + 1) * 196_608}`;
  const limits = ['bps', 'bps_rd', 'bps_wr', 'iops', 'iops_rd', 'iops_wr'].map((name) => `"${name}": 0`).join(', ');
  const image = `{${sizes}, "cluster-size": 65536, "filename": "${file}", "format": "qcow2", "dirty-flag": false}`;
  const cache = '{"no-flush": false, "direct": true, "writeback": true}';
  return (
    `{${limits}, ${member}"image": ${image}, "cache": ${cache}, "ro": false, "drv": "qcow2", "encrypted": false, ` +
    `"node-name": "#block${index}", "file": "${file}", "detect_zeroes": "unmap", "write_threshold": 0, ` +
    `"backing_file_depth": ${index % 3}, "active": true, "children": [{"node-name": "#file${index}", "child": "file"}]}`
  );
}
