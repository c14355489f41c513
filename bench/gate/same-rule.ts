import { EventEmitter } from 'node:events';
import { GrowthBookClient } from '@growthbook/growthbook';
import { FlagdCore } from '@openfeature/flagd-core';
import { Unleash, type UnleashConfig } from 'unleash-client';
import type { GateSubject } from '../../src/growth/rollout/verdict.js';
import type { Contestant } from '../report/synchronous-rate.js';

/** What every contestant decides: these sources, and half of their leads. */
export interface SameRule {
  readonly feature: string;
  /** As leads bring them. */
  readonly canarySources: readonly string[];
  readonly rampPercent: number;
}

/** Somebody who decides the rule. `call` gives what its users get, `isEnabled` reads it. */
export interface Decider extends Contestant {
  readonly isEnabled: (result: unknown) => boolean;
}

type Subjects = readonly GateSubject[];

/** Each as its documentation says, without its network; what it takes as input is made beforehand. */
export async function flagLibraries(rule: SameRule, subjects: Subjects): Promise<Decider[]> {
  return [flagd(rule, subjects), growthBook(rule, subjects), await unleash(rule, subjects)];
}

/**
 * What somebody would write by hand for this one rule: names compared as they come, a hash of the
 * code units, answers made beforehand. Nothing is configured, counted or normalised.
 */
export function plainClosure(rule: SameRule, subjects: Subjects): Decider {
  const sources = new Set(rule.canarySources);
  const seed = fnv1a(`${rule.feature}:`, 0x811c9dc5);
  const threshold = (rule.rampPercent / 100) * 2 ** 32;
  const enabled = { enabled: true, reason: 'enabled' };
  const mismatch = { enabled: false, reason: 'canary_source_mismatch' };
  const outside = { enabled: false, reason: 'rollout_percentage' };
  const decide = ({ leadSource, contactId }: GateSubject): typeof enabled => {
    if (!sources.has(leadSource)) return mismatch;
    return avalanche(fnv1a(contactId, seed)) < threshold ? enabled : outside;
  };
  return {
    title: 'plain closure',
    call: (index) => decide(at(subjects, index)),
    isEnabled: (result) => result === enabled,
  };
}

function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** Without it FNV puts ids that count up next to each other. */
function avalanche(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** Tells value, variant and reason. */
function flagd({ feature, canarySources, rampPercent }: SameRule, subjects: Subjects): Decider {
  const core = new FlagdCore();
  const ramp = {
    fractional: [
      ['on', rampPercent],
      ['off', 100 - rampPercent],
    ],
  };
  const flag = {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    targeting: { if: [{ in: [{ var: 'leadSource' }, canarySources] }, ramp, 'off'] },
  };
  core.setConfigurations(JSON.stringify({ flags: { [feature]: flag } }));
  const contexts = subjects.map(({ leadSource, contactId }) => ({
    targetingKey: contactId,
    leadSource,
  }));
  return {
    title: 'flagd-core',
    call: (index) => core.resolveBooleanEvaluation(feature, false, at(contexts, index)),
    isEnabled: (result) => Object(result).value === true,
  };
}

/** Tells value, source of the value and rule. */
function growthBook(rule: SameRule, subjects: Subjects): Decider {
  const { feature, canarySources, rampPercent } = rule;
  const forced = {
    condition: { leadSource: { $in: canarySources } },
    force: true,
    coverage: rampPercent / 100,
    hashAttribute: 'id',
  };
  const features = { [feature]: { defaultValue: false, rules: [forced] } };
  const client = new GrowthBookClient().initSync({ payload: { features } });
  const contexts = subjects.map(({ leadSource, contactId }) => ({
    attributes: { id: contactId, leadSource },
  }));
  return {
    title: 'GrowthBook',
    call: (index) => client.evalFeature(feature, at(contexts, index)),
    isEnabled: (result) => Object(result).on === true,
  };
}

/** Tells yes or no; a reason is not part of its answer. */
async function unleash(rule: SameRule, subjects: Subjects): Promise<Decider> {
  const client = new Unleash({
    appName: 'bench',
    // Needed by the constructor, called by nobody: the repository is in memory.
    url: 'http://localhost/',
    repository: new ToggleInMemory(toggleOf(rule)),
    disableMetrics: true,
    disableAutoStart: true,
  });
  await client.start();
  const contexts = subjects.map(({ leadSource, contactId }) => ({
    userId: contactId,
    properties: { leadSource },
  }));
  return {
    title: 'unleash-client',
    call: (index) => client.isEnabled(rule.feature, at(contexts, index)),
    isEnabled: (result) => result === true,
  };
}

type UnleashRepository = NonNullable<UnleashConfig['repository']>;
type Toggle = ReturnType<UnleashRepository['getToggles']>[number];
type Operator = NonNullable<Toggle['strategies']>[number]['constraints'][number]['operator'];

function toggleOf({ feature, canarySources, rampPercent }: SameRule): Toggle {
  const isCanary = {
    contextName: 'leadSource',
    operator: 'IN' as Operator,
    values: [...canarySources],
    inverted: false,
  };
  const parameters = { rollout: `${rampPercent}`, stickiness: 'userId', groupId: feature };
  const strategy = { name: 'flexibleRollout', parameters, constraints: [isCanary] };
  return { name: feature, enabled: true, strategies: [strategy] };
}

class ToggleInMemory extends EventEmitter implements UnleashRepository {
  readonly #toggles: ReadonlyMap<string, Toggle>;

  constructor(toggle: Toggle) {
    super();
    this.#toggles = new Map([[toggle.name, toggle]]);
  }

  start(): Promise<void> {
    this.emit('ready');
    return Promise.resolve();
  }

  stop(): void {
    this.removeAllListeners();
  }

  getToggle(name: string): Toggle | undefined {
    return this.#toggles.get(name);
  }

  getToggles(): Toggle[] {
    return [...this.#toggles.values()];
  }

  getTogglesWithSegmentData(): [] {
    return [];
  }

  getSegment(): undefined {
    return undefined;
  }
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('There is nobody to decide about');
  return value;
}
