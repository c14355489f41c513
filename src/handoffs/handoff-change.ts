import type { EffectDraft } from '../effects/effect.js';
import type { HandoffOpening } from './plan-handoff.js';

/** What one event does to a handoff, as decided; carried out in the transaction that stores the decision. */
export type HandoffChange =
  | { readonly kind: 'open'; readonly opening: HandoffOpening }
  | { readonly kind: 'acknowledge'; readonly handoffId: number; readonly by: string }
  | {
      readonly kind: 'resolve';
      readonly handoffId: number;
      readonly by: string;
      /** To go out only if nobody has resolved it meanwhile. */
      readonly effects: readonly EffectDraft[];
    };
