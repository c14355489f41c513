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
