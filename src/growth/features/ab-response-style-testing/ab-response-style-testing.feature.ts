import { Injectable } from '@nestjs/common';

import type { GrowthFeature, GrowthProposal, LeadSnapshot } from '../../growth-feature.js';
import { GROWTH_VERSION, INVALID_ANALYSIS_EVENT } from '../../growth-feature.js';
import { metricKey } from '../../metric-key.js';
import { AbResponseStyleTestingSettings } from './ab-response-style-testing.settings.js';
import type { StyledReply } from './response-styles.js';
import { applyStyle } from './response-styles.js';
import { segmentOf } from './segment.js';
import type { Assignment, AssignmentResult } from './variant-assignment.js';
import { assignVariant } from './variant-assignment.js';

@Injectable()
export class AbResponseStyleTestingFeature implements GrowthFeature<AbResponseStyleTestingSettings> {
  readonly key = 'ab_response_style_testing';
  readonly description = 'Tries wordings of the reply on comparable groups of leads.';
  readonly settingsClass = AbResponseStyleTestingSettings;
  readonly defaults = new AbResponseStyleTestingSettings();

  observe(): readonly string[] {
    return ['assignment_observed'];
  }

  propose(lead: LeadSnapshot, settings: AbResponseStyleTestingSettings): GrowthProposal {
    if (lead.analysis === null) return { events: [INVALID_ANALYSIS_EVENT] };
    const result = assignVariant(lead, settings);
    if (result.kind === 'held_out') return { events: ['holdout'] };
    const { assignment } = result;
    const segment = segmentOf(lead.analysis);
    const styled = styledReply(lead.reply, assignment, settings);
    return {
      events: [
        ...(result.kind === 'forced' ? ['forced'] : []),
        `variant_${metricKey(assignment.variant)}`,
        `segment_${segment}`,
        ...(styled?.kind === 'too_long' ? ['style_skipped_too_long'] : []),
        'applied',
      ],
      decision: { response_style_experiment: decisionPart(lead, assignment, segment) },
      ...(styled?.kind === 'styled' && styled.text !== lead.reply ? { reply: styled.text } : {}),
      ...(result.kind === 'assigned' ? { state: assignment } : {}),
      ...exposurePart(lead, result, segment),
    };
  }

  explain(
    lead: LeadSnapshot,
    settings: AbResponseStyleTestingSettings,
  ): Readonly<Record<string, unknown>> {
    const result = assignVariant(lead, settings);
    if (result.kind === 'held_out') return { ab: null };
    const { bucket, variant } = result.assignment;
    return { ab: { bucket, variant, segment: lead.analysis && segmentOf(lead.analysis) } };
  }
}

function styledReply(
  reply: string | null,
  { variant }: Assignment,
  { variants }: AbResponseStyleTestingSettings,
): StyledReply | undefined {
  const style = variants.find(({ key }) => key === variant)?.style;
  return reply === null || style === undefined ? undefined : applyStyle(style, reply);
}

function decisionPart(
  lead: LeadSnapshot,
  { variant, bucket, source }: Assignment,
  segment: string,
): Readonly<Record<string, unknown>> {
  const appliedAt = lead.decidedAt.toISOString();
  return { variant, segment, bucket, source, version: GROWTH_VERSION, applied_at: appliedAt };
}

/**
 * Only a lead that is answered can be exposed. A reply that was too long for its style counts too:
 * the unchanged arm has such leads as well, and leaving them out of one arm would bias it. Forced
 * contacts are tests and no evidence.
 */
function exposurePart(
  lead: LeadSnapshot,
  result: Exclude<AssignmentResult, { kind: 'held_out' }>,
  segment: string,
): Pick<GrowthProposal, 'exposure'> {
  if (lead.reply === null || result.kind === 'forced') return {};
  const { experiment, variant, bucket, source } = result.assignment;
  return { exposure: { experiment, variant, segment, source, bucket } };
}
