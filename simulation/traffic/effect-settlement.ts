import { asNumbers, asRecord } from '#product/shared/loose-json.js';
import { isSuccess, readCounts, readEffects } from '#product/cli/client/admin-records.js';
import type { GrowthGateClient } from '#product/cli/client/growthgate-client.js';
import { findRefusal } from '#product/cli/client/service-sentences.js';
import type { LeadIds } from './crm-bodies.js';
import { REAL_PACE, type Pace } from './send-traffic.js';
import { increase } from './traffic-tally.js';

/** Where the effects of a run stand. */
export type Settlement =
  | {
      readonly kind: 'counted';
      /** All effects of these leads by state; `pending` holds those that are due and those that are not. */
      readonly byState: ReadonlyMap<string, number>;
      /** Due, and not out yet: 0 when everything has settled. */
      readonly due: number;
      /** To go out later: follow-ups. */
      readonly scheduled: number;
    }
  /** The admin API did not tell; the health check speaks for the whole server. */
  | {
      readonly kind: 'of_server';
      readonly health: ReadonlyMap<string, number>;
      readonly reason: string;
    };

export interface SettlingOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** How many leads have nothing due any more. */
  readonly onProgress: (settledLeads: number) => void;
  readonly pace?: Pace;
}

interface LeadEffects {
  readonly byState: ReadonlyMap<string, number>;
  readonly due: number;
}

const POLL_MS = 1_000;
/** Few enough to leave the server its time for the effects. */
const LEADS_AT_ONCE = 4;

/** Waits until no effect of these leads is due any more, or the time is up, and counts them. */
export async function settleEffects(
  leads: readonly LeadIds[],
  client: GrowthGateClient,
  { waitMs, signal, onProgress, pace = REAL_PACE }: SettlingOptions,
): Promise<Settlement> {
  const known = new Map<LeadIds, LeadEffects>();
  const giveUpMs = pace.nowMs() + waitMs;
  for (let open = leads; ;) {
    const failure = await readLeads(open, client, known);
    if (failure !== undefined) return readServer(client, failure);
    open = open.filter((lead) => (known.get(lead)?.due ?? 0) > 0);
    onProgress(leads.length - open.length);
    if (open.length === 0 || signal.aborted || pace.nowMs() >= giveUpMs) break;
    await pace.wait(POLL_MS, signal);
  }
  return addUp([...known.values()]);
}

/** Reads into `known`; why that failed, if it did. */
async function readLeads(
  leads: readonly LeadIds[],
  client: GrowthGateClient,
  known: Map<LeadIds, LeadEffects>,
): Promise<string | undefined> {
  const waiting = [...leads];
  let failure: string | undefined;
  const readOn = async (): Promise<void> => {
    for (let lead = waiting.shift(); lead !== undefined; lead = waiting.shift()) {
      const answer = await client.readOpenEffects(lead.locationId, lead.contactId);
      if (!isSuccess(answer)) {
        failure = findRefusal(answer, client.url) ?? 'The admin API gave no list of effects.';
        return;
      }
      const pending = readEffects(answer, 'items');
      const byState = readCounts(answer);
      const due = pending.filter(({ dueAt }) => Date.parse(dueAt) <= Date.now()).length;
      known.set(lead, { byState, due: due + (byState.get('sending') ?? 0) });
    }
  };
  await Promise.all(Array.from({ length: LEADS_AT_ONCE }, readOn));
  return failure;
}

function addUp(leads: readonly LeadEffects[]): Settlement {
  const byState = new Map<string, number>();
  for (const [state, count] of leads.flatMap((lead) => [...lead.byState])) {
    increase(byState, state, count);
  }
  const due = leads.reduce((sum, lead) => sum + lead.due, 0);
  const open = (byState.get('pending') ?? 0) + (byState.get('sending') ?? 0);
  return { kind: 'counted', byState, due, scheduled: open - due };
}

async function readServer(client: GrowthGateClient, reason: string): Promise<Settlement> {
  const answer = await client.readHealth();
  const checks = answer.kind === 'answered' ? asRecord(asRecord(answer.body)['checks']) : {};
  return { kind: 'of_server', health: asNumbers(checks['effects']), reason };
}
