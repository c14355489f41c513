import { describe, expect, it } from '@jest/globals';
import { WakeUp } from '../shared/wake-up.js';
import { ActiveLanes } from './active-lanes.js';

const NOW = new Date('2026-03-02T15:00:00.000Z');
const lane = (locationId: string, isSide = false) => ({ locationId, isSide });
const forEver = (): Promise<void> => new Promise(() => undefined);

function fill(active: ActiveLanes, locationId: string, lanes: number): void {
  for (let count = 0; count < lanes; count += 1) void active.add(lane(locationId), forEver());
}

describe('ActiveLanes', () => {
  it('keeps room for one location more, however many are busy', () => {
    const active = new ActiveLanes();
    fill(active, 'one', 31);
    expect(active.busyLocations(NOW)).toEqual([]);
    fill(active, 'one', 1);
    expect(active.busyLocations(NOW)).toEqual(['one']);
    fill(active, 'two', 21);
    expect(active.busyLocations(NOW)).toEqual(['one', 'two']);
    expect(active.room()).toBe(11);
  });

  it('does not count lanes beside their contacts towards a location’s share', () => {
    const active = new ActiveLanes();
    fill(active, 'one', 31);
    void active.add(lane('one', true), forEver());
    expect(active.busyLocations(NOW)).toEqual([]);
    fill(active, 'one', 1);
    expect(active.busyLocations(NOW)).toEqual(['one']);
    expect(active.room()).toBe(16);
  });

  it('does not ask for a location at its limit before its turn', () => {
    const active = new ActiveLanes();
    active.pause('one', new Date(NOW.getTime() + 1_000));
    expect(active.busyLocations(NOW)).toEqual(['one']);
    expect(active.busyLocations(new Date(NOW.getTime() + 1_000))).toEqual([]);
  });

  it('has room by the time its settled lane can wake anybody', async () => {
    const active = new ActiveLanes();
    const wakeUp = new WakeUp();
    fill(active, 'one', 63);
    void active.add(lane('two'), Promise.resolve()).finally(() => wakeUp.signal());
    expect(active.room()).toBe(0);
    await wakeUp.wait(60_000);
    expect(active.room()).toBe(1);
  });
});
