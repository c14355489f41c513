import type { EffectDraft } from '../../effects/effect.js';
import type { GrowthEffects } from '../../growth/growth-run.js';

/** What the growth features want written to the CRM because of an outcome. */
export function outcomeEffects({ fields, tags }: GrowthEffects, decidedAt: Date): EffectDraft[] {
  return [
    ...(Object.keys(fields).length > 0
      ? [
          {
            step: 'outcome_fields',
            dueAt: decidedAt,
            payload: { kind: 'update_fields', fields } as const,
          },
        ]
      : []),
    ...(tags.length > 0
      ? [{ step: 'outcome_tags', dueAt: decidedAt, payload: { kind: 'add_tags', tags } as const }]
      : []),
  ];
}
