/** What an agent is made to refuse, because it would act on the machine that the tests run on. */
export const DANGEROUS_RPCS: readonly string[] = [
  'guest-shutdown',
  'guest-suspend-disk',
  'guest-suspend-ram',
  'guest-suspend-hybrid',
  'guest-fsfreeze-freeze',
  'guest-set-time',
  'guest-set-user-password',
];
