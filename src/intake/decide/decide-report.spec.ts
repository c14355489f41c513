import { describe, expect, it } from '@jest/globals';
import { gateFor, sampleRollout } from '../../growth/testing/gate-for.js';
import { deliveryOf } from '../../webhook/normalise/testing/normalise-body.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { decide } from './decide.js';
import { UNKNOWN_LEAD, type Decision } from './decision.js';

const BODY = {
  contact_id: 'c-1',
  location: { id: 'l' },
  workflow: { id: 'w' },
  message: { body: 'Pre-approved for $450k, need to buy in Frisco within 30 days' },
};

function decideBody(body: object): Decision {
  const at = new Date('2026-11-01T12:00:01.000Z');
  return decide(
    {
      event: deliveryOf({ ...BODY, ...body }, 'workflow').event,
      situation: UNKNOWN_LEAD,
      settings: sampleDecidingSettings(),
      rollout: sampleRollout({}),
      at,
    },
    gateFor([]),
  );
}

const kindsOf = ({ effects }: Decision) => effects.map(({ payload }) => payload.kind);

describe('a message beside which a change is reported', () => {
  it('is answered, and the outcome recorded', () => {
    const alone = decideBody({});
    const reporting = decideBody({ opportunity_name: 'Deal', status: 'won' });

    expect(reporting.document).toEqual(alone.document);
    expect(kindsOf(reporting)).toContain('send_message');
    expect(reporting.conversion.milestones).toEqual(['reply', 'converted']);
    expect(reporting.conversion.outcome).toMatchObject({ outcome: 'converted' });
  });

  it('plans nothing for a lead that is won, and everything for one that is open', () => {
    const won = decideBody({ opportunity_name: 'Deal', status: 'won' });
    expect(kindsOf(won)).not.toContain('follow_up');
    expect(won.context?.follow_up).toBeNull();
    expect(won.cancelFollowUps).toBe('opportunity_converted');

    const open = decideBody({ opportunity_name: 'Deal', status: 'open' });
    expect(kindsOf(open)).toContain('follow_up');
    expect(open.context?.follow_up).not.toBeNull();
  });
});
