import { objectAt, type Payload } from './payload.js';
import { firstLabel } from './text.js';

/**
 * The source that the event itself names. `holders` are the objects that describe the contact:
 * its own object, and the body where the contact's fields lie flat in it.
 */
export function leadSource(payload: Payload, holders: readonly Payload[]): string | null {
  const contact = objectAt(payload, 'contact');
  const source = firstLabel([
    ...holders.flatMap((holder) => [
      holder['source'],
      holder['lead_source'],
      holder['sourceName'],
      holder['utm_source'],
    ]),
    payload['contact_source'],
    contact['contact_source'],
    objectAt(payload, 'attributionSource')['utmSource'],
    objectAt(contact, 'attributionSource')['utmSource'],
    objectAt(payload, 'conversation')['source'],
  ]);
  return source?.toLowerCase() ?? null;
}

/** How the lead came in: stands in for a source when nothing better is known or stored. */
export function leadChannel(payload: Payload): string | null {
  return firstLabel([objectAt(payload, 'conversation')['channel']])?.toLowerCase() ?? null;
}
