import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/test-app.js';
import { until } from '../../support/until.js';
import { crmContact } from '../growth/support/crm-view.js';
import { readGrowthCounters } from '../growth/support/growth-counters.js';
import { onlyHandoffOf } from '../growth/support/handoff-view.js';
import { humanMessage, message, opportunityStatus } from '../growth/support/lead-bodies.js';
import { MovedClock } from '../growth/support/moved-clock.js';
import { startSharedSurroundings, type SharedSurroundings } from './shared-surroundings.js';

const ENVIRONMENT = {
  FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
  HANDOFF_BUSINESS_HOURS: 'always',
};
const A_DAY_MS = 86_400_000;

let surroundings: SharedSurroundings;
let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  surroundings = await startSharedSurroundings();
  [first, second] = await Promise.all([
    surroundings.startReplica(ENVIRONMENT),
    surroundings.startReplica(ENVIRONMENT),
  ]);
});

afterAll(() => surroundings.close());

describe('a handoff between two replicas', () => {
  it('is opened by one and acknowledged by the other', async () => {
    await first.postSigned(message('passed on', { source: 'Zillow' })).expect(200);
    await second.postSigned(humanMessage('passed on', 'user-ann')).expect(200);
    expect(await onlyHandoffOf(first, 'passed on')).toMatchObject({
      state: 'acknowledged',
      acknowledged_by: 'user-ann',
    });
    await first.settle();
  });

  it('is breached once, though the deadline passes in both', async () => {
    await first.postSigned(message('overdue', { source: 'Zillow' })).expect(200);
    await first.settle();
    await Promise.all([first, second].map((replica) => new MovedClock(replica).advance(A_DAY_MS)));

    expect(await onlyHandoffOf(second, 'overdue')).toMatchObject({ breached: true });
    const { growth_feature_events_total: events } = await readGrowthCounters(first);
    expect(events['sla_handoff_thresholds:handoff_breached']).toBe(1);
    const { notes } = await crmContact(surroundings, 'overdue');
    expect(notes.filter(({ body }) => body.startsWith('HANDOFF OVERDUE'))).toHaveLength(1);
  });
});

describe('what an operator says to one replica', () => {
  const STATUS = 'keys handed over';
  const CONVERTED = 'lead_source_attribution:conversion_feedback_observed_converted';

  it('comes to be known to the other', async () => {
    const mappings = [{ status: STATUS, outcome: 'converted' }];
    await first.admin.put('/admin/outcome-mappings').send({ mappings }).expect(200);

    await until(async () => {
      await second.postSigned(opportunityStatus('mapped', STATUS)).expect(200);
      const { growth_feature_events_total: events } = await readGrowthCounters(second);
      return (events[CONVERTED] ?? 0) > 0;
    });
  });
});
