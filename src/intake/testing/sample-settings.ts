import { readConfiguration } from '../../config/configuration.js';
import type { DecidingSettings } from '../decide/decision.js';

/** As the environment has them when nothing is set, but for the changes. */
export function sampleDecidingSettings(changes: Partial<DecidingSettings> = {}): DecidingSettings {
  const { profile, replyMode, handoff, messaging } = readConfiguration({ NODE_ENV: 'test' });
  return {
    profile,
    replyMode,
    handoff,
    messaging,
    nurtureWorkflowId: undefined,
    hasLanguageModel: false,
    tellsHook: false,
    mappings: new Map(),
    ...changes,
  };
}
