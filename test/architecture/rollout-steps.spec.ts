import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { setVariables } from '../../src/cli/environment/env-file.js';
import { ENV_SET } from '../../src/cli/environment/env-set-command.js';
import { readConfiguration } from '../../src/config/configuration.js';
import { ENVIRONMENT } from '../../src/config/environment.js';
import { rolloutFromEnvironment } from '../../src/growth/rollout/rollout.js';
import { decideVerdictReason } from '../../src/growth/rollout/verdict.js';

const PAGE = readFileSync('docs/rollout.md', 'utf8');
const NOW = new Date('2026-03-02T15:00:00Z');

/** What each step of the page sets, in the order of the page. */
const steps = [...PAGE.matchAll(/^```bash\n(.*?)^```/gms)]
  .map(([, block]) =>
    [...(block ?? '').matchAll(/^npm run env:set -- (.+)$/gm)].flatMap(([, words = '']) =>
      words.split(' '),
    ),
  )
  .filter((words) => words.length > 0);

/** The file after the first `count` steps; the one that they began with had no final newline. */
function fileAfter(count: number): string {
  return steps.slice(0, count).reduce((text, words) => {
    const parsed = ENV_SET.parse(words);
    if (parsed.kind !== 'options')
      throw new Error(`The page has a wrong command: ${words.join(' ')}`);
    return setVariables(text, parsed.options);
  }, 'LOG_LEVEL=info');
}

/** The rollout in force after the first `count` steps. */
function rolloutAfter(count: number) {
  const { growth } = readConfiguration(parseEnv(fileAfter(count)));
  return rolloutFromEnvironment(growth, NOW);
}

function verdictAfter(count: number, leadSource: string, feature = 'lead_source_attribution') {
  const subject = { leadSource, contactId: 'lead-1', locationId: 'loc-1' };
  return decideVerdictReason(feature, subject, rolloutAfter(count));
}

describe('the steps of docs/rollout.md', () => {
  it('name nothing that nobody reads, and leave one line of each name', () => {
    const names = [...fileAfter(steps.length).matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const known = ENVIRONMENT.map(({ name }) => name);
    expect(names.filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('begin with everything off', () => {
    expect(verdictAfter(0, 'facebook ads')).toBe('flag_disabled');
  });

  it('put the canary in place before any flag', () => {
    expect(rolloutAfter(1)).toMatchObject({
      canaryModeEnabled: true,
      canarySources: ['facebook_ads'],
    });
    expect(verdictAfter(1, 'facebook ads')).toBe('flag_disabled');
  });

  it('switch one feature on, for the canary only', () => {
    expect(verdictAfter(2, 'facebook ads')).toBe('enabled');
    expect(verdictAfter(2, 'google')).toBe('canary_source_mismatch');
    expect(verdictAfter(2, 'facebook ads', 'sla_handoff_thresholds')).toBe('flag_disabled');
  });

  it('let it write to the CRM, one toggle after the other', () => {
    expect(rolloutAfter(2).writebackToggles).toEqual({
      lead_source: false,
      conversion_feedback: false,
    });
    expect(rolloutAfter(3).writebackToggles).toEqual({
      lead_source: true,
      conversion_feedback: false,
    });
    expect(rolloutAfter(4).writebackToggles).toEqual({
      lead_source: true,
      conversion_feedback: true,
    });
  });

  it('widen to more sources, then to all', () => {
    expect(verdictAfter(5, 'google')).toBe('enabled');
    expect(verdictAfter(5, '')).toBe('canary_source_missing');
    expect(verdictAfter(6, '')).toBe('enabled');
  });

  it('lead back: the flag, the toggles, everything at once', () => {
    expect(verdictAfter(7, 'google', 'sla_handoff_thresholds')).toBe('flag_disabled');
    expect(rolloutAfter(8).writebackToggles).toEqual({
      lead_source: false,
      conversion_feedback: false,
    });
    expect(verdictAfter(9, 'facebook ads')).toBe('canary_source_unconfigured');
    expect(steps).toHaveLength(9);
  });
});
