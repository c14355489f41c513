import { Injectable } from '@nestjs/common';
import type { EffectState } from './effect.tables.js';
import { ProblemException } from '../http/problem.exception.js';
import { Clock } from '../shared/clock.js';
import type {
  EffectDto,
  ReplayEffectRequest,
  ReplayEffectsRequest,
  ReplayedEffectsDto,
} from './effect.dto.js';
import type { EffectKind } from './effect.js';
import { EffectReplayRepository } from './effect-replay.repository.js';
import { EffectReadModel } from './effect.read-model.js';

/** Kinds that end in a text to the lead, or may: a second one would be noticed. */
const MESSAGE_KINDS: readonly EffectKind[] = ['send_message', 'follow_up'];
/** Ends of an effect from which it may start again; the sending rules are asked anew. */
const REPLAYABLE: ReadonlySet<EffectState> = new Set(['dead', 'uncertain', 'suppressed']);
/** Bounds one transaction, and the wave of CRM calls that follows. */
const MAX_REPLAYED = 1_000;

/** An operator's second chance for effects that came to a bad end. */
@Injectable()
export class EffectReplayService {
  constructor(
    private readonly effects: EffectReadModel,
    private readonly replays: EffectReplayRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws {ProblemException} 404 without such an effect, 409 when it may not be replayed */
  async replayOne(effectId: number, request: ReplayEffectRequest = {}): Promise<EffectDto> {
    const effect = await this.getEffect(effectId);
    const obstacle = obstacleTo(effect, request);
    if (obstacle !== undefined) throw new ProblemException(409, obstacle);
    const isReplayed = await this.replays.replayOne(effectId, effect.state, this.clock.now());
    if (!isReplayed) throw new ProblemException(409, 'The effect changed meanwhile: look again');
    return this.getEffect(effectId);
  }

  async replayDead(request: ReplayEffectsRequest): Promise<ReplayedEffectsDto> {
    const replayed = await this.replays.replayDead(request, MAX_REPLAYED, this.clock.now());
    return { replayed, remaining: await this.replays.countDead(request) };
  }

  private async getEffect(effectId: number): Promise<EffectDto> {
    const effect = await this.effects.find(effectId);
    if (effect === undefined) throw new ProblemException(404, 'No such effect');
    return effect;
  }
}

function obstacleTo(
  { state, kind }: EffectDto,
  { confirm_resend }: ReplayEffectRequest,
): string | undefined {
  if (!REPLAYABLE.has(state)) return `An effect that is ${state} cannot be replayed`;
  const mayHaveArrived = state === 'uncertain' && MESSAGE_KINDS.some((known) => known === kind);
  return mayHaveArrived && confirm_resend !== true
    ? 'This message may have reached the lead: send {"confirm_resend": true} to send it again'
    : undefined;
}
