import { describe, expect, it } from '@jest/globals';
import type { StoredEffect } from './claimed-lane.js';
import { withoutOvertaken } from './lane-order.js';
import { sampleEffect, sampleLane } from './testing/sample-effects.js';

const write = (effectId: number, fields: Record<string, string>): StoredEffect =>
  sampleEffect(effectId, { payload: { kind: 'update_fields', fields } });

const inReplay = (effects: readonly StoredEffect[], replayTo: number | null) =>
  withoutOvertaken({ ...sampleLane(effects), replayTo });

describe('withoutOvertaken', () => {
  it('leaves every field to the last effect that writes it, as far as a dead worker may have come', () => {
    const effects = [
      write(1, { a: '1', b: '1' }),
      sampleEffect(2),
      write(3, { a: '3' }),
      write(4, { c: '4', a: '4' }),
    ];
    expect(inReplay(effects, 4)).toEqual([
      write(1, { b: '1' }),
      sampleEffect(2),
      write(3, {}),
      write(4, { c: '4', a: '4' }),
    ]);
    expect(inReplay(effects, 3)[2]).toEqual(write(3, { a: '3' }));
    expect(inReplay(effects, null)).toEqual(effects);
  });

  it('leaves effects alone that do not meet', () => {
    const effects = [write(1, { a: '1' }), sampleEffect(2), write(3, { b: '3' })];
    expect(inReplay(effects, 3)).toEqual(effects);
  });
});
