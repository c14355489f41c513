import type { ConsentKind } from '../../consent/consent-register.js';

/** What happened to a lead, as it is stored. */
export type TimelineRow = { readonly at: Date; readonly rank: number; readonly id: string } & (
  | { readonly source: 'delivery'; readonly details: DeliveryDetails }
  | { readonly source: 'turn'; readonly details: { readonly from: string; readonly text: string } }
  | { readonly source: 'decision'; readonly details: DecisionDetails }
  | { readonly source: 'handoff'; readonly details: HandoffDetails }
  | { readonly source: 'effect'; readonly details: EffectDetails }
  | { readonly source: 'consent'; readonly details: ConsentDetails }
);

export interface ConsentDetails {
  readonly kind: ConsentKind;
  readonly said_by: string;
  readonly words: string | null;
  readonly channels: readonly string[];
}

export interface DeliveryDetails {
  readonly location_id: string;
  readonly delivery_id: string;
  readonly scheme: string;
  readonly body: string;
  /** ISO time. */
  readonly received_at: string;
  readonly state: string;
  readonly error: string | null;
}

export interface DecisionDetails {
  readonly lead_score: number | null;
  readonly lead_temperature: string | null;
  readonly priority: string | null;
  /** What a language model added, of a reading; null of a message. */
  readonly read_again?: readonly string[] | null;
  readonly reply: { readonly send?: boolean; readonly withheld?: string | null } | null;
}

export interface HandoffDetails {
  readonly step: 'opened' | 'breached' | 'acknowledged' | 'resolved';
  readonly reason_code: string;
  readonly by: string | null;
}

export interface EffectDetails {
  readonly kind: string;
  readonly state: string;
  readonly last_error: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}
