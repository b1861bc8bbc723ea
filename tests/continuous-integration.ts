import process from 'node:process';

/** Whether nothing may be left out because the machine lacks it. */
export function isContinuousIntegration(): boolean {
  return !['', '0', 'false'].includes(process.env['CI'] ?? '');
}
