import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { until } from '../../support/until.js';
import { ObservedSources } from '../../../src/growth/counters/observed-sources.js';
import { readGrowthCounters } from './support/growth-counters.js';
import { COLD_TEXT, LOCATION, message } from './support/lead-bodies.js';

const PREFIX = 'lead_source_attribution:source_observed_';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function send(source: string): Promise<void> {
  await app.postSigned(message(`of ${source}`, { text: COLD_TEXT, source })).expect(200);
}

it('counts 200 sources of a location by name, the others together, and persons under none', async () => {
  const sources = Array.from({ length: 210 }, (_, index) => `source ${index}`);
  for (let sent = 0; sent < sources.length; sent += 30) {
    await Promise.all(sources.slice(sent, sent + 30).map(send));
  }
  const isFull = () =>
    app.app.get(ObservedSources).standingOf({ locationId: LOCATION, key: 'x' }) === 'full';
  await until(() => Promise.resolve(isFull()));
  await send('one more');
  await send('dana@example.com');
  await send('call 972 555 0143');

  const { growth_feature_events_total: events } = await readGrowthCounters(app);
  const bySource = Object.entries(events).filter(([key]) => key.startsWith(PREFIX));
  expect(Object.fromEntries(bySource)).toMatchObject({
    [`${PREFIX}other`]: 11,
    [`${PREFIX}personal`]: 2,
  });
  expect(bySource).toHaveLength(202);
});
