import { Inject, Injectable } from '@nestjs/common';

import type { Rollout } from './rollout.js';

/** Injection token of the rollout that is in force at the start. */
export const INITIAL_ROLLOUT = Symbol('INITIAL_ROLLOUT');

/**
 * The rollout in force in this process. In memory and synchronous, because every decision asks it;
 * whoever keeps rollouts (the admin API, the replicas' propagation) hands new ones to `replace`.
 */
@Injectable()
export class RolloutService {
  #current: Rollout;

  constructor(@Inject(INITIAL_ROLLOUT) initial: Rollout) {
    this.#current = frozen(initial);
  }

  current(): Rollout {
    return this.#current;
  }

  /**
   * Puts a rollout in force. Announcements of two changes may arrive in the wrong order, so an older
   * version than the current one is refused; false says so.
   */
  replace(rollout: Rollout): boolean {
    if (rollout.version < this.#current.version) return false;
    this.#current = frozen(rollout);
    return true;
  }
}

/** A copy, so that neither the giver nor a reader can change what is in force. */
function frozen(rollout: Rollout): Rollout {
  return deepFreeze(structuredClone(rollout));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
