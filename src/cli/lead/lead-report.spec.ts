import { describe, expect, it } from '@jest/globals';
import type { EffectRecord } from '../client/admin-records.js';
import { leadReport } from './lead-report.js';
import type { Aftermath } from './send-one-lead.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const LEAD = {
  text: 'Hello',
  contactId: 'contact-1',
  locationId: 'loc-1',
  source: undefined,
  firstName: undefined,
};

function effect(kind: string, payload: object, rest: Partial<EffectRecord> = {}): EffectRecord {
  return {
    kind,
    payload: { kind, ...payload },
    state: 'delivered',
    dueAt: NOW.toISOString(),
    createdAt: NOW.toISOString(),
    lastError: null,
    remoteId: null,
    ...rest,
  };
}

function reportOf(aftermath: Aftermath): string {
  const reply = { status: 'processed', lead_score: 94.8 };
  return leadReport({ lead: LEAD, reply, replyMs: 12.34, aftermath }, NOW);
}

function known(effects: readonly EffectRecord[], reply: object = {}): Aftermath {
  const decision = { deliveryId: 'd', decidedAt: NOW.toISOString(), document: { reply } };
  return { kind: 'known', effects, decision };
}

describe('leadReport', () => {
  it('shows message, fields, tags and the follow-up with its time', () => {
    const report = reportOf(
      known([
        effect('send_message', { text: 'Hi Ana' }, { remoteId: 'm-1' }),
        effect('update_fields', { fields: { ai_lead_score: 94.8 } }),
        effect('add_tags', { tags: ['Hot-Lead', 'Qualified'] }),
        effect(
          'follow_up',
          { action: 'immediate_call' },
          { state: 'pending', dueAt: '2026-03-02T16:00:00.000Z' },
        ),
      ]),
    );
    expect(report).toContain('lead_score              94.8');
    expect(report).toContain('"Hi Ana" [delivered as m-1]');
    expect(report).toContain('ai_lead_score=94.8 [delivered]');
    expect(report).toContain('Hot-Lead, Qualified [delivered]');
    expect(report).toContain('immediate_call at 2026-03-02T16:00:00.000Z (in 60 min)');
  });

  it('says why no message was sent, and what is not planned', () => {
    const report = reportOf(known([], { withheld: 'opted_out', text: null }));
    expect(report).toContain('no message              opted out');
    expect(report).toContain('no follow-up            none is planned');
  });

  it('shows the text that REPLY_MODE holds back', () => {
    const report = reportOf(known([], { withheld: 'reply_mode', text: 'Hi there' }));
    expect(report).toContain('the text would be "Hi there"');
  });

  it('says what went wrong with an effect', () => {
    const failed = effect('update_fields', { fields: {} }, { state: 'dead', lastError: '422: no' });
    expect(reportOf(known([failed]))).toContain('[dead: 422: no]');
  });

  it('says why nothing is known', () => {
    expect(reportOf({ kind: 'unknown', reason: 'No key.' })).toContain('No key.');
  });
});
