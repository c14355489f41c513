import { describe, expect, it } from '@jest/globals';
import { readFault, SandboxFaults } from './sandbox-faults.js';

describe('SandboxFaults', () => {
  it('befalls as many calls as it says, of its operation only', () => {
    const faults = new SandboxFaults();
    faults.add({ kind: 'down', times: 2, operation: 'addNote' });
    expect(faults.take('getContact')).toBeUndefined();
    expect(faults.take('addNote')?.kind).toBe('down');
    expect(faults.take('addNote')?.kind).toBe('down');
    expect(faults.take('addNote')).toBeUndefined();
  });

  it('uses faults in the order of their request', () => {
    const faults = new SandboxFaults();
    faults.add({ kind: 'timeout', times: 1 });
    faults.add({ kind: 'down', times: 1, operation: 'addNote' });
    expect(faults.take('addNote')?.kind).toBe('timeout');
    expect(faults.take('addNote')?.kind).toBe('down');
  });

  it('forgets them all', () => {
    const faults = new SandboxFaults();
    faults.add({ kind: 'down', times: 5 });
    faults.clear();
    expect(faults.take('addNote')).toBeUndefined();
  });
});

describe('readFault', () => {
  it('reads a whole description', () => {
    const fault = {
      kind: 'status',
      times: 3,
      operation: 'addNote',
      status: 429,
      message: 'slow down',
      body: { a: 1 },
      headers: { 'retry-after': '2' },
      delayMs: 5,
    };
    expect(readFault(fault)).toEqual(fault);
  });

  it('befalls one call unless told otherwise', () => {
    expect(readFault({ kind: 'down' })).toEqual({ kind: 'down', times: 1 });
  });

  it.each([{}, { kind: 'fire' }, { kind: 'down', times: 0 }, { kind: 'down', times: 'many' }])(
    'knows no fault in %j',
    (body) => {
      expect(readFault(body)).toBeUndefined();
    },
  );

  it.each([99, 600, 200.5, '503'])('ignores the status %j', (status) => {
    expect(readFault({ kind: 'status', status })).not.toHaveProperty('status');
  });
});
