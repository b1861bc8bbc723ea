/** What a block driver does: keep a disk in a file of its format, let another node shine through, or hold the data. */
export type DriverKind = 'format' | 'raw' | 'filter' | 'storage' | 'null';

/** Formats whose files may name a layer below. */
const FORMATS_WITH_BACKING = new Set('qcow2 qcow qed vmdk parallels'.split(' '));
const FORMATS_WITHOUT_BACKING = new Set('bochs cloop dmg luks vdi vhdx vpc vvfat'.split(' '));
const FILTERS = new Set(
  'blkdebug blklogwrites blkreplay compress copy-before-write copy-on-read preallocate snapshot-access throttle'.split(
    ' ',
  ),
);

export function kindOfDriver(driver: string): DriverKind {
  if (FORMATS_WITH_BACKING.has(driver) || FORMATS_WITHOUT_BACKING.has(driver)) return 'format';
  if (FILTERS.has(driver)) return 'filter';
  if (driver === 'raw') return 'raw';
  return driver === 'null-co' || driver === 'null-aio' ? 'null' : 'storage';
}

export function takesBacking(driver: string): boolean {
  return FORMATS_WITH_BACKING.has(driver);
}
