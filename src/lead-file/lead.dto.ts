import { ApiProperty } from '@nestjs/swagger';
import type { LeadContext } from '../leads/lead-context.js';
import { EffectDto } from '../effects/effect.dto.js';
import { PageOf } from '../http/admin/page.js';
import { StoredId } from '../http/admin/stored-id.js';

import { ConsentEntryDto } from './suppression.dto.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

export class LeadParams {
  @StoredId('loc-1')
  readonly location!: string;

  @StoredId('contact-1')
  readonly contact!: string;
}

export class NextFollowUpDto {
  @ApiProperty({ example: 4 })
  readonly effect_id!: number;

  @ApiProperty({ type: String, example: 'immediate_call' })
  readonly action!: unknown;

  @ApiProperty()
  readonly due_at!: Date;
}

export class LeadDto {
  @ApiProperty({
    ...ANY_OBJECT,
    description: 'All that is remembered: turns, facts, score, sources, suppression, takeover.',
    example: { lead_score: 94.8, lead_temperature: 'hot', priority: 'high', last_source: 'zillow' },
  })
  readonly context!: LeadContext;

  @ApiProperty({ type: [EffectDto], description: 'The newest 50, newest first.' })
  readonly effects!: readonly EffectDto[];

  @ApiProperty({ type: [ConsentEntryDto], description: 'The journal of consent, oldest first.' })
  readonly consent!: readonly ConsentEntryDto[];

  @ApiProperty({ type: NextFollowUpDto, nullable: true })
  readonly next_follow_up!: NextFollowUpDto | null;
}

export class DecisionDto {
  @ApiProperty({ example: 'evt-1' })
  readonly delivery_id!: string;

  @ApiProperty()
  readonly decided_at!: Date;

  @ApiProperty({
    ...ANY_OBJECT,
    description:
      'As it was stored: analysis, follow-up, reply, CRM writes, and what each growth feature was allowed and added.',
    example: {
      lead_score: 94.8,
      priority: 'high',
      source: 'zillow',
      rollout_version: 0,
      growth_verdicts: { sla_handoff_thresholds: { enabled: false, reason: 'flag_disabled' } },
    },
  })
  readonly document!: Readonly<Record<string, unknown>>;
}

export class DecisionPageDto extends PageOf(DecisionDto, 'Newest first.') {}
