import { describe, expect, it } from '@jest/globals';
import { readPreviewRequest } from './preview-request.js';

describe('readPreviewRequest', () => {
  it('reads what is well formed', () => {
    const request = readPreviewRequest({
      contact_id: 'c',
      location_id: 'l',
      source: ' Facebook Ads ',
      analysis: { lead_score: '80', priority: 'HIGH', lead_temperature: 'hot' },
      follow_up: { timing_bucket: 'nurture' },
      elapsed_ms: 1500,
      status: 'won',
      text: 'hello',
      flags: { a: true, b: false },
    });
    expect(request).toEqual({
      contactId: 'c',
      locationId: 'l',
      source: 'facebook ads',
      analysis: { lead_score: 80, priority: 'high', lead_temperature: 'hot' },
      followUp: { timing_bucket: 'nurture' },
      elapsedMs: 1500,
      status: 'won',
      text: 'hello',
      flags: { a: true, b: false },
    });
  });

  it('tells an absent follow-up from an empty and from a malformed one', () => {
    expect(readPreviewRequest({}).followUp).toBeUndefined();
    expect(readPreviewRequest({ follow_up: null }).followUp).toBeUndefined();
    expect(readPreviewRequest({ follow_up: {} }).followUp).toEqual({});
    expect(readPreviewRequest({ follow_up: 'soon' }).followUp).toBeNull();
  });

  it.each([[-5], ['x'], [null], [Number.NaN], [{}]])(
    'takes %j milliseconds for none',
    (elapsed) => {
      expect(readPreviewRequest({ elapsed_ms: elapsed }).elapsedMs).toBe(0);
    },
  );

  it('passes over flags that are no booleans', () => {
    expect(readPreviewRequest({ flags: { a: 'true', b: 1, c: true } }).flags).toEqual({ c: true });
    expect(readPreviewRequest({ flags: 'all' }).flags).toEqual({});
  });
});
