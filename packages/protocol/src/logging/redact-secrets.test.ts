import { describe, expect, it } from 'vitest';

import { redactSecrets } from './redact-secrets.ts';

describe('redactSecrets', () => {
  it('blots out what log records blot out, at any depth, and leaves the rest as it is', () => {
    const message = {
      id: 18_446_744_073_709_551_615n,
      list: [{ password: 'hunter2', size: 1.5 }, 'https://me:hunter2@host/a.iso', null],
      key: 'hunter2',
      absent: undefined,
    };
    expect(redactSecrets(message, (_, member) => member === 'key')).toEqual({
      id: 18_446_744_073_709_551_615n,
      list: [{ password: '***', size: 1.5 }, 'https://me:***@host/a.iso', null],
      key: '***',
      absent: undefined,
    });
    expect(message.list).toContainEqual({ password: 'hunter2', size: 1.5 });
  });
});
