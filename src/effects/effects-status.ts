/** Where the outgoing effects stand, over all locations. */
export interface EffectsReading {
  /** Not yet delivered, due or not. */
  readonly pending: number;
  /** Not yet delivered although their time has come. */
  readonly due: number;
  /** How long the oldest of those has been due; 0 when none is. */
  readonly oldestDueSeconds: number;
  /** Given up in the last 24 hours. */
  readonly dead: number;
  /** Messages of which nobody knows whether they went out. */
  readonly uncertain: number;
  /** Held back until their location has a CRM token. */
  readonly waiting: number;
}

/** What the health check asks of the effects; implemented beside them. Also the injection token. */
export abstract class EffectsStatus {
  abstract read(): Promise<EffectsReading>;
}
