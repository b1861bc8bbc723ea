import { ignore } from '@qmp/protocol/wait';

/** The outcome of a call that failed before anything was sent; nobody has to catch it. */
export function rejected(error: unknown): Promise<never> {
  const result = Promise.reject(error);
  result.catch(ignore);
  return result;
}
