import { Injectable } from '@nestjs/common';
import { Configuration, type ReplyMode } from '../config/configuration.js';
import type { HandoffConfiguration } from '../config/handoff-configuration.js';
import type { LanguageModelConfiguration } from '../config/language-model-configuration.js';
import type { LeadProfile } from '../config/lead-profile.js';
import type { MessagingConfiguration } from '../config/messaging-configuration.js';
import { hookSettings, type HookSettings } from './hook-settings.js';

/** Everything that a location sets for itself. Frozen: the same object as long as nothing changes. */
export interface SettingsOfLocation {
  readonly profile: LeadProfile;
  readonly replyMode: ReplyMode;
  readonly messaging: MessagingConfiguration;
  /** CRM workflow of a nurture follow-up; undefined: a text. */
  readonly nurtureWorkflowId: string | undefined;
  readonly handoff: HandoffConfiguration;
  readonly hook: HookSettings;
  /** Undefined: none is connected. */
  readonly languageModel: LanguageModelConfiguration | undefined;
  /** Undefined: what is to be done in the CRM waits. */
  readonly crmToken: string | undefined;
}

/**
 * The one place that knows what a location has set. Asynchronous, because a layer above the
 * environment may have to be read; the environment is the lowest one and serves every location,
 * except that a token which names its location serves no other.
 */
@Injectable()
export class LocationSettings {
  private readonly served: SettingsOfLocation;
  private readonly withoutToken: SettingsOfLocation;
  private readonly servedLocation: string | undefined;

  constructor(configuration: Configuration) {
    const { profile, replyMode, messaging, nurtureWorkflowId, handoff, languageModel, crm } =
      configuration;
    const common = { profile, replyMode, messaging, nurtureWorkflowId, languageModel };
    const settings = { ...common, handoff, hook: hookSettings(configuration) };
    this.served = Object.freeze({ ...settings, crmToken: crm.accessToken });
    this.withoutToken = Object.freeze({ ...settings, crmToken: undefined });
    this.servedLocation = crm.locationId;
  }

  async of(locationId: string): Promise<SettingsOfLocation> {
    const isServed = this.servedLocation === undefined || this.servedLocation === locationId;
    return isServed ? this.served : this.withoutToken;
  }
}
