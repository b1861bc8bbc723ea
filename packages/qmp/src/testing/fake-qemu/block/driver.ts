/** What a block driver does: keep a disk in a file of its format, let another node shine through, or hold the data. */
export type DriverKind = 'format' | 'raw' | 'filter' | 'storage' | 'null';

/** Formats whose files may name a layer below. */
const FORMATS_WITH_BACKING: ReadonlySet<string> = new Set(['qcow2', 'qcow', 'qed', 'vmdk', 'parallels']);
const FORMATS: ReadonlySet<string> = new Set([
  ...FORMATS_WITH_BACKING,
  ...['bochs', 'cloop', 'dmg', 'luks', 'vdi', 'vhdx', 'vpc', 'vvfat'],
]);
const FILTERS: ReadonlySet<string> = new Set([
  ...['blkdebug', 'blklogwrites', 'blkreplay', 'compress', 'copy-before-write', 'copy-on-read', 'preallocate'],
  ...['snapshot-access', 'throttle'],
]);

export function kindOfDriver(driver: string): DriverKind {
  if (FORMATS.has(driver)) return 'format';
  if (FILTERS.has(driver)) return 'filter';
  if (driver === 'raw') return 'raw';
  return driver === 'null-co' || driver === 'null-aio' ? 'null' : 'storage';
}

export function takesBacking(driver: string): boolean {
  return FORMATS_WITH_BACKING.has(driver);
}
