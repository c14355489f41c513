import { crmBody, type LeadIds } from './crm-bodies.js';
import { Draw } from './draw.js';
import { inventStory, type StoryStep } from './lead-story.js';
import { inventPersona } from './persona.js';

export interface TrafficPlanOptions {
  readonly leads: number;
  /** The same seed gives the same bodies, apart from the run in their ids. */
  readonly seed: number;
  /** Part of every id, so that a second run is not taken for a repeat of the first. */
  readonly run: string;
  readonly locations: number;
}

export type DeliveryKind = StoryStep['kind'] | 'duplicate';

/** One webhook to send. */
export interface PlannedDelivery {
  /** Those of one lead are sent one after the other. */
  readonly leadIndex: number;
  readonly kind: DeliveryKind;
  readonly body: string;
}

export interface TrafficPlan {
  readonly leads: readonly LeadIds[];
  readonly deliveries: readonly PlannedDelivery[];
}

/** How much of the traffic the CRM sends twice. */
const REPEATED = 0.06;
/** Mean distance between two steps of a lead, in leads that arrive meanwhile. */
const STEP_DISTANCE = 12;

/** All webhooks of a run in the order of sending: the leads arrive one after the other, and their conversations overlap. */
export function planTraffic(options: TrafficPlanOptions): TrafficPlan {
  const leads = Array.from({ length: options.leads }, (_, index) => leadIds(options, index));
  const placed = leads.flatMap((lead, index) => placeLead(lead, index, options));
  placed.sort((left, right) => left.place - right.place);
  return { leads, deliveries: placed.map(({ delivery }) => delivery) };
}

interface PlacedDelivery {
  /** Where in the run it stands; grows along one lead's story. */
  readonly place: number;
  readonly delivery: PlannedDelivery;
}

function leadIds({ seed, run, locations }: TrafficPlanOptions, index: number): LeadIds {
  return {
    locationId: `sim-location-${(index % locations) + 1}`,
    contactId: `sim-${seed}-${run}-${index + 1}`,
  };
}

/** A stream of its own for each lead: more leads add to a run and change none of those before. */
function placeLead(
  lead: LeadIds,
  leadIndex: number,
  { seed }: TrafficPlanOptions,
): PlacedDelivery[] {
  const draw = new Draw(seed, leadIndex);
  const persona = inventPersona(draw);
  const placed: PlacedDelivery[] = [];
  let place = leadIndex + draw.uniform();
  for (const [number, step] of inventStory(persona, draw).entries()) {
    const ids = { ...lead, deliveryId: `${lead.contactId}-${number + 1}` };
    const body = crmBody(step, persona, ids);
    placed.push({ place, delivery: { leadIndex, kind: step.kind, body } });
    if (draw.chance(REPEATED)) {
      place += draw.uniform();
      placed.push({ place, delivery: { leadIndex, kind: 'duplicate', body } });
    }
    place += 2 * STEP_DISTANCE * (0.05 + draw.uniform());
  }
  return placed;
}
