import type { EffectKind } from './effect.js';

/** A record rather than a list, so that a kind that is missing here is a compiler error. */
const KINDS: Readonly<Record<EffectKind, true>> = {
  send_message: true,
  update_fields: true,
  add_tags: true,
  remove_tags: true,
  set_do_not_disturb: true,
  add_note: true,
  create_task: true,
  assign_contact: true,
  follow_up: true,
  handoff_deadline: true,
  call_hook: true,
};

export const EFFECT_KINDS = Object.keys(KINDS) as readonly EffectKind[];

/** Kinds that end in a text to the lead, or may: a second one would be noticed. */
export const MESSAGE_KINDS: readonly EffectKind[] = ['send_message', 'follow_up'];
