import { Injectable } from '@nestjs/common';
import { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { GrowthPreview, LeadRunInput } from '../../growth/growth-contribution.js';
import { readOutcome } from '../../growth/outcomes/classify-outcome.js';
import { type Rollout, RolloutService } from '../../growth/rollout/rollout.js';
import type { Verdict } from '../../growth/rollout/verdict.js';
import { askedLead } from '../../leads/crm-event.js';
import { Clock } from '../../shared/clock.js';
import type { LooseRecord } from '../../shared/loose-json.js';
import { addedTags, draftOf, growthInput } from '../decide/decide-lead.js';
import { UNKNOWN_LEAD, type DecidingSettings } from '../decide/decision.js';
import { Decider } from '../decider.js';
import { withAssumedFlags } from './assumed-rollout.js';
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
    private readonly decider: Decider,
    private readonly clock: Clock,
  ) {}

  async preview(body: LooseRecord): Promise<PreviewDto> {
    const request = readPreviewRequest(body);
    const rollout = withAssumedFlags(this.rollouts.current(), request.flags);
    const settings = await this.decider.settingsOf(request.locationId);
    const at = this.clock.now();
    const { contactId, locationId, text } = request;
    const event = askedLead(at, { type: 'preview', contactId, locationId, text });
    const input = { event, situation: UNKNOWN_LEAD, settings, rollout, at };
    const said = draftOf(input);
    const lead = { ...growthInput(said, input), ...assumed(request) };
    const run = this.gate.previewLead(lead, rollout);
    return {
      ...this.explanations(run, lead, rollout),
      features: { ...run.verdicts, ...this.unknownFeatures(request, run, rollout) },
      events: run.events,
      follow_up: run.followUp ?? null,
      decision: run.decision,
      actions: run.actions,
      fields: run.fields,
      tags: addedTags(run, settings),
      outcome: outcomeOf(request.status, settings),
      facts: said.analysis.facts,
    };
  }

  /** A feature that explains itself by the follow-up only gets an empty one where the lead has none. */
  private explanations(run: GrowthPreview, lead: LeadRunInput, rollout: Rollout): LooseRecord {
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

/** What the operator made up of the lead; the rest follows from its text. */
function assumed({ source, analysis, followUp, elapsedMs }: PreviewSubject) {
  return { source, analysis, followUp, elapsedMs, reply: null };
}

function outcomeOf(status: string, { mappings }: DecidingSettings): PreviewDto['outcome'] {
  return readOutcome([{ field: 'status', value: status, subject: 'contact' }], mappings).outcome;
}
