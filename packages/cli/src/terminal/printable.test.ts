import { expect, it } from 'vitest';
import { printable } from './printable.ts';

it('shows what would steer a terminal, and leaves all else as it is', () => {
  expect(printable('No such \u001b[31mdevice\u0007\u009b1m\r')).toBe(
    'No such \\u001b[31mdevice\\u0007\\u009b1m\\u000d',
  );
  expect(printable('é\tone\ntwo')).toBe('é\tone\ntwo');
});
