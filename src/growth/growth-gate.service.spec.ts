import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import type { GrowthFeature, LeadSnapshot } from './growth-feature.js';
import { GrowthLedger } from './growth-ledger.js';
import { gateFor, sampleRollout, switchedOn } from './testing/gate-for.js';
import { sampleFacts, sampleOutcome, sampleRunInput } from './testing/sample-leads.js';

const subject = { leadSource: 'facebook', contactId: 'contact-1', locationId: 'location-1' };

type Behaviour = Partial<Omit<GrowthFeature<object>, 'key' | 'description'>>;

function featureNamed(key: string, behaviour: Behaviour = {}): GrowthFeature<object> {
  return {
    key,
    description: `The ${key} feature.`,
    defaults: {},
    observe: () => [],
    propose: () => ({}),
    ...behaviour,
  };
}

const error = jest.spyOn(Logger.prototype, 'error');
beforeEach(() => {
  error.mockReturnValue(undefined);
});
afterEach(() => {
  error.mockReset();
});

describe('evaluateGrowthFeature', () => {
  const feature = featureNamed('sample');

  it('does not know what is not registered, even if it has a flag', () => {
    const gate = gateFor([feature], { flags: { other: { enabled: true } } });
    const ledger = new GrowthLedger();

    for (const key of ['other', 'constructor', '__proto__', '']) {
      expect(gate.evaluateGrowthFeature(key, subject, ledger)).toEqual({
        enabled: false,
        reason: 'unknown_feature',
      });
    }
    expect(ledger.value('feature_flag_evaluations_total', 'other')).toBe(1);
    expect(ledger.value('feature_flag_blocked_total', 'other')).toBe(1);
    expect(ledger.value('feature_flag_blocked_total', 'other:unknown_feature')).toBe(1);
  });

  it('gives the first reason of the contract’s order when several hold', () => {
    const canary = { canaryModeEnabled: true, canarySourceText: '' };
    const ask = (flag: object, changes: object = canary): string =>
      gateFor([feature], { ...changes, flags: { sample: flag } }).evaluateGrowthFeature(
        'sample',
        subject,
      ).reason;

    expect(ask({ enabled: false, killed: true, rampPercent: 0 })).toBe('killed');
    expect(ask({ enabled: false, rampPercent: 0 })).toBe('flag_disabled');
    expect(ask({ enabled: true, rampPercent: 0 })).toBe('canary_source_unconfigured');
    expect(ask({ enabled: true, rampPercent: 0 }, { ...canary, canarySourceText: 'google' })).toBe(
      'canary_source_mismatch',
    );
    expect(ask({ enabled: true, rampPercent: 0 }, {})).toBe('rollout_percentage');
  });

  it('says that the source is missing before it says that it does not match', () => {
    const gate = gateFor([feature], {
      canaryModeEnabled: true,
      canarySourceText: 'google',
      flags: switchedOn(feature),
    });

    for (const leadSource of ['', '  ']) {
      expect(gate.evaluateGrowthFeature('sample', { ...subject, leadSource }).reason).toBe(
        'canary_source_missing',
      );
    }
  });

  it('matches canary sources by metric key', () => {
    const gate = gateFor([feature], {
      canaryModeEnabled: true,
      canarySourceText: 'google, facebook_ads',
      flags: switchedOn(feature),
    });

    expect(
      gate.evaluateGrowthFeature('sample', { ...subject, leadSource: 'Facebook Ads' }).enabled,
    ).toBe(true);
  });

  it('takes no notice of the canary sources while canary mode is off', () => {
    const gate = gateFor([feature], { canarySourceText: 'google', flags: switchedOn(feature) });

    expect(gate.evaluateGrowthFeature('sample', subject).enabled).toBe(true);
  });

  it('counts what it says, and nothing without a ledger', () => {
    const gate = gateFor([feature], { flags: switchedOn(feature) });
    const ledger = new GrowthLedger();

    gate.evaluateGrowthFeature('sample', subject, ledger);
    gate.evaluateGrowthFeature('sample', subject);
    gate.evaluateGrowthFeature('sample', subject, ledger, sampleRollout());

    expect(ledger.toIncrements()).toEqual([
      { metric: 'feature_flag_evaluations_total', key: 'sample', value: 2 },
      { metric: 'feature_flag_enabled_total', key: 'sample', value: 1 },
      { metric: 'feature_flag_blocked_total', key: 'sample', value: 1 },
      { metric: 'feature_flag_blocked_total', key: 'sample:flag_disabled', value: 1 },
    ]);
  });
});

