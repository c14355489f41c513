import { Injectable, Logger } from '@nestjs/common';
import { CrmCredentials } from '../crm/crm-connection.js';
import { isDatabaseAway } from '../database/database-errors.js';
import { Clock } from '../shared/clock.js';
import { WaitingEffectRepository } from './waiting-effect.repository.js';

/** What a new process finds: lanes of a dead one, and effects that wait for a token that may be there now. */
@Injectable()
export class EffectsRecovery {
  private readonly logger = new Logger(EffectsRecovery.name);

  constructor(
    private readonly waiting: WaitingEffectRepository,
    private readonly credentials: CrmCredentials,
    private readonly clock: Clock,
  ) {}

  /** Never throws: the service starts without it, and leases end by themselves. */
  async recover(): Promise<void> {
    try {
      await this.waiting.releaseDeadLeases(this.clock.now());
      const locations = await this.waiting.listLocations();
      for (const locationId of locations) {
        if ((await this.credentials.find(locationId)) !== undefined) await this.resume(locationId);
      }
    } catch (error) {
      const event = { event: 'effects.recovery_failed', reason: String(error) };
      if (isDatabaseAway(error)) this.logger.warn(event);
      else this.logger.error(event);
    }
  }

  private async resume(locationId: string): Promise<void> {
    while ((await this.waiting.resumeSome(locationId, this.clock.now())) > 0);
  }
}
