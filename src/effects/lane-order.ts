import type { ClaimedLane, StoredEffect } from './claimed-lane.js';
import type { EffectKind, EffectPayload } from './effect.js';

/** Sorts whose order among themselves shows: texts to the lead are one, whoever asked for them. */
const TEXTS: ReadonlySet<EffectKind> = new Set(['send_message', 'follow_up']);

/** Whether `later` must not go out before what became of `earlier` is known. */
export function keepsItsOrder(earlier: StoredEffect, later: StoredEffect): boolean {
  return sortOf(earlier.payload.kind) === sortOf(later.payload.kind);
}

function sortOf(kind: EffectKind): string {
  return TEXTS.has(kind) ? 'text' : kind;
}

/**
 * A lane's effects without the field values that a later one writes too, as far as a worker that died
 * may have come: it may have written the later value, and the earlier one would take that back.
 */
export function withoutOvertaken({ effects, replayTo }: ClaimedLane): readonly StoredEffect[] {
  if (replayTo === null) return effects;
  const written = new Set<string>();
  return effects
    .toReversed()
    .map((effect) => {
      if (effect.payload.kind !== 'update_fields' || effect.effectId > replayTo) return effect;
      const payload = withoutFields(effect.payload, written);
      for (const name of Object.keys(payload.fields)) written.add(name);
      return payload === effect.payload ? effect : { ...effect, payload };
    })
    .reverse();
}

function withoutFields(
  payload: EffectPayload<'update_fields'>,
  written: ReadonlySet<string>,
): EffectPayload<'update_fields'> {
  const fields = Object.entries(payload.fields);
  const left = fields.filter(([name]) => !written.has(name));
  return left.length === fields.length ? payload : { ...payload, fields: Object.fromEntries(left) };
}
