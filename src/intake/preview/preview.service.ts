import { Injectable } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { GrowthPreview, LeadRunInput } from '../../growth/growth-run.js';
import { readOutcome } from '../../growth/outcomes/classify-outcome.js';
import { RolloutService } from '../../growth/rollout/rollout.service.js';
import type { Rollout } from '../../growth/rollout/rollout.js';
import type { Verdict } from '../../growth/verdict.js';
import { extractFacts } from '../../leads/analysis/extract-facts.js';
import { Clock } from '../../shared/clock.js';
import { withAssumedFlags } from './assumed-rollout.js';
import type { JsonObject } from './json-object.pipe.js';
import type { PreviewDto } from './preview.dto.js';
import { readPreviewRequest, type PreviewSubject } from './preview-request.js';

/**
 * What the growth features would do with a lead, and why, without any consequence: nothing is
 * counted or stored, and nothing that is stored is read.
 */
@Injectable()
export class PreviewService {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  preview(body: JsonObject): PreviewDto {
    const request = readPreviewRequest(body);
    const rollout = withAssumedFlags(this.rollouts.current(), request.flags);
    const lead = this.leadOf(request);
    const run = this.gate.previewLead(lead, rollout);
    return {
      ...this.explanations(run, lead, rollout),
      features: { ...run.verdicts, ...this.unknownFeatures(request, run, rollout) },
      events: run.events,
      follow_up: run.followUp ?? null,
      decision: run.decision,
      actions: run.actions,
      fields: run.fields,
      tags: run.tags,
      outcome: outcomeOf(request.status),
      facts: extractFacts(request.text, this.configuration.profile.serviceAreas),
    };
  }

  private leadOf(request: PreviewSubject): LeadRunInput {
    const { contactId, locationId, source, analysis, followUp, elapsedMs } = request;
    const lead = { contactId, locationId, source, analysis, followUp, elapsedMs };
    return { ...lead, decidedAt: this.clock.now(), reply: null, states: {} };
  }

  /** A feature that explains itself by the follow-up only gets an empty one where the lead has none. */
  private explanations(run: GrowthPreview, lead: LeadRunInput, rollout: Rollout): JsonObject {
    if (lead.followUp !== undefined) return run.explanations;
    const { explanations } = this.gate.previewLead({ ...lead, followUp: {} }, rollout);
    const own = Object.entries(run.explanations).filter(([, explanation]) => explanation !== null);
    return { ...explanations, ...Object.fromEntries(own) };
  }

  /** A mistyped feature among the flags is shown as such instead of being passed over. */
  private unknownFeatures(
    { flags, contactId, locationId, source: leadSource }: PreviewSubject,
    { verdicts }: GrowthPreview,
    rollout: Rollout,
  ): Readonly<Record<string, Verdict>> {
    const subject = { leadSource, contactId, locationId };
    const unknown = Object.keys(flags).filter((key) => !Object.hasOwn(verdicts, key));
    return Object.fromEntries(
      unknown.map((key) => [
        key,
        this.gate.evaluateGrowthFeature(key, subject, undefined, rollout),
      ]),
    );
  }
}

function outcomeOf(status: string): PreviewDto['outcome'] {
  return readOutcome([{ field: 'status', value: status, subject: 'contact' }]).outcome;
}
