/** The one of the flood's names that a filter lets through. */
export const COUNTED_EVENT = 'RTC_CHANGE';

/** How many names take turns in the flood: `COUNTED_EVENT` is one event in so many. */
export const EVENT_NAMES = 4;

/** How many events there are before the flood begins again. */
const CYCLE = 4_096;

/** The text of the flood: QEMU's form, a line of about 145 bytes each. */
export function eventLines() {
  return Array.from({ length: CYCLE }, (_, index) => eventLine(index)).join('');
}

/** @param {number} index */
function eventLine(index) {
  const microseconds = String((index * 7_919) % 1_000_000);
  return `{"timestamp": {"seconds": ${1_790_000_000 + index}, "microseconds": ${microseconds}}, ${body(index)}}\r\n`;
}

/** @param {number} index */
function body(index) {
  const device = index % 32;
  switch (index % EVENT_NAMES) {
    case 0:
      return `"event": "${COUNTED_EVENT}", "data": {"offset": ${index}, "qom-path": "/machine/unattached/rtc"}`;
    case 1:
      return `"event": "JOB_STATUS_CHANGE", "data": {"status": "running", "id": "backup-drive${device}"}`;
    case 2:
      return `"event": "DEVICE_DELETED", "data": {"device": "net${device}", "path": "/peripheral/net${device}"}`;
    default:
      return `"event": "BALLOON_CHANGE", "data": {"actual": ${1_073_741_824 + index * 65_536}, "qom-path": "/machine/b"}`;
  }
}
