import type { StatusSignal } from '../../leads/crm-event.js';
import type { Envelope, ShapedEvent } from './event-shape.js';
import { contactChange } from './marketplace-contact.js';
import { objectAt, type Payload } from './payload.js';

/** `permanent` is set by a STOP and cannot be lifted in the CRM. */
const BLOCKING_STATES: readonly unknown[] = ['active', 'permanent'];

const BLOCKED: readonly StatusSignal[] = [{ field: 'dnd', value: 'dnd', subject: 'consent' }];

/** Do-not-disturb switched on or off, for the whole contact or for some channels. */
export function contactConsentChanged(envelope: Envelope): ShapedEvent {
  const doNotDisturb = isTextingBlocked(envelope.payload);
  return {
    messageId: null,
    event: {
      ...contactChange(envelope),
      subject: 'consent',
      doNotDisturb,
      signals: doNotDisturb ? BLOCKED : [],
    },
  };
}

/**
 * The two places can contradict each other, so either one blocks (consent fails closed). Versions 2
 * and 3 of the CRM's API spell the channel differently. A channel other than text messages does not block.
 */
function isTextingBlocked(payload: Payload): boolean {
  const channels = objectAt(payload, 'dndSettings');
  return (
    payload['dnd'] === true ||
    payload['dnd'] === 'true' ||
    ['SMS', 'sms'].some((key) => BLOCKING_STATES.includes(objectAt(channels, key)['status']))
  );
}
