import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '#product/shared/clock.js';
import { newSandboxContact, type SandboxPut } from './sandbox-documents.js';
import { SandboxState } from './sandbox-state.js';

const AT = '2026-06-01T12:00:00Z';
const put = (id: string): SandboxPut => ({ in: 'contact', doc: newSandboxContact(id, null, AT) });
const newState = () => new SandboxState(new SystemClock(), false);

describe('SandboxState', () => {
  it('forgets the contact that was written longest ago', () => {
    const state = newState();
    for (let at = 0; at < 10_000; at += 1) state.commit([put(`c${at}`)]);
    state.commit([put('c0')]);
    state.commit([put('one-more')]);
    expect([...state.contacts()]).toHaveLength(10_000);
    expect(state.contact('c0')).toBeDefined();
    expect(state.contact('c1')).toBeUndefined();
  });

  it('keeps a bounded number of calls and their numbers', () => {
    const state = newState();
    for (let at = 0; at < 12_000; at += 1) {
      state.commit([], { operation: 'addNote', status: 201, body: {} });
    }
    const calls = state.callsOf(null, 20_000);
    expect(calls.length).toBeLessThanOrEqual(10_000);
    expect(calls.length).toBeGreaterThanOrEqual(5_000);
    expect(calls.at(-1)?.seq).toBe(12_000);
  });

  it('numbers the calls of a contact that the call itself brought into being', () => {
    const state = newState();
    const call = { operation: 'addNote', status: 201, contactId: 'c1', body: {} };
    state.commit([put('c1')], call);
    state.commit([], call);
    expect(state.callsOf('c1', 10).map((one) => one.contactSeq)).toEqual([1, 2]);
    expect(state.contact('c1')?.writes).toBe(2);
  });

  it('takes ids for what they are', () => {
    const state = newState();
    state.commit([put('__proto__')]);
    expect(state.contact('__proto__')?.id).toBe('__proto__');
    expect(state.contact('constructor')).toBeUndefined();
  });
});
