import type { Envelope, ShapedEvent } from './event-shape.js';
import { contactChange } from './marketplace-contact.js';

/** The event carries all tags that the contact now has, not those that changed. */
export function contactTagsChanged(envelope: Envelope): ShapedEvent {
  const change = contactChange(envelope);
  const tags = change.contact.tags ?? [];
  return {
    messageId: null,
    event: {
      ...change,
      subject: 'tag',
      signals: tags.map((tag) => ({ field: 'tags', value: tag, subject: 'tag' })),
    },
  };
}
