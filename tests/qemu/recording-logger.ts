import type { Logger } from 'qmp';

/** A logger, and what it was told. */
export function recordingLogger(): { readonly logger: Logger; readonly text: () => string } {
  const records: string[] = [];
  const log = (message: string): void => void records.push(message);
  return { logger: { debug: log, info: log, warn: log, error: log }, text: () => records.join('\n') };
}
