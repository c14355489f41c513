import { isHumanMessage, type CrmEvent, type LeadChange } from '../leads/crm-event.js';
import type { Outcome } from '../growth/growth-feature.js';
import type { Handoff } from './handoff.js';

/** Signs in the CRM that a person has taken a lead, or is done with it. Pure; intake asks. */

export interface Signal {
  /** Kept with the handoff. */
  readonly by: string;
}

export interface TagWatch {
  readonly tag: string;
  /**
   * Tags that the contact was known to have before the event. The CRM sends all tags of a contact
   * whenever one changes: one left over from an earlier handoff is no answer to this one.
   */
  readonly knownTags: readonly string[];
}

/**
 * A message that a user typed, or the tag put on. The order of arrival counts, not the message's own
 * time: a message that was under way while the handoff opened shows a person on this lead as well.
 *
 * @param event not one of our own messages coming back
 */
export function acknowledgementOf(
  event: CrmEvent,
  handoff: Pick<Handoff, 'state'>,
  watch: TagWatch,
): Signal | undefined {
  if (handoff.state !== 'open') return undefined;
  if (event.kind === 'outbound') {
    return isHumanMessage(event) && event.userId !== null ? { by: event.userId } : undefined;
  }
  return event.kind === 'change' ? tagSignal(event, watch) : undefined;
}

/** The tag put on, or the lead won or lost: without this a team that never opens the console would silence the bot for ever. */
export function resolutionOf(
  event: CrmEvent,
  outcome: Outcome,
  handoff: Pick<Handoff, 'state'>,
  watch: TagWatch,
): Signal | undefined {
  if (handoff.state === 'resolved' || event.kind !== 'change') return undefined;
  const isOver = outcome === 'converted' || outcome === 'lost';
  return isOver ? { by: `outcome:${outcome}` } : tagSignal(event, watch);
}

/** The CRM lower-cases tags. */
function tagSignal({ contact }: LeadChange, { tag, knownTags }: TagWatch): Signal | undefined {
  const isNew = hasTag(contact.tags ?? [], tag) && !hasTag(knownTags, tag);
  return isNew ? { by: `tag:${tag}` } : undefined;
}

function hasTag(tags: readonly string[], wanted: string): boolean {
  return tags.some((tag) => tag.trim().toLowerCase() === wanted.toLowerCase());
}
