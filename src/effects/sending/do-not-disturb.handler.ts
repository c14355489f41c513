import { Injectable } from '@nestjs/common';
import { ConsentRepository } from '../../consent/consent.repository.js';
import { contactAddress, type ConsentRegister } from '../../consent/consent-register.js';
import { Crm } from '../../crm/crm.port.js';
import { Database } from '../../database/database.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { Clock } from '../../shared/clock.js';
import type { LaneHold, StoredEffect } from '../claimed-lane.js';
import { dispositionOfFailure, type Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-registry.js';

const KINDS = ['set_do_not_disturb', 'lift_do_not_disturb'] as const;
type DoNotDisturbKind = (typeof KINDS)[number];

/** Of versions that set it for text messages only. */
const FORMER_CHANNELS = ['SMS'];

/** The CRM's do-not-disturb: what this service has set is remembered as its own, and taken back as such. */
@Injectable()
export class DoNotDisturbHandler implements EffectHandler<DoNotDisturbKind> {
  readonly kinds = KINDS;
  readonly lane = 'contact';

  constructor(
    private readonly crm: Crm,
    private readonly consent: ConsentRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async deliver(
    lane: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<DoNotDisturbKind>,
  ): Promise<Disposition> {
    if (payload.kind === 'set_do_not_disturb') {
      const { channels = FORMER_CHANNELS } = payload;
      return this.switch(lane, effect, { channels, on: true });
    }
    for (const contactId of payload.contactIds) {
      const lead = { locationId: lane.locationId, contactId };
      const channels = await this.ownAmong(lead, payload.channels);
      const disposition =
        channels.length === 0
          ? undefined
          : await this.switch(lead, effect, { channels, on: false });
      if (disposition !== undefined && disposition.kind !== 'delivered') return disposition;
    }
    return { kind: 'delivered' };
  }

  /** Channels whose block stands and was set by this service. */
  private async ownAmong(lead: LeadKey, channels: readonly string[]): Promise<readonly string[]> {
    const reading = this.consent.registersOf([{ ...lead, contact: {} }]);
    const [register = []] = await this.database.ask(reading);
    return channels.filter((channel) => isOwn(register, lead.contactId, channel));
  }

  private async switch(
    { locationId, contactId }: LeadKey,
    { effectId }: StoredEffect,
    change: { readonly channels: readonly string[]; readonly on: boolean },
  ): Promise<Disposition> {
    const switched = await this.crm.switchDoNotDisturb(locationId, contactId, change);
    if (!switched.ok) return dispositionOfFailure(switched.failure);
    const now = this.clock.now();
    const entries = switched.value.map((channel) => ({
      kind: change.on ? ('dnd_ours' as const) : ('dnd_off' as const),
      channel,
      address: contactAddress(contactId),
      at: now.toISOString(),
      saidBy: 'service' as const,
      words: null,
    }));
    await this.consent.record(
      [{ locationId, contactId, origin: `effect:${effectId}`, entries }],
      now,
    );
    return { kind: 'delivered' };
  }
}

function isOwn(register: ConsentRegister, contactId: string, channel: string): boolean {
  const times = (kind: string): string[] =>
    register
      .filter(
        (mark) =>
          mark.kind === kind &&
          mark.contactId === contactId &&
          (mark.channel === channel || mark.channel === '*'),
      )
      .map(({ at }) => at);
  const set = times('dnd_ours').sort().at(-1);
  const off = times('dnd_off').sort().at(-1);
  return set !== undefined && (off === undefined || set > off);
}
