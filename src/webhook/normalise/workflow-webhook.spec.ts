import { describe, expect, it } from '@jest/globals';
import { deliveryOf, refusedFields } from './testing/normalise-body.js';

const WORKFLOW = {
  contact_id: 'C',
  first_name: 'Dana',
  tags: '',
  location: { id: 'L', name: 'Example Realty' },
  workflow: { id: 'W', name: 'Lead replied' },
};
const eventOf = (body: object) => deliveryOf({ ...WORKFLOW, ...body }, 'workflow').event;

describe('workflow webhooks', () => {
  it.each<[unknown, string, string]>([
    [undefined, 'lead', 'workflow'],
    ['', 'lead', 'workflow'],
    ['contact.created', 'lead', 'contact.created'],
    ['Message.Received ', 'lead', 'message.received'],
    ['conversation.new', 'lead', 'conversation.new'],
    ['contact.updated', 'change', 'contact.updated'],
    ['deal.won', 'other', 'deal.won'],
    [7, 'other', '7'],
  ])('with event_type %j is a %s of type %s', (event_type, kind, type) => {
    expect(eventOf({ customData: { event_type } })).toMatchObject({
      kind,
      type,
      locationId: 'L',
      contactId: 'C',
    });
  });

  it('is no lead when the message is one of ours', () => {
    expect(eventOf({ message: { body: 'Hi', direction: 'outbound' } })).toMatchObject({
      kind: 'outbound',
      text: 'Hi',
      sentBy: null,
    });
  });

  it.each([
    { direction: 'outbound', message: 'Hi' },
    { direction: 'Outbound', type: 'SMS', body: 'Hi' },
    { customData: { direction: 'outbound', message: 'Hi' } },
  ])('is no lead when %j goes out', (body) => {
    expect(eventOf(body)).toMatchObject({ kind: 'outbound', text: 'Hi' });
  });

  it.each([
    [{ type: 'SMS', message: 'Hi' }, 'SMS'],
    [{ type: 'TYPE_EMAIL', body: 'Hi' }, 'Email'],
    [{ type: 'lead', text: 'Hi' }, 'SMS'],
    [{ type: 2, messageBody: 'Hi' }, 'SMS'],
    [{ customData: { last_message: 'Hi' } }, 'SMS'],
  ])('is a lead whatever channel or kind of contact the root of %j names', (body, replyChannel) => {
    expect(eventOf(body)).toMatchObject({ kind: 'lead', text: 'Hi', replyChannel });
    const { workflow: _, ...bare } = WORKFLOW;
    expect(deliveryOf({ ...bare, ...body }, 'workflow').event).toMatchObject({ kind: 'lead' });
  });

  it.each<[object, string, string]>([
    [{ message: { type: 2, body: 'Yes' } }, 'Yes', 'SMS'],
    [{ message: { type: 3, body: '<p>Yes</p>' } }, 'Yes', 'Email'],
    [{ message: 'Yes' }, 'Yes', 'SMS'],
    [{ customData: { message_body: 'Yes' } }, 'Yes', 'SMS'],
    [{ message: { body: '' }, customData: { message: 'Yes' } }, 'Yes', 'SMS'],
    [{}, '', 'SMS'],
  ])('of %j says %j on %s', (body, text, replyChannel) => {
    expect(eventOf(body)).toMatchObject({ kind: 'lead', text, replyChannel });
  });

  it('takes the source from the contact before the root', () => {
    const attributionSource = { utmSource: 'facebook' };
    expect(eventOf({ contact_source: 'Web Form', contact: { attributionSource } })).toMatchObject({
      source: 'web form',
    });
    expect(eventOf({ contact: { attributionSource } })).toMatchObject({ source: 'facebook' });
  });

  it.each<[object, string, object[]]>([
    [
      { customData: { event_type: 'opportunity.won' } },
      'opportunity',
      [{ field: 'status', value: 'won', subject: 'opportunity' }],
    ],
    [
      { event_type: 'opportunity.updated', status: 'lost' },
      'opportunity',
      [
        { field: 'status', value: 'lost', subject: 'opportunity' },
        { field: 'status', value: 'updated', subject: 'opportunity' },
      ],
    ],
    [
      { opportunity_name: 'Deal', status: 'open' },
      'opportunity',
      [{ field: 'status', value: 'open', subject: 'opportunity' }],
    ],
    [
      { pipleline_stage: 'New', status: 'won' },
      'opportunity',
      [{ field: 'status', value: 'won', subject: 'opportunity' }],
    ],
    [{ customData: { event_type: 'OpportunityDelete' }, status: 'won' }, 'opportunity', []],
    [
      { customData: { event_type: 'appointment.booked' } },
      'appointment',
      [{ field: 'appointmentStatus', value: 'booked', subject: 'appointment' }],
    ],
    [
      { calendar: { status: 'booked', appoinmentStatus: 'cancelled' } },
      'appointment',
      [{ field: 'appointmentStatus', value: 'cancelled', subject: 'appointment' }],
    ],
    [
      { customData: { event_type: 'CustomerBookedAppointment' } },
      'appointment',
      [{ field: 'appointmentStatus', value: 'booked', subject: 'appointment' }],
    ],
    [
      { payment: { payment_status: 'succeeded', total_amount: 10 } },
      'payment',
      [{ field: 'payment_status', value: 'succeeded', subject: 'payment' }],
    ],
    [{ payment: { payment_status: 'succeeded', total_amount: 0 } }, 'payment', []],
    [
      { customData: { event_type: 'payment.paid', amount: '99.5' } },
      'payment',
      [{ field: 'payment_status', value: 'paid', subject: 'payment' }],
    ],
  ])('of %j report a change of %s', (body, subject, signals) => {
    expect(eventOf(body)).toMatchObject({ kind: 'change', subject, signals });
  });

  it.each<[object]>([
    [{ calendar: 'my calendar' }],
    [{ payment: 'cash' }],
    [{ status: 'won' }],
    [{ pipeline_id: 'p' }],
    [{ opportunity_name: '', status: 'won' }],
  ])('of %j report none: a custom field may bear any name', (body) => {
    expect(eventOf(body)).toMatchObject({ kind: 'lead' });
  });

  it('are a lead with its message, whatever they report beside it', () => {
    expect(
      eventOf({ opportunity_name: 'Deal', status: 'won', message: { body: 'Thanks!' } }),
    ).toMatchObject({
      kind: 'lead',
      text: 'Thanks!',
      reported: { subject: 'opportunity', signals: [{ value: 'won' }] },
    });
    expect(eventOf({ customData: { event_type: 'deal.won' }, message: 'Hi' })).toMatchObject({
      kind: 'lead',
      text: 'Hi',
    });
  });

  it.each([
    [{ message: { type: 11, body: 'Hi' } }, 'FB'],
    [{ message: { type: 18, body: 'Hi' } }, 'IG'],
    [{ message: { type: '19', body: 'Hi' } }, 'WhatsApp'],
    [{ message: { type: 20, body: 'Hi' } }, 'SMS'],
    [{ message: { type: 29, body: 'Hi' } }, 'Live_Chat'],
  ])('of %j are answered on %s', (body, replyChannel) => {
    expect(eventOf(body)).toMatchObject({ kind: 'lead', replyChannel });
  });

  it('say nothing where a merge field was not filled in, or a word stands for nothing', () => {
    expect(
      eventOf({ message: { body: '{{message.body}}' }, first_name: 'null', contact_source: 'N/A' }),
    ).toMatchObject({ kind: 'lead', text: '', source: null, contact: {} });
    expect(refusedFields({ ...WORKFLOW, contact_id: '{{contact.id}}' })).toEqual(['contact_id']);
    expect(refusedFields({ ...WORKFLOW, contact_id: 'undefined' })).toEqual(['contact_id']);
  });

  it.each<[object, string | null]>([
    [{ attributionSource: { utmSource: 'null', adSource: 'Google' } }, 'google'],
    [{ attributionSource: { medium: 'facebook' } }, 'facebook'],
    [{ attributionSource: { medium: 'csv_import' } }, null],
    [{ contact: { attributionSource: { medium: 'manual' } } }, null],
  ])('of %j come from %j', (body, source) => {
    expect(eventOf(body)).toMatchObject({ source });
  });

  it('keeps the deal’s status', () => {
    const signals = [{ field: 'status', value: 'won', subject: 'contact' }];
    expect(eventOf({ status: 'won' })).toMatchObject({ signals });
  });

  it('is known by its workflow, though a custom field be called `type`', () => {
    expect(eventOf({ type: 'Buyer' })).toMatchObject({ kind: 'lead', type: 'workflow' });
  });

  it.each<[string, object]>([
    ['its custom data', { contact_id: 'C', customData: { location_id: 'L' } }],
    ['its location', { contact_id: 'C', location: { id: 'L' } }],
  ])('without `workflow` is known by %s', (_case, body) => {
    expect(deliveryOf(body).event.kind).toBe('lead');
  });

  it('written by hand needs only the secret that proves a workflow', () => {
    const body = { contact_id: 'C', location_id: 'L', message: 'Hi' };
    expect(deliveryOf(body, 'workflow').event).toMatchObject({ kind: 'lead', text: 'Hi' });
    expect(refusedFields(body, 'hmac')).toEqual(['type']);
  });

  it('needs its contact and its location', () => {
    expect(refusedFields({ workflow: { id: 'W' } })).toEqual(['location.id', 'contact_id']);
  });

  it('claims the message it names in its custom data', () => {
    const delivery = deliveryOf({ ...WORKFLOW, customData: { message_id: 'M' } }, 'workflow');
    expect(delivery.claims).toEqual([
      { id: delivery.deliveryId, ttlSeconds: 600 },
      { id: 'msg:M', ttlSeconds: 604_800 },
    ]);
  });
});
