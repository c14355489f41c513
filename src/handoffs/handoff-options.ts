import type { HandoffConfiguration } from '../config/handoff-configuration.js';

/** What the operator has set for handoffs, with the zone of the business. Also the injection token. */
export abstract class HandoffOptions implements HandoffConfiguration {
  abstract readonly userIds: readonly string[];
  abstract readonly assignsContact: boolean;
  abstract readonly deadlineMinutes: HandoffConfiguration['deadlineMinutes'];
  abstract readonly businessHours: HandoffConfiguration['businessHours'];
  abstract readonly tags: HandoffConfiguration['tags'];
  /** IANA zone, of the lead profile: business hours and the times in notes are local to it. */
  abstract readonly timezone: string;
}
