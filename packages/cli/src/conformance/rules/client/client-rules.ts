import type { ClientRule } from './client-test.ts';
import { endingRules } from './ending-rules.ts';
import { eventRules } from './event-rules.ts';
import { faultRules } from './fault-rules.ts';
import { greetingRules } from './greeting-rules.ts';
import { negotiationRules } from './negotiation-rules.ts';
import { outOfBandRules } from './out-of-band-rules.ts';
import { replyRules } from './reply-rules.ts';
import { sendingRules } from './sending-rules.ts';

/** All that a client has to do. */
export const clientRules: readonly ClientRule[] = [
  ...greetingRules,
  ...negotiationRules,
  ...sendingRules,
  ...replyRules,
  ...faultRules,
  ...outOfBandRules,
  ...eventRules,
  ...endingRules,
];