describe('runForLead', () => {
  it('shows each feature the follow-up and the reply as the earlier ones left them', () => {
    const first = featureNamed('first', {
      propose: () => ({ followUp: { timing_bucket: 'standard' }, reply: 'Hello.' }),
    });
    const second = featureNamed('second', {
      propose: ({ followUp, reply }) => ({
        decision: { seen: followUp?.['timing_bucket'] },
        reply: `${reply} Bye.`,
      }),
    });
    const gate = gateFor([first, second], { flags: switchedOn(first, second) });
    const input = sampleRunInput({ followUp: { action: 'immediate_call', delay_minutes: 60 } });

    const run = gate.runForLead(input, new GrowthLedger());

    expect(run.decision).toEqual({ seen: 'standard' });
    expect(run.followUp).toEqual({ ...input.followUp, timing_bucket: 'standard' });
  });

  it('hands each feature its own stored state and gives back what changed', () => {
    const counting = featureNamed('counting', {
      propose: ({ state }) => ({ state: Number(state) + 1 }),
    });
    const quiet = featureNamed('quiet');
    const gate = gateFor([counting, quiet], { flags: switchedOn(counting, quiet) });

    const run = gate.runForLead(
      sampleRunInput({ states: { counting: 7, quiet: 'kept' } }),
      new GrowthLedger(),
    );

    expect(run.states).toEqual({ counting: 8 });
  });

  it('gives a feature its defaults under what the rollout sets', () => {
    const seen: object[] = [];
    const feature: GrowthFeature<object> = {
      ...featureNamed('tunable', {
        defaults: { a: 1, b: 1, c: 1 },
        propose: (_lead, settings) => {
          seen.push(settings);
          return {};
        },
      }),
      settingsFrom: ({ lead_source }) => ({ c: lead_source }),
    };
    const gate = gateFor([feature], {
      flags: switchedOn(feature),
      settings: { tunable: { b: 2 } },
      writebackToggles: { lead_source: true, conversion_feedback: false },
    });

    gate.runForLead(sampleRunInput(), new GrowthLedger());
    gate.runForLead(sampleRunInput(), new GrowthLedger());

    expect(seen).toEqual([
      { a: 1, b: 2, c: true },
      { a: 1, b: 2, c: true },
    ]);
    expect(seen[0]).toBe(seen[1]);
  });

  it('makes neither a follow-up nor a reply where there is none', () => {
    const eager = featureNamed('eager', {
      propose: () => ({ followUp: { x: 1 }, reply: 'Hello.' }),
    });
    const gate = gateFor([eager], { flags: switchedOn(eager) });

    for (const followUp of [undefined, null]) {
      const run = gate.runForLead(sampleRunInput({ followUp, reply: null }), new GrowthLedger());
      expect(run).toMatchObject({ reply: null });
      expect(run.followUp).toBe(followUp);
    }
  });

  it.each<[string, Behaviour]>([
    [
      'throws while observing',
      {
        observe: () => {
          throw new Error('broken');
        },
      },
    ],
    [
      'throws while proposing',
      {
        propose: () => {
          throw new Error('broken');
        },
      },
    ],
    ['observes an event that is no metric key', { observe: () => ['fine', 'Bad name'] }],
    ['names an event that is no metric key', { propose: () => ({ events: ['Bad name'] }) }],
    ['proposes an empty reply', { propose: () => ({ reply: ' ' }) }],
    [
      'proposes a due time that is no time',
      { propose: () => ({ followUp: { recommended_delay_minutes: Number.NaN } }) },
    ],
    [
      'proposes a due time in the past',
      { propose: () => ({ followUp: { recommended_delay_minutes: -1 } }) },
    ],
  ])('isolates a feature that %s', (_what, behaviour) => {
    const broken = featureNamed('broken', behaviour);
    const healthy = featureNamed('healthy', { propose: () => ({ decision: { fine: true } }) });
    const gate = gateFor([broken, healthy], { flags: switchedOn(broken, healthy) });
    const ledger = new GrowthLedger();
    const input = sampleRunInput();

    const run = gate.runForLead(input, ledger);

    expect(run.decision).toEqual({ fine: true });
    expect(run.followUp).toEqual(input.followUp);
    expect(run.reply).toBe(input.reply);
    expect(ledger.events()).toEqual(['broken:failed']);
    expect(ledger.value('growth_feature_events_total', 'broken:failed')).toBe(1);
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'growth_feature_failed', feature: 'broken' }),
    );
  });

  it('counts observed events first, then the bypass or what the feature announces', () => {
    const feature = featureNamed('sample', {
      observe: () => ['seen'],
      propose: () => ({ events: ['first', 'second'] }),
    });
    const [on, off] = [new GrowthLedger(), new GrowthLedger()];

    gateFor([feature], { flags: switchedOn(feature) }).runForLead(sampleRunInput(), on);
    gateFor([feature]).runForLead(sampleRunInput(), off);

    expect(on.events()).toEqual(['sample:seen', 'sample:first', 'sample:second']);
    expect(off.events()).toEqual(['sample:seen', 'sample:bypassed_flag_disabled']);
  });
});

