import { describe, expect, it } from '@jest/globals';
import { EffectRegistry, type EffectHandler, type EffectLane } from './effect-registry.js';

const LEAD = { locationId: 'l', contactId: 'c' };

function handler(kind: 'add_note' | 'follow_up', lane: EffectLane): EffectHandler {
  return { kinds: [kind], lane, deliver: () => Promise.resolve({ kind: 'delivered' }) };
}

describe('EffectRegistry', () => {
  it('knows the kinds that were registered, and who carries them out', () => {
    const registry = new EffectRegistry();
    const notes = handler('add_note', 'contact');
    registry.register(notes);
    registry.register(handler('follow_up', 'later:'));
    expect(registry.kinds).toEqual(['add_note', 'follow_up']);
    expect(registry.handlerOf('add_note')).toBe(notes);
    expect(registry.handlerOf('fax')).toBeUndefined();
  });

  it('refuses a second handler of a kind', () => {
    const registry = new EffectRegistry();
    registry.register(handler('add_note', 'contact'));
    expect(() => registry.register(handler('add_note', 'hook:'))).toThrow(
      'Two handlers of add_note',
    );
  });

  it('places an effect in the lane that its kind was registered for', () => {
    const registry = new EffectRegistry();
    registry.register(handler('add_note', 'contact'));
    registry.register(handler('follow_up', 'later:'));
    expect(registry.laneOf(LEAD, 'add_note')).toEqual(LEAD);
    expect(registry.laneOf(LEAD, 'follow_up')).toEqual({ ...LEAD, contactId: 'later:c' });
  });

  it('tells lanes beside their contacts from contacts', () => {
    const registry = new EffectRegistry();
    registry.register(handler('add_note', 'contact'));
    expect(registry.isSideLane({ contactId: 'later:c' })).toBe(false);
    expect(registry.sideLanePatterns).toEqual([]);
    registry.register(handler('follow_up', 'later:'));
    expect(registry.isSideLane({ contactId: 'later:c' })).toBe(true);
    expect(registry.isSideLane({ contactId: 'c' })).toBe(false);
    expect(registry.sideLanePatterns).toEqual(['later:%']);
  });
});
