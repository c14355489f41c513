import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { GrowthFeatureModule } from '../../src/growth/growth-feature-module.js';
import { GrowthGateService } from '../../src/growth/growth-gate.service.js';
import { GrowthLedger } from '../../src/growth/growth-ledger.js';
import { GrowthModule } from '../../src/growth/growth.module.js';
import { sampleRollout } from '../../src/growth/testing/gate-for.js';
import { sampleRunInput } from '../../src/growth/testing/sample-leads.js';
import { EMPTY_FACTS } from '../../src/leads/lead-context.js';
import { codeByFile, loadFromPage } from '../support/documented-feature.js';

describe('docs/add-a-growth-feature.md', () => {
  it('shows every file that it speaks of', () => {
    expect([...codeByFile.keys()].sort()).toEqual([
      'ask-for-financing.feature.spec.ts',
      'ask-for-financing.feature.ts',
      'ask-for-financing.module.ts',
      'ask-for-financing.settings.ts',
    ]);
  });

  it('leads to a feature that the gate runs', async () => {
    const module = loadFromPage('./ask-for-financing.module.js')[
      'AskForFinancingModule'
    ] as GrowthFeatureModule;
    const rollout = sampleRollout({
      flags: { ask_for_financing: { enabled: true } },
      settings: { ask_for_financing: { question: 'Cash or loan?' } },
    });
    const application = await Test.createTestingModule({
      imports: [GrowthModule.forFeatures([module], { useFactory: () => rollout })],
    }).compile();
    const gate = application.get(GrowthGateService);
    const ledger = new GrowthLedger();

    const run = gate.runForLead(sampleRunInput({ facts: EMPTY_FACTS, reply: 'Hello.' }), ledger);

    expect(run.reply).toBe('Hello. Cash or loan?');
    expect(ledger.value('growth_feature_events_total', 'ask_for_financing:missing')).toBe(1);
    expect(ledger.value('growth_feature_events_total', 'ask_for_financing:asked')).toBe(1);
    expect(gate.listFeatures().at(-1)).toMatchObject({ key: 'ask_for_financing' });
  });

  loadFromPage('./ask-for-financing.feature.spec.js');
});
