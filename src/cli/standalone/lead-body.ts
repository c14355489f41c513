/** High priority under the default profile, hence answered by the bot. */
export const HOT_TEXT = 'Pre-approved for $450k, need to buy in Frisco within 30 days';

/** A lead in the plain form; the name makes both its contact and its delivery. */
export function leadBody(name: string, text: string, contactId = `contact-${name}`): string {
  return JSON.stringify({
    type: 'message.received',
    id: `delivery-${name}`,
    location_id: 'check-location',
    contact_id: contactId,
    message: text,
    contact: { first_name: 'Ana', source: 'Website' },
  });
}
