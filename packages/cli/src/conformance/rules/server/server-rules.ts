import { commandRules } from './command-rules.ts';
import { eventRules } from './event-rules.ts';
import { greetingRules } from './greeting-rules.ts';
import { outOfBandRules } from './out-of-band-rules.ts';
import type { ServerRule } from './server-test.ts';
import { syntaxRules } from './syntax-rules.ts';

/** All that a server has to do. */
export const serverRules: readonly ServerRule[] = [
  ...greetingRules,
  ...commandRules,
  ...syntaxRules,
  ...outOfBandRules,
  ...eventRules,
];
