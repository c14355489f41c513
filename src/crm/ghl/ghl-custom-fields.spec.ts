import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../shared/clock.js';
import { SandboxCrm } from '../testing/sandbox-crm.js';

class SteppingClock extends Clock {
  private time = Date.parse('2026-06-01T12:00:00Z');
  override now(): Date {
    return new Date(this.time);
  }
  advance(ms: number): void {
    this.time += ms;
  }
}

let crm: SandboxCrm;
let clock: SteppingClock;

beforeEach(async () => {
  clock = new SteppingClock();
  crm = await SandboxCrm.start({ clientClock: clock });
});

afterEach(() => crm.stop());

const count = (operation: string) => crm.operations().filter((name) => name === operation).length;
const fieldsOf = async (contactId: string) =>
  (await crm.control('GET', `contacts/${contactId}`)).fields;

describe('custom fields by key', () => {
  it('creates what a location lacks, once, and writes by id', async () => {
    const client = crm.client();
    const fields = { ai_lead_score: 87.5, lead_temperature: 'hot', meets_criteria: true };
    expect(await client.updateContactCustomFields('loc-a', 'c1', fields)).toEqual({ ok: true });
    expect(await client.updateContactCustomFields('loc-a', 'c2', fields)).toMatchObject({
      ok: true,
    });
    expect(await fieldsOf('c1')).toEqual({
      ai_lead_score: 87.5,
      lead_temperature: 'hot',
      meets_criteria: 'true',
    });
    expect(crm.operations()).toEqual([
      'listCustomFields',
      'createCustomField',
      'createCustomField',
      'createCustomField',
      'updateContactCustomFields',
      'updateContactCustomFields',
    ]);
    expect(crm.cacheReads).toEqual([false, true]);
  });

  it('creates numbers as numbers and all else as text', async () => {
    await crm.client().updateContactCustomFields('loc-a', 'c1', { n: 1, b: false, t: 'x' });
    const { calls } = await crm.control('GET', 'calls');
    const created = (calls as { operation: string; body: object }[])
      .filter((call) => call.operation === 'createCustomField')
      .map((call) => call.body);
    expect(created).toEqual([
      { name: 'n', dataType: 'NUMERICAL', model: 'contact' },
      { name: 'b', dataType: 'TEXT', model: 'contact' },
      { name: 't', dataType: 'TEXT', model: 'contact' },
    ]);
  });

  it('finds fields that exist already', async () => {
    await crm.client().updateContactCustomFields('loc-a', 'c1', { a: '1' });
    await crm.client().updateContactCustomFields('loc-a', 'c1', { a: '2' });
    expect(count('createCustomField')).toBe(1);
    expect(await fieldsOf('c1')).toEqual({ a: '2' });
  });

  it('keeps locations apart', async () => {
    const client = crm.client();
    await client.updateContactCustomFields('loc-a', 'c1', { a: '1' });
    await client.updateContactCustomFields('loc-b', 'c2', { a: '2' });
    expect(count('createCustomField')).toBe(2);
  });

  it('lists and creates once for concurrent writers', async () => {
    const client = crm.client();
    const results = await Promise.all(
      ['c1', 'c2', 'c3', 'c4'].map((id) =>
        client.updateContactCustomFields('loc-a', id, { a: '1', b: '2' }),
      ),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(count('listCustomFields')).toBe(1);
    expect(count('createCustomField')).toBe(2);
  });

  it('takes the field of the replica that was faster', async () => {
    const [one, two] = [crm.client(), crm.client()];
    await one.updateContactCustomFields('loc-a', 'c1', { first: 'x' });
    await two.updateContactCustomFields('loc-a', 'c2', { first: 'x' });
    // Both have the list in their caches now, and neither has `second`.
    await one.updateContactCustomFields('loc-a', 'c1', { second: 'y' });
    expect(await two.updateContactCustomFields('loc-a', 'c2', { second: 'z' })).toMatchObject({
      ok: true,
    });
    expect(await fieldsOf('c2')).toEqual({ first: 'x', second: 'z' });
  });

  it('reads the list again after its time', async () => {
    const client = crm.client();
    await client.updateContactCustomFields('loc-a', 'c1', { a: '1' });
    clock.advance(10 * 60_000 - 1);
    await client.updateContactCustomFields('loc-a', 'c1', { a: '2' });
    expect(count('listCustomFields')).toBe(1);
    clock.advance(1);
    await client.updateContactCustomFields('loc-a', 'c1', { a: '3' });
    expect(count('listCustomFields')).toBe(2);
  });

  it('recovers when somebody deleted the fields', async () => {
    const client = crm.client();
    await client.updateContactCustomFields('loc-a', 'c1', { a: '1' });
    await crm.control('POST', 'reset');
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '2' })).toMatchObject({
      ok: true,
    });
    expect(await fieldsOf('c1')).toEqual({ a: '2' });
  });

  it('reports the first refusal when the fields were not the reason', async () => {
    const client = crm.client();
    await client.updateContactCustomFields('loc-a', 'c1', { a: '1' });
    await crm.control('POST', 'faults', {
      operation: 'updateContact',
      kind: 'status',
      status: 422,
      message: 'no such thing',
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '2' })).toMatchObject({
      failure: { kind: 'rejected', status: 422, message: 'no such thing' },
    });
    expect(count('updateContactCustomFields')).toBe(2);
  });

  it('reports a failed listing and tries anew the next time', async () => {
    const client = crm.client();
    await crm.control('POST', 'faults', { operation: 'listCustomFields', kind: 'status' });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      failure: { kind: 'unknown_outcome', status: 500 },
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      ok: true,
    });
  });

  it.each([
    [500, 'unknown_outcome'],
    [403, 'unauthorized'],
    [400, 'rejected'],
  ])('reports a creation that ends as %i', async (status, kind) => {
    await crm.control('POST', 'faults', { operation: 'createCustomField', kind: 'status', status });
    const client = crm.client();
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      failure: { kind, status },
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      ok: true,
    });
  });

  it('finds a field whose creation was not confirmed', async () => {
    const client = crm.client();
    await crm.control('POST', 'faults', {
      operation: 'createCustomField',
      kind: 'apply_then_drop',
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '1' })).toMatchObject({
      ok: true,
    });
    expect(await fieldsOf('c1')).toEqual({ a: '1' });
  });

  it('makes no call for no fields beyond knowing the location', async () => {
    expect(await crm.client().updateContactCustomFields('loc-a', 'c1', {})).toMatchObject({
      ok: true,
    });
    expect(count('updateContactCustomFields')).toBe(0);
  });
});
