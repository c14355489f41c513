import { Test } from '@nestjs/testing';
import { GrowthGateService } from '../../src/growth/growth-gate.service.js';
import type { LeadRunInput } from '../../src/growth/growth-contribution.js';
import { GrowthLedger } from '../../src/growth/growth-ledger.js';
import { EMPTY_FACTS } from '../../src/leads/lead-context.js';
import { GrowthModule } from '../../src/growth/growth.module.js';
import { FLAG_OFF, parseCanarySources, type Rollout } from '../../src/growth/rollout/rollout.js';
import type { GateSubject } from '../../src/growth/rollout/verdict.js';
import { formatCount, formatRatio, markdownTable } from '../report/markdown-table.js';
import { measureRates, type Contestant } from '../report/synchronous-rate.js';
import { type Decider, flagLibraries, plainClosure, type SameRule } from './same-rule.js';

const SUBJECTS = 1_024;
const FEATURE = 'ab_response_style_testing';
const CANARY_SOURCES = 'Facebook Ads, google ppc';
const SAME_RULE: SameRule = {
  feature: FEATURE,
  canarySources: ['facebook ads', 'google ppc'],
  rampPercent: 50,
};
/** Percentage points: three standard deviations of half of the subjects. */
const SHARE_TOLERANCE = 7;

/** Different leads, so that nothing can be remembered from the call before. */
const subjects: readonly GateSubject[] = Array.from({ length: SUBJECTS }, (_, index) => ({
  leadSource: index % 2 === 0 ? 'facebook ads' : 'zillow',
  contactId: `contact-${index}`,
  locationId: 'location-1',
}));

/** The gate alone, then all features of the build for a lead, both on one core and without I/O. */
export async function benchmarkGate(): Promise<string> {
  const testing = await Test.createTestingModule({
    imports: [GrowthModule.forFeatures()],
  }).compile();
  const gate = testing.get(GrowthGateService);
  const keys = gate.listFeatures().map(({ key }) => key);
  const off = rolloutOf(keys, {});
  const on = rolloutOf(keys, { enabled: true });
  const canary = rolloutOf(
    keys,
    { enabled: true, rampPercent: SAME_RULE.rampPercent },
    CANARY_SOURCES,
  );
  const verdicts = [
    handWrittenCheck(),
    evaluation(gate, 'flag off', off),
    evaluation(gate, 'flag on for everybody', on),
    evaluation(gate, 'canary sources and a ramp of 50 %', canary),
    evaluation(gate, 'canary sources and a ramp of 50 %, counted', canary, new GrowthLedger()),
  ];
  const closure = plainClosure(SAME_RULE, subjects);
  const libraries = await flagLibraries(SAME_RULE, subjects);
  const product = { ...evaluation(gate, 'the gate', canary), isEnabled: isEnabledVerdict };
  const deciders = [closure, product, ...libraries];
  deciders.forEach(assertDecidesTheRule);
  const runs = [
    leadRun(gate, `all ${keys.length} features off`, off),
    leadRun(gate, `all ${keys.length} features on`, on),
  ];
  await testing.close();
  return [
    tableOf('verdicts', verdicts),
    tableOf('the same canary and ramp: verdicts', deciders, libraries[0]),
    tableOf('leads', runs),
  ].join('\n\n');
}

function isEnabledVerdict(result: unknown): boolean {
  return Object(result).enabled === true;
}

/** Who lets in whom the rule keeps out, or another share than it says, measures something else. */
function assertDecidesTheRule({ title, call, isEnabled }: Decider): void {
  const admitted = subjects.filter((_, index) => isEnabled(call(index)));
  const canaries = subjects.filter(isCanary);
  const share = (admitted.length / canaries.length) * 100;
  if (!admitted.every(isCanary) || Math.abs(share - SAME_RULE.rampPercent) > SHARE_TOLERANCE) {
    throw new Error(`${title} lets in ${share.toFixed(1)} % of the canary, or somebody else`);
  }
}

function isCanary({ leadSource }: GateSubject): boolean {
  return SAME_RULE.canarySources.includes(leadSource);
}

/** What a verdict costs at the very least: one look into a map that is there already. */
function handWrittenCheck(): Contestant {
  const enabled = new Map([[FEATURE, true]]);
  return {
    title: 'upper bound: one look into a map of flags',
    call: (index) => enabled.get(FEATURE) === true && subjects[index % SUBJECTS]?.contactId !== '',
  };
}

function evaluation(
  gate: GrowthGateService,
  title: string,
  rollout: Rollout,
  ledger?: GrowthLedger,
): Contestant {
  return {
    title,
    call: (index) => gate.evaluateGrowthFeature(FEATURE, subjectAt(index), ledger, rollout),
  };
}

function leadRun(gate: GrowthGateService, title: string, rollout: Rollout): Contestant {
  const decidedAt = new Date();
  const inputFor = ({ leadSource, contactId, locationId }: GateSubject): LeadRunInput => ({
    locationId,
    contactId,
    source: leadSource,
    decidedAt,
    elapsedMs: 500,
    analysis: { lead_score: 91, lead_temperature: 'hot', priority: 'high' },
    facts: { ...EMPTY_FACTS },
    consent: null,
    intent: 'buyer',
    asksQuestion: false,
    unread: [],
    hasLanguageModel: false,
    timezone: 'America/Chicago',
    followUp: { action: 'immediate_call', delay_minutes: 60 },
    reply: 'Thanks, we can help with that.',
    states: {},
  });
  return {
    title,
    // A lead of its own for each run: one that was run before is frozen already.
    call: (index) => gate.runForLead(inputFor(subjectAt(index)), new GrowthLedger(), rollout),
  };
}

function subjectAt(index: number): GateSubject {
  return subjects[index % SUBJECTS] ?? { leadSource: '', contactId: '', locationId: '' };
}

function rolloutOf(
  keys: readonly string[],
  flag: Partial<typeof FLAG_OFF>,
  canarySourceText = '',
): Rollout {
  return {
    version: 1,
    lastUpdated: new Date(0).toISOString(),
    canaryModeEnabled: canarySourceText !== '',
    canarySources: parseCanarySources(canarySourceText),
    canarySourceText,
    flags: Object.fromEntries(keys.map((key) => [key, { ...FLAG_OFF, ...flag }])),
    settings: {},
    writebackToggles: { lead_source: true, conversion_feedback: true },
  };
}

/** Rates beside the first row's, and beside another contestant's where one is given. */
function tableOf(
  unit: string,
  contestants: readonly Contestant[],
  other?: Contestant | undefined,
): string {
  const rates = measureRates(contestants);
  const rateOf = (one: Contestant | undefined): number => (one && rates.get(one)) ?? Number.NaN;
  const first = rateOf(contestants[0]);
  const rows = contestants.map((contestant) => {
    const rate = rateOf(contestant);
    const row = [
      contestant.title,
      formatCount(rate),
      (1e6 / rate).toFixed(3),
      formatRatio(rate / first),
    ];
    return other === undefined ? row : [...row, formatRatio(rate / rateOf(other))];
  });
  const heading = [`${unit} a second and core`, 'per second', 'µs each', 'of the first row'];
  return markdownTable({
    heading: other === undefined ? heading : [...heading, `of ${other.title}`],
    rows,
  });
}
