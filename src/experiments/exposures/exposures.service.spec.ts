import { describe, expect, it } from '@jest/globals';
import { deliveredExposures } from './exposures.service.js';

const EFFECT = {
  locationId: 'loc-1',
  contactId: 'c',
  effectId: 9,
  createdAt: new Date(1_000),
  deliveredAt: new Date(3_000),
};
const PROPOSED = {
  experiment: 'ab_response_style_testing',
  variant: 'B',
  segment: 'standard',
  source: 'zillow',
  bucket: 77,
  epoch: 2,
};

describe('deliveredExposures', () => {
  it('is what the message showed, to whom and when', () => {
    const payload = {
      kind: 'send_message',
      channel: 'SMS',
      text: 'Hi',
      exposures: [PROPOSED],
    } as const;
    expect(deliveredExposures({ ...EFFECT, payload })).toEqual([
      {
        ...PROPOSED,
        locationId: 'loc-1',
        contactId: 'c',
        effectId: 9,
        decidedAt: new Date(1_000),
        exposedAt: new Date(3_000),
      },
    ]);
  });

  it('is nothing for a message outside of every experiment and for other effects', () => {
    const message = { kind: 'send_message', channel: 'SMS', text: 'Hi' } as const;
    expect(deliveredExposures({ ...EFFECT, payload: message })).toEqual([]);
    expect(deliveredExposures({ ...EFFECT, payload: { kind: 'add_tags', tags: ['x'] } })).toEqual(
      [],
    );
  });
});