describe('a feature that reaches for what is not its own', () => {
  type Harm = (lead: LeadSnapshot, settings: object) => unknown;
  const followUp = {
    action: 'immediate_call',
    delay_minutes: 60,
    steps: { first: 'call' },
  } as const;
  const states = { rogue: { count: 1 }, reader: { kept: true } };
  const readings = (lead: LeadSnapshot, settings: object): string =>
    JSON.stringify([lead, lead.decidedAt, settings]);

  it.each<[string, Harm]>([
    ['the analysis', ({ analysis }) => Object.assign(analysis ?? {}, { lead_score: 0 })],
    ['the facts', ({ facts }) => Object.assign(facts ?? {}, { budget_max: 1 })],
    ['the areas of the facts', ({ facts }) => (facts?.areas as string[]).push('Mars')],
    ['the follow-up', (lead) => Object.assign(lead.followUp ?? {}, { delay_minutes: 0 })],
    ['a part of the follow-up', (lead) => Object.assign(Object(lead.followUp).steps, { first: 0 })],
    ['what it stored itself', ({ state }) => Object.assign(Object(state), { count: 9 })],
    ['the snapshot', (lead) => Object.assign(lead, { reply: 'Buy now.' })],
    ['the settings', (_lead, settings) => Object.assign(settings, { limit: 9 })],
    ['a part of the settings', (_lead, settings) => Object(settings).list.push(9)],
  ])('changes nothing of %s, and is skipped', (_what, harm) => {
    const seen: string[] = [];
    const rogue = featureNamed('rogue', {
      defaults: { limit: 1, list: [1] },
      propose: (lead, settings) => {
        harm(lead, settings);
        return { decision: { rogue: true } };
      },
    });
    const reader = featureNamed('reader', {
      observe: (lead, settings) => {
        seen.push(readings(lead, settings));
        return [];
      },
    });
    const input = sampleRunInput({
      followUp,
      states: structuredClone(states),
      facts: sampleFacts(),
    });
    const before = structuredClone(input);
    const ledger = new GrowthLedger();

    gateFor([reader]).runForLead(structuredClone(input), new GrowthLedger());
    const run = gateFor([rogue, reader], { flags: switchedOn(rogue) }).runForLead(input, ledger);

    expect(seen[1]).toBe(seen[0]);
    expect(input).toEqual(before);
    expect(run.decision).toEqual({});
    expect(ledger.events()).toEqual(['rogue:failed', 'reader:bypassed_flag_disabled']);
  });

  it('does not move the time of the lead or of another feature', () => {
    const times: number[] = [];
    const rogue = featureNamed('rogue', {
      observe: ({ decidedAt }) => {
        decidedAt.setTime(0);
        return [];
      },
    });
    const reader = featureNamed('reader', {
      observe: ({ decidedAt }) => {
        times.push(decidedAt.getTime());
        return [];
      },
    });
    const input = sampleRunInput();
    const decidedAtMs = input.decidedAt.getTime();

    gateFor([rogue, reader]).runForLead(input, new GrowthLedger());

    expect([...times, input.decidedAt.getTime()]).toEqual([decidedAtMs, decidedAtMs]);
  });

  it('does not move the time of an outcome either', () => {
    const outcome = sampleOutcome();
    const decidedAtMs = outcome.decidedAt.getTime();
    const rogue = featureNamed('rogue', {
      outcomes: {
        observe: ({ decidedAt, signal }) => {
          decidedAt.setTime(0);
          return [`fixed_${Object.isFrozen(signal)}`];
        },
        bypassed: () => [],
        propose: () => ({}),
      },
    });
    const ledger = new GrowthLedger();

    gateFor([rogue]).runForOutcome(outcome, ledger);

    expect(outcome.decidedAt.getTime()).toBe(decidedAtMs);
    expect(ledger.events()).toEqual(['rogue:fixed_true']);
  });

  it('cannot change what an earlier feature put into the follow-up', () => {
    const first = featureNamed('first', {
      propose: () => ({ followUp: { plan: { step: 'call' } } }),
    });
    const rogue = featureNamed('rogue', {
      propose: (lead) => {
        Object.assign(Object(lead.followUp)['plan'], { step: 'nothing' });
        return {};
      },
    });
    const gate = gateFor([first, rogue], { flags: switchedOn(first, rogue) });
    const ledger = new GrowthLedger();

    const run = gate.runForLead(sampleRunInput({ followUp }), ledger);

    expect(run.followUp).toEqual({ ...followUp, plan: { step: 'call' } });
    expect(ledger.events()).toEqual(['rogue:failed']);
  });

  it('fails alone when its settings cannot be laid together', () => {
    const rogue: GrowthFeature<object> = {
      ...featureNamed('rogue'),
      settingsFrom: () => {
        throw new Error('broken');
      },
    };
    const healthy = featureNamed('healthy', { propose: () => ({ decision: { fine: true } }) });
    const gate = gateFor([rogue, healthy], { flags: switchedOn(rogue, healthy) });
    const ledger = new GrowthLedger();

    const run = gate.runForLead(sampleRunInput(), ledger);

    expect(run.decision).toEqual({ fine: true });
    expect(ledger.events()).toEqual(['rogue:failed']);
  });
});

