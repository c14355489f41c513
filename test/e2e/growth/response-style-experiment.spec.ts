import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RolloutService } from '../../../src/growth/rollout/rollout.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { until } from '../../support/until.js';
import { beginOutage, endOutage, putContact, sentTexts } from './support/crm-view.js';
import { exposureCount } from './support/experiment-view.js';
import { VARIANT_B_SENTENCE } from './support/feature-stories.js';
import { bucketOf, contactIn } from './support/known-variant.js';
import { COLD_TEXT, message } from './support/lead-bodies.js';
import { decisionsOf, lastDecisionOf } from './support/lead-view.js';
import { switchOn } from './support/rollout-in-force.js';

const FACEBOOK = 'facebook ads';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true' } });
});

afterAll(() => app.close());

async function hotLead(contactId: string, source: string): Promise<void> {
  await app.postSigned(message(contactId, { source })).expect(200);
  await app.settle();
}

describe('the assignment', () => {
  it('is kept when the lead comes again by a source that would flip it', async () => {
    const contactId = contactIn('sticky', { [FACEBOOK]: 'B', zillow: 'A' });
    await hotLead(contactId, 'Facebook Ads');
    await hotLead(contactId, 'Zillow');

    const [second, first] = await decisionsOf(app, contactId);
    const assigned = { variant: 'B', bucket: bucketOf(contactId, FACEBOOK), source: FACEBOOK };
    expect(first?.document.response_style_experiment).toMatchObject(assigned);
    expect(second?.document.source).toBe('zillow');
    expect(second?.document.response_style_experiment).toMatchObject(assigned);
    const texts = await sentTexts(app, contactId);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text.endsWith(VARIANT_B_SENTENCE)).toBe(true);
  });

  it('is the hash of contact and source for a lead that names none', async () => {
    const contactId = contactIn('sourceless', { unknown: 'B' });
    await app.postSigned(message(contactId)).expect(200);
    const { document } = await lastDecisionOf(app, contactId);
    expect(document.response_style_experiment).toMatchObject({
      variant: 'B',
      bucket: bucketOf(contactId, 'unknown'),
      source: 'unknown',
      segment: 'hot_priority',
    });
  });
});

describe('the message', () => {
  it('differs between the variants by one sentence', async () => {
    const [inA, inB] = [
      contactIn('plain', { [FACEBOOK]: 'A' }),
      contactIn('styled', { [FACEBOOK]: 'B' }),
    ];
    await hotLead(inA, 'Facebook Ads');
    await hotLead(inB, 'Facebook Ads');

    const [plain] = await sentTexts(app, inA);
    expect(plain).not.toContain(VARIANT_B_SENTENCE.trim());
    expect(await sentTexts(app, inB)).toEqual([`${plain}${VARIANT_B_SENTENCE}`]);
  });
});

describe('the exposure', () => {
  it('counts when the message has been accepted, and once per contact', async () => {
    const contactId = contactIn('exposed', { [FACEBOOK]: 'B' });
    await hotLead(contactId, 'Facebook Ads');
    await hotLead(contactId, 'Facebook Ads');

    expect(await sentTexts(app, contactId)).toHaveLength(2);
    const rows = await app.database
      .selectFrom('exposure')
      .innerJoin('any_effect', 'any_effect.effect_id', 'exposure.effect_id')
      .select([
        'exposure.variant',
        'exposure.exposed_at',
        'any_effect.finished_at',
        'any_effect.kind',
      ])
      .where('exposure.contact_id', '=', contactId)
      .execute();
    expect(rows).toMatchObject([{ variant: 'B', kind: 'send_message' }]);
    expect(rows[0]?.exposed_at).toEqual(rows[0]?.finished_at);
  });

  it('belongs to the allocation, which another feature’s flag leaves as it is', async () => {
    const [before, after, weighted] = ['a', 'b', 'c'].map((name) =>
      contactIn(`epoch-${name}`, { [FACEBOOK]: 'B' }),
    ) as [string, string, string];
    await hotLead(before, 'Facebook Ads');
    switchOn(app, 'lead_source_attribution');
    await hotLead(after, 'Facebook Ads');
    const rollouts = app.app.get(RolloutService);
    const current = rollouts.current();
    const settings = { ab_response_style_testing: { holdoutPercent: 1 } };
    rollouts.replace({ ...current, version: current.version + 1, settings });
    await hotLead(weighted, 'Facebook Ads');

    const epochOf = async (contactId: string): Promise<number | undefined> =>
      (
        await app.database
          .selectFrom('exposure')
          .select('epoch')
          .where('contact_id', '=', contactId)
          .executeTakeFirst()
      )?.epoch;
    const epoch = await epochOf(before);
    expect(epoch).toEqual(expect.any(Number));
    expect(await epochOf(after)).toBe(epoch);
    expect(await epochOf(weighted)).not.toBe(epoch);
  });

  it('does not count for a lead that is not answered', async () => {
    await app.postSigned(message('unanswered', { text: COLD_TEXT })).expect(200);
    await app.settle();
    const { document } = await lastDecisionOf(app, 'unanswered');
    expect(document.response_style_experiment).toBeDefined();
    expect(await exposureCount(app, 'unanswered')).toBe(0);
  });

  it('does not count for a message that the CRM may not deliver', async () => {
    await putContact(app, 'left alone', { dnd: true });
    await hotLead('left alone', 'Facebook Ads');
    expect(await sentTexts(app, 'left alone')).toEqual([]);
    expect(await exposureCount(app, 'left alone')).toBe(0);
  });

  it('waits for a CRM that is down', async () => {
    const contactId = contactIn('patient', { [FACEBOOK]: 'B' });
    await beginOutage(app);
    const reply = await app.postSigned(message(contactId, { source: 'Facebook Ads' }));
    expect(reply.body).toMatchObject({ status: 'processed' });
    await until(async () => (await failedMessages(contactId)).length > 0);
    expect(await exposureCount(app, contactId)).toBe(0);

    await endOutage(app);
    await app.settle();
    expect(await sentTexts(app, contactId)).toHaveLength(1);
    expect(await exposureCount(app, contactId)).toBe(1);
  });

  /** Messages whose first attempt has come to nothing. */
  function failedMessages(contactId: string) {
    return app.database
      .selectFrom('any_effect')
      .select('effect_id')
      .where('contact_id', '=', contactId)
      .where('kind', '=', 'send_message')
      .where('state', '<>', 'delivered')
      .where('last_error', 'is not', null)
      .execute();
  }
});
