import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import {
  GROWTH_VERSION,
  type GrowthFeature,
  type GrowthProposal,
  INVALID_ANALYSIS_EVENT,
  type LeadSnapshot,
  metricKey,
  reportedSource,
  type SnapshotAnalysis,
} from '../../growth-feature.js';
import {
  AbResponseStyleTestingSettings,
  type VariantSettings,
} from './ab-response-style-testing.settings.js';
import { applyStyle, type StyledReply } from './response-styles.js';

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

export type Segment = 'hot_priority' | 'warm_review' | 'standard';

/** The groups of leads for which an experiment is read separately. */
export function segmentOf({ priority, lead_temperature: temperature }: SnapshotAnalysis): Segment {
  if (priority === 'high' || temperature === 'hot') return 'hot_priority';
  if (priority === 'review_required' || temperature === 'warm') return 'warm_review';
  return 'standard';
}

const BUCKETS = 100;
/** Name of the experiment whose key is blank. */
const FIRST_EXPERIMENT = 'ab_response_style_testing';

/** Kept per contact, so that later changes of source or weights do not flip a variant. */
export interface Assignment {
  readonly experiment: string;
  readonly variant: string;
  readonly bucket: number;
  /** The source at the time of assignment: with the contact's id it explains the bucket. */
  readonly source: string;
}

type AssignmentResult =
  | { readonly kind: 'kept' | 'assigned' | 'forced'; readonly assignment: Assignment }
  | { readonly kind: 'held_out' };

/** SHA-256 of `contact_id:source[:experiment key]` as one 256-bit number, modulo 100. */
export function assignmentBucket(contactId: string, source: string, experimentKey = ''): number {
  const suffix = experimentKey === '' ? '' : `:${experimentKey}`;
  return hashBucket(`${contactId}:${reportedSource(source)}${suffix}`);
}

/** A forced variant comes first, then what was assigned earlier, then the holdout, then the hash. */
export function assignVariant(
  lead: { readonly contactId: string; readonly source: string; readonly state: unknown },
  settings: AbResponseStyleTestingSettings,
): AssignmentResult {
  const experiment = settings.experimentKey || FIRST_EXPERIMENT;
  const bucket = assignmentBucket(lead.contactId, lead.source, settings.experimentKey);
  const assigned = (variant: string): Assignment => ({
    experiment,
    bucket,
    source: reportedSource(lead.source),
    variant,
  });
  const forced = forcedVariant(lead.contactId, settings);
  if (forced !== undefined) return { kind: 'forced', assignment: assigned(forced) };
  if (isKept(lead.state, experiment, settings.variants)) {
    return { kind: 'kept', assignment: lead.state };
  }
  if (isHeldOut(lead.contactId, experiment, settings.holdoutPercent)) return { kind: 'held_out' };
  return { kind: 'assigned', assignment: assigned(variantForBucket(bucket, settings.variants)) };
}

/** With weights that add up to 100 a variant's share is its weight in buckets: A below 50, B from 50. */
export function variantForBucket(bucket: number, variants: readonly VariantSettings[]): string {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  const position = (bucket * total) / BUCKETS;
  let upperBound = 0;
  for (const { key, weight } of variants) {
    upperBound += weight;
    if (position < upperBound) return key;
  }
  throw new Error('The experiment has no variant with a weight above 0');
}

/** The hash names no source: a contact that is held out stays so whichever way it comes. */
function isHeldOut(contactId: string, experiment: string, holdoutPercent: number): boolean {
  return holdoutPercent > 0 && hashBucket(`holdout:${experiment}:${contactId}`) < holdoutPercent;
}

function forcedVariant(
  contactId: string,
  { forcedVariants, variants }: AbResponseStyleTestingSettings,
): string | undefined {
  if (!Object.hasOwn(forcedVariants, contactId)) return undefined;
  return variants.find(({ key }) => key === forcedVariants[contactId])?.key;
}

/** What is stored counts only for this experiment and while its variant still exists. */
function isKept(
  state: unknown,
  experiment: string,
  variants: readonly VariantSettings[],
): state is Assignment {
  if (typeof state !== 'object' || state === null) return false;
  const { experiment: storedExperiment, variant, bucket, source } = state as Partial<Assignment>;
  return (
    storedExperiment === experiment &&
    typeof bucket === 'number' &&
    typeof source === 'string' &&
    variants.some(({ key }) => key === variant)
  );
}

/** From the text of the digest, eight digits at a time: Node makes a buffer of it in three times the time. */
function hashBucket(text: string): number {
  const digest = hash('sha256', text, 'hex');
  let remainder = 0;
  for (let index = 0; index < digest.length; index += 8) {
    const part = Number.parseInt(digest.slice(index, index + 8), 16);
    remainder = (remainder * 2 ** 32 + part) % BUCKETS;
  }
  return remainder;
}
