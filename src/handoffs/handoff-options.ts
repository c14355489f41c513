import type { HandoffConfiguration } from '../config/handoff-configuration.js';
import type { SettingsOfLocation } from '../settings/location-settings.js';

/** What a location has set for handoffs, with its zone. */
export interface HandoffOptions extends HandoffConfiguration {
  /** IANA zone, of the lead profile: business hours and the times in notes are local to it. */
  readonly timezone: string;
}

export function handoffOptions({ handoff, profile }: SettingsOfLocation): HandoffOptions {
  return { ...handoff, timezone: profile.timezone };
}
