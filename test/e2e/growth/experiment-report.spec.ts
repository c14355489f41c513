import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { parseCsv } from './support/csv.js';
import {
  EXPERIMENT,
  readReport,
  reportPath,
  type ArmCountsView,
  type ReportView,
} from './support/experiment-view.js';
import { contactIn, type Variant } from './support/known-variant.js';
import {
  appointment,
  COLD_TEXT,
  humanMessage,
  message,
  opportunityStatus,
  REVIEW_TEXT,
} from './support/lead-bodies.js';
import { rawCounts } from './support/raw-counts.js';

/** Has to be quoted in CSV. */
const AWKWARD_SOURCE = 'homes, "premium"';

interface Story {
  readonly name: string;
  readonly variant: Variant;
  readonly source: string;
  readonly text?: string;
  /** What happens after the lead has been answered. */
  readonly sequel: (contactId: string) => readonly object[];
}

const nothing = (): readonly object[] => [];

/** A booked appointment is a conversion too; each contact counts once, however often it converts. */
const STORIES: readonly Story[] = [
  { name: 'silent', variant: 'A', source: 'zillow', sequel: nothing },
  {
    name: 'talker',
    variant: 'A',
    source: 'zillow',
    // Two answers of one contact are one reply.
    sequel: (id) => [message(id, { text: 'Yes' }), message(id, { text: 'At noon' })],
  },
  {
    name: 'booker',
    variant: 'A',
    source: AWKWARD_SOURCE,
    text: REVIEW_TEXT,
    sequel: (id) => [message(id, { text: 'Fine' }), appointment(id, 'confirmed')],
  },
  { name: 'quiet', variant: 'B', source: AWKWARD_SOURCE, text: COLD_TEXT, sequel: nothing },
  {
    name: 'buyer',
    variant: 'B',
    source: 'zillow',
    sequel: (id) => [
      message(id, { text: 'Deal' }),
      appointment(id, 'new'),
      opportunityStatus(id, 'won'),
    ],
  },
  {
    name: 'leaver',
    variant: 'B',
    source: 'zillow',
    sequel: (id) => [message(id, { text: 'STOP' })],
  },
  {
    name: 'called',
    variant: 'B',
    source: 'zillow',
    sequel: (id) => [humanMessage(id, 'user-ann')],
  },
];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true',
      FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
      // So that leads of every segment are answered.
      REPLY_MODE: 'all',
      GHL_RATE_LIMIT_PER_10S: '10000',
    },
  });
  const leads = STORIES.map((story) => ({
    ...story,
    contactId: contactIn(story.name, { [story.source]: story.variant }),
  }));
  for (const { contactId, source, text } of leads) {
    await app.postSigned(message(contactId, { source, ...(text && { text }) })).expect(200);
  }
  await app.settle();
  for (const { contactId, sequel } of leads) {
    for (const body of sequel(contactId)) await app.postSigned(body).expect(200);
  }
  await app.settle();
});

afterAll(() => app.close());

const COUNTS = [
  'exposures',
  'replies',
  'appointments_booked',
  'conversions',
  'opt_outs',
  'handoffs_opened',
  'handoffs_acknowledged',
  'handoffs_breached',
] as const satisfies (keyof ArmCountsView)[];

function countsOf<T extends ArmCountsView>(from: T): Record<string, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, from[name]]));
}

function countsByVariant(arms: ReportView['arms']): Record<string, Record<string, number>> {
  return Object.fromEntries(arms.map((arm) => [arm.variant, countsOf(arm)]));
}

function sum(parts: readonly ArmCountsView[]): Record<string, number> {
  return Object.fromEntries(
    COUNTS.map((name) => [name, parts.reduce((total, part) => total + part[name], 0)]),
  );
}

describe('the report', () => {
  it('has the numbers that were arranged', async () => {
    const { arms } = await readReport(app);
    expect(countsByVariant(arms)).toEqual({
      A: {
        exposures: 3,
        replies: 2,
        appointments_booked: 1,
        conversions: 1,
        opt_outs: 0,
        handoffs_opened: 2,
        handoffs_acknowledged: 0,
        handoffs_breached: 0,
      },
      B: {
        exposures: 4,
        replies: 1,
        appointments_booked: 1,
        conversions: 1,
        opt_outs: 1,
        handoffs_opened: 3,
        // One by a person, one because the lead was won.
        handoffs_acknowledged: 2,
        handoffs_breached: 0,
      },
    });
  });

  it('adds up to the raw rows', async () => {
    const { arms } = await readReport(app);
    const raw = await rawCounts(app, EXPERIMENT);
    expect(countsByVariant(arms)).toEqual(
      Object.fromEntries(raw.map((counts) => [counts.variant, countsOf(counts)])),
    );
  });

  it.each(['segment', 'source'] as const)('by %s adds up to the same', async (by) => {
    const { arms, groups, cells } = await readReport(app, by);
    expect(groups.length).toBeGreaterThan(1);
    expect(sum(groups.flatMap((group) => group.arms))).toEqual(sum(arms));
    expect(sum(cells)).toEqual(sum(arms));
  });

  it('puts each lead into the segment and source of its exposure', async () => {
    const { cells } = await readReport(app);
    const exposed = cells.map(({ variant, segment, source, exposures }) =>
      [variant, segment, source, exposures].join(' | '),
    );
    expect(exposed.sort()).toEqual([
      'A | hot_priority | zillow | 2',
      `A | warm_review | ${AWKWARD_SOURCE} | 1`,
      'B | hot_priority | zillow | 3',
      `B | standard | ${AWKWARD_SOURCE} | 1`,
    ]);
  });
});

describe('the report as CSV', () => {
  it('can be parsed and says the same as the JSON', async () => {
    const { text, headers } = await app.admin
      .get(reportPath())
      .query({ by: 'source', format: 'csv' })
      .expect(200);
    expect(headers['content-type']).toMatch(/^text\/csv/);

    const records = parseCsv(text);
    const { groups } = await readReport(app, 'source');
    const expected = groups.flatMap(({ source, arms }) =>
      arms.map((arm) => ({ source, variant: arm.variant, ...countsOf(arm) })),
    );
    expect(records.map(({ source }) => source)).toContain(AWKWARD_SOURCE);
    expect(
      records.map((record) => ({
        source: record['source'],
        variant: record['variant'],
        ...Object.fromEntries(COUNTS.map((name) => [name, Number(record[name])])),
      })),
    ).toEqual(expected);
  });
});
