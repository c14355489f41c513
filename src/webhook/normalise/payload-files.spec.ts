import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { normaliseDelivery } from './normalise-delivery.js';
import { RECEIVED_AT, TTL_SECONDS } from './testing/normalise-body.js';

const FOLDER = 'test/fixtures/payloads';

/** Each real body, and what it is to us. `lead` gets `processed`, everything else `acknowledged`. */
const EXPECTED: Record<string, string> = {
  'AppInstall-1.json': 'other',
  'AppInstall-2.json': 'other',
  'AppInstall-3.json': 'other',
  'AppUninstall-1.json': 'other',
  'AppointmentCreate-1.json': 'change appointment',
  'AppointmentUpdate-1.json': 'change appointment',
  'ContactCreate-1.json': 'lead',
  'ContactDndUpdate-1.json': 'change consent',
  'ContactTagUpdate-1.json': 'change tag',
  'ContactUpdate-1.json': 'change contact',
  'ConversationUnreadWebhook-1.json': 'other',
  'InboundMessage-1.json': 'lead',
  'InboundMessage-2.json': 'outbound',
  'InboundMessage-3.json': 'other',
  'NoteCreate-1.json': 'other',
  'NoteDelete-1.json': 'other',
  'OpportunityAssignedToUpdate-1.json': 'change opportunity',
  'OpportunityCreate-1.json': 'change opportunity',
  'OpportunityDelete-1.json': 'change opportunity',
  'OpportunityStatusUpdate-1.json': 'change opportunity',
  'OpportunityUpdate-1.json': 'change opportunity',
  'OutboundMessage-1.json': 'outbound',
  'OutboundMessage-2.json': 'outbound',
  'OutboundMessage-4.json': 'outbound',
  'TaskCreate-1.json': 'other',
  'TaskDelete-1.json': 'other',
  'WorkflowWebhook-customer-replied.json': 'lead',
  'WorkflowWebhook-tag-trigger.json': 'lead',
};

function normaliseFile(name: string) {
  const rawBody = readFileSync(join(FOLDER, name));
  const parsed = JSON.parse(rawBody.toString()) as Record<string, unknown>;
  const result = normaliseDelivery({
    rawBody,
    parsed,
    receivedAt: RECEIVED_AT,
    scheme: 'hmac',
    ttlSeconds: TTL_SECONDS,
  });
  if (!result.ok) throw new Error(`${name} was refused`);
  return { parsed, delivery: result.delivery };
}

describe('the CRM bodies on file', () => {
  it('are all listed here', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s is %s', (name, expected) => {
    const { event } = normaliseFile(name).delivery;
    expect(event.kind === 'change' ? `change ${event.subject}` : event.kind).toBe(expected);
    expect(event.kind === 'other' ? event.known : true).toBe(true);
  });

  it.each(Object.keys(EXPECTED))('%s keeps its webhookId, and the bytes for replay', (name) => {
    const { parsed, delivery } = normaliseFile(name);
    if (parsed['webhookId'] !== undefined) expect(delivery.deliveryId).toBe(parsed['webhookId']);
    expect(delivery.claims[0]?.id).toBe(delivery.deliveryId);
    expect(JSON.parse(delivery.body)).toEqual(parsed);
  });

  it('reads the workflow reply whole', () => {
    expect(normaliseFile('WorkflowWebhook-customer-replied.json').delivery.event).toEqual({
      kind: 'lead',
      type: 'message.received',
      locationId: 't9Ww7bY1xJJ6ThFHZVPC',
      contactId: 'Yd2mQkTz8vR1xJw0LhPe',
      occurredAt: RECEIVED_AT,
      receivedAt: RECEIVED_AT,
      text: 'We need to buy in Frisco within 30 days, pre-approved for $450,000',
      contact: {
        firstName: 'Dana',
        lastName: 'Reyes',
        email: 'dana.reyes@example.com',
        phone: '+12145550143',
        timezone: 'America/Chicago',
        tags: ['facebook lead', 'buyer'],
      },
      source: 'facebook ads',
      channel: null,
      replyChannel: 'SMS',
      messageId: null,
      conversationId: 'c0nv3rs4t10n',
      signals: [],
    });
  });

  it('reads the created contact whole', () => {
    expect(normaliseFile('ContactCreate-1.json').delivery.event).toEqual({
      kind: 'lead',
      type: 'ContactCreate',
      locationId: 've9EPM428h8vShlRW1KT',
      contactId: 'nmFmQEsNgz6AVpgLVUJ0',
      occurredAt: new Date('2021-11-26T12:41:02.193Z'),
      receivedAt: RECEIVED_AT,
      text: '',
      contact: {
        firstName: 'John',
        lastName: 'Deo',
        email: 'JohnDeo@gmail.comm',
        phone: '+919509597501',
        assignedTo: 'nmFmQEsNgz6AVpgLVUJ0',
        tags: ['id magna sed Lorem', 'Duis dolor commodo aliqua'],
        dnd: true,
      },
      source: 'xyz form',
      channel: null,
      replyChannel: 'SMS',
      messageId: null,
      conversationId: null,
      signals: [],
    });
  });

  it('reads the agency install, which names no location, under its company', () => {
    expect(normaliseFile('AppInstall-3.json').delivery.locationId).toBe('otg8dTQqGLh3Q6iQI55w');
  });
});
