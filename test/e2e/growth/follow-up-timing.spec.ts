import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { COLD_TEXT, message, REVIEW_TEXT } from './support/lead-bodies.js';
import { lastDecisionOf, nextFollowUpOf } from './support/lead-view.js';
import { putEnvironmentInForce } from './support/rollout-in-force.js';

const MINUTE_MS = 60_000;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('adaptive_followup_timing', () => {
  it.each([
    // Engagement 65 for a review, though the score is lower: `standard`.
    { text: REVIEW_TEXT, bucket: 'standard', minutes: 120, otherwise: 240 },
    { text: COLD_TEXT, bucket: 'nurture', minutes: 720, otherwise: 1_440 },
  ])('$bucket: after $minutes instead of $otherwise minutes', async (timing) => {
    for (const [environment, minutes] of [
      [{ FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED: 'true' }, timing.minutes],
      [{}, timing.otherwise],
    ] as const) {
      const contactId = `timed ${timing.bucket} ${minutes}`;
      putEnvironmentInForce(app, environment);
      await app.postSigned(message(contactId, { text: timing.text })).expect(200);
      const { decidedAt } = await lastDecisionOf(app, contactId);
      const followUp = await nextFollowUpOf(app, contactId);
      expect(followUp?.dueAt).toEqual(new Date(decidedAt.getTime() + minutes * MINUTE_MS));
    }
  });
});