describe('previewLead', () => {
  it('tells what each feature reads and would count, on or off', () => {
    const timing = featureNamed('timing', {
      propose: () => ({ events: ['applied'], followUp: { timing_bucket: 'standard' } }),
      explain: () => ({ timing: 'standard' }),
    });
    const reader = featureNamed('reader', {
      explain: ({ followUp }) => ({ read: followUp?.['timing_bucket'] ?? null }),
    });
    const gate = gateFor([timing, reader], { flags: switchedOn(timing) });

    const preview = gate.previewLead(sampleRunInput());

    expect(preview.explanations).toEqual({ timing: 'standard', read: 'standard' });
    expect(preview.events).toEqual(['timing:applied', 'reader:bypassed_flag_disabled']);
    expect(gate.previewLead(sampleRunInput(), sampleRollout()).explanations).toEqual({
      timing: 'standard',
      read: null,
    });
  });

  it('survives a feature that cannot explain itself', () => {
    const broken = featureNamed('broken', {
      explain: () => {
        throw new Error('broken');
      },
    });

    const preview = gateFor([broken], { flags: switchedOn(broken) }).previewLead(sampleRunInput());

    expect(preview.verdicts['broken']?.enabled).toBe(true);
    expect(preview.events).toEqual(['broken:failed']);
  });
});

describe('runForOutcome', () => {
  const learning = featureNamed('learning', {
    outcomes: {
      observe: ({ outcome }) => [`observed_${outcome}`],
      bypassed: (reason) => [`skipped_${reason}`],
      propose: ({ outcome }) => ({ events: ['learned'], fields: { outcome } }),
    },
  });

  it('asks only the features that learn from outcomes', () => {
    const deaf = featureNamed('deaf');
    const ledger = new GrowthLedger();

    const run = gateFor([deaf, learning], {
      flags: switchedOn(deaf, learning),
    }).runForOutcome(sampleOutcome(), ledger);

    expect(run.verdicts).toEqual({ learning: { enabled: true, reason: 'enabled' } });
    expect(run.fields).toEqual({ outcome: 'converted' });
    expect(ledger.events()).toEqual(['learning:observed_converted', 'learning:learned']);
    expect(ledger.value('feature_flag_evaluations_total', 'deaf')).toBe(0);
  });

  it('lets the feature name its own bypass', () => {
    const ledger = new GrowthLedger();

    const run = gateFor([learning]).runForOutcome(sampleOutcome({ outcome: 'lost' }), ledger);

    expect(run.fields).toEqual({});
    expect(ledger.events()).toEqual(['learning:observed_lost', 'learning:skipped_flag_disabled']);
  });

  it('isolates a feature that throws', () => {
    const broken = featureNamed('broken', {
      outcomes: {
        observe: () => [],
        bypassed: () => [],
        propose: () => {
          throw new Error('broken');
        },
      },
    });
    const ledger = new GrowthLedger();

    const run = gateFor([broken, learning], {
      flags: switchedOn(broken, learning),
    }).runForOutcome(sampleOutcome(), ledger);

    expect(run.fields).toEqual({ outcome: 'converted' });
    expect(ledger.events()).toContain('broken:failed');
  });
});

describe('listFeatures', () => {
  it('lists every feature with its flag and settings, in the order in which they run', () => {
    const [one, two] = [featureNamed('one', { defaults: { a: 1 } }), featureNamed('two')];
    const gate = gateFor([one, two], {
      flags: { one: { enabled: true, rampPercent: 25 } },
      settings: { one: { a: 2 } },
    });

    expect(gate.listFeatures()).toEqual([
      {
        key: 'one',
        description: 'The one feature.',
        flag: { enabled: true, killed: false, rampPercent: 25 },
        settings: { a: 2 },
      },
      {
        key: 'two',
        description: 'The two feature.',
        flag: { enabled: false, killed: false, rampPercent: 100 },
        settings: {},
      },
    ]);
  });
});

describe('the registry of features', () => {
  it('refuses two features of one name and names that are no metric keys', () => {
    expect(() => gateFor([featureNamed('same'), featureNamed('same')])).toThrow(
      'Two growth features are called "same"',
    );
    for (const key of ['Bad', '', '1st', 'a-b']) {
      expect(() => gateFor([featureNamed(key)])).toThrow('not snake_case');
    }
  });
});
