import { describe, expect, it } from '@jest/globals';
import { parseBusinessHours } from './business-hours.js';
import { EnvironmentReader } from './environment-reader.js';
import { readHandoffConfiguration } from './handoff-configuration.js';
import { HANDOFF_VARIABLES } from './handoff-variables.js';

/** Knows the variables of handoffs and nothing else. */
class HandoffReader extends EnvironmentReader {
  constructor(private readonly values: Readonly<Record<string, string>>) {
    super(values);
  }

  override text(name: string): string | undefined {
    const documented = HANDOFF_VARIABLES.find((variable) => variable.name === name);
    if (documented === undefined) throw new Error(`${name} is not documented`);
    return this.values[name] ?? documented.fallback;
  }
}

function read(values: Readonly<Record<string, string>> = {}) {
  const reader = new HandoffReader(values);
  return { configuration: readHandoffConfiguration(reader), problems: reader.problems };
}

describe('readHandoffConfiguration', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      configuration: {
        userIds: [],
        assignsContact: false,
        deadlineMinutes: { high: 5, medium: 60, low: 60 },
        businessHours: parseBusinessHours('Mon-Sat 8-20'),
        tags: {
          needed: 'needs_handoff',
          breached: 'handoff_breached',
          acknowledge: 'handoff_ack',
          resolve: 'handoff_resolved',
        },
      },
      problems: [],
    });
  });

  it('reads what is set; a user named twice has one turn', () => {
    const { configuration, problems } = read({
      HANDOFF_USER_IDS: 'user-a, user-b,user-a',
      HANDOFF_ASSIGN_CONTACT: 'yes',
      HANDOFF_HIGH_MINUTES: '10',
      HANDOFF_BUSINESS_HOURS: 'Mon-Fri 9-17:30',
      HANDOFF_TAG: 'Call-Now',
    });
    expect(problems).toEqual([]);
    expect(configuration).toMatchObject({
      userIds: ['user-a', 'user-b'],
      assignsContact: true,
      deadlineMinutes: { high: 10, medium: 60 },
      businessHours: parseBusinessHours('Mon-Fri 9-17:30'),
      tags: { needed: 'Call-Now' },
    });
  });

  it.each([
    [{ HANDOFF_HIGH_MINUTES: '0' }, 'HANDOFF_HIGH_MINUTES'],
    [{ HANDOFF_BUSINESS_HOURS: '9 to 5' }, 'HANDOFF_BUSINESS_HOURS'],
    [{ HANDOFF_ACK_TAG: 'x'.repeat(101) }, 'HANDOFF_ACK_TAG'],
    [{ HANDOFF_ACK_TAG: 'Needs_Handoff' }, 'HANDOFF_TAG'],
  ])('refuses %j', (values, name) => {
    const { problems } = read(values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must `));
  });
});
