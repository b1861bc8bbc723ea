import { describe, expect, it } from 'vitest';

import { StateError } from '../errors/connection-errors.ts';
import { stateError } from './state-error.ts';

describe('stateError', () => {
  it.each([
    ['idle', 'vm0 is idle (required: running)'],
    ['connecting', 'vm0 is connecting (required: running)'],
    ['running', 'vm0 is running (required: running)'],
    ['disconnecting', 'vm0 is disconnecting (required: running): call disconnect() to return to idle'],
  ] as const)('says how things stand when %s', (state, text) => {
    const error = stateError('vm0', state, 'running');
    expect(error).toBeInstanceOf(StateError);
    expect(error.message).toBe(text);
    expect(error).toMatchObject({ name: 'StateError', code: 'WRONG_STATE', state, required: ['running'] });
  });

  it('says what to do, where that is known', () => {
    expect(stateError('vm0', 'idle', 'running', 'connect first').message).toBe(
      'vm0 is idle (required: running): connect first',
    );
  });
});
