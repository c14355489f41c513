import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type { GrowthFeature, LeadSnapshot } from '../../../src/growth/growth-feature.js';
import { IntakeService } from '../../../src/intake/intake.service.js';
import { StructuredLogger } from '../../../src/telemetry/structured-logger.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { switchOn } from '../growth/support/rollout-in-force.js';

const KEY = 'ill_feature';
const ILL_SOURCE = 'ill-source';

/** Fails for leads of one source. */
@Injectable()
class IllFeature implements GrowthFeature {
  readonly key = KEY;
  readonly description = 'Fails.';
  readonly defaults = {};

  observe({ source }: LeadSnapshot): readonly string[] {
    if (source === ILL_SOURCE) throw new Error('ill');
    return [];
  }

  propose(): object {
    return {};
  }
}

@Module({ providers: [IllFeature], exports: [IllFeature] })
class IllFeatureModule {
  static readonly feature = IllFeature;
}

type Line = Readonly<Record<string, unknown>>;

let product: TestApp;
let written: string[];

beforeAll(async () => {
  product = await startTestApp({
    env: { REPLY_MODE: 'all' },
    extraFeatures: [IllFeatureModule],
  });
  product.app.useLogger(new StructuredLogger({ json: true, logLevel: 'info' }));
  switchOn(product, 'sla_handoff_thresholds');
});
afterAll(() => product.close());

beforeEach(() => {
  written = [];
  const capture = (chunk: unknown): boolean => {
    written.push(String(chunk));
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(capture);
  jest.spyOn(process.stderr, 'write').mockImplementation(capture);
});
afterEach(() => {
  jest.restoreAllMocks();
});

function lines(message: string): readonly Line[] {
  return written
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line['message'] === message);
}

function post(id: string, status = 200, changes: object = {}) {
  return product
    .postSigned({
      type: 'message.received',
      id,
      location_id: 'loc-1',
      contact_id: `contact-of-${id}`,
      message: 'Pre-approved for $450k, need to buy in Frisco within 30 days',
      ...changes,
    })
    .expect(status);
}

async function effectsOf(id: string) {
  const rows = await product.database
    .selectFrom('any_effect')
    .select(['effect_id', 'kind', 'effect_key'])
    .where('contact_id', '=', `contact-of-${id}`)
    .execute();
  return rows;
}

describe('the log', () => {
  it('ties a failed CRM call to its webhook and its effect', async () => {
    const fault = { kind: 'status', status: 422, operation: 'addContactTags', message: 'no' };
    const body = JSON.stringify({ ...fault, times: 1 });
    await fetch(`${product.sandboxUrl}/_sandbox/faults`, { method: 'POST', body });
    await post('evt@1');
    await product.settle();

    const { effect_id } = (await effectsOf('evt@1')).find(({ kind }) => kind === 'add_tags') ?? {};
    const ids = { delivery_id: 'evt@1', effect_id };
    expect(lines('crm.call').filter(({ status }) => status === 422)).toEqual([
      expect.objectContaining({ level: 'warn', operation: 'addContactTags', ...ids }),
    ]);
    expect(lines('effect.dead')).toEqual([expect.objectContaining(ids)]);
  });

  it('does the same for every other call, a handoff’s among them', async () => {
    await post('evt-2');
    await product.settle();

    const effects = await effectsOf('evt-2');
    const ofHandoff = effects.filter(({ effect_key }) => effect_key.includes('/handoff_'));
    expect(ofHandoff.map(({ kind }) => kind).sort()).toEqual(['add_note', 'create_task']);
    const calls = lines('crm.call');
    const called = new Set(calls.map(({ effect_id }) => effect_id));
    expect(ofHandoff.every(({ effect_id }) => called.has(effect_id))).toBe(true);
    expect(new Set(calls.map(({ delivery_id }) => delivery_id))).toEqual(new Set(['evt-2']));
  });

  it('ties a request that fails to the delivery that it brought', async () => {
    const intake = product.app.get(IntakeService);
    jest.spyOn(intake, 'take').mockRejectedValueOnce(new Error('a fault'));
    await post('evt-3', 500).set('X-Request-Id', 'request-3');

    const ids = { correlation_id: 'request-3', delivery_id: 'evt-3' };
    expect(lines('request_failed')).toEqual([expect.objectContaining(ids)]);
  });

  it('ties what goes wrong while a delivery is decided to it, and not to those beside it', async () => {
    const ill = { contact: { source: ILL_SOURCE } };
    const ids = Array.from({ length: 6 }, (_, index) => `evt-ill-${index}`);
    await Promise.all(ids.map((id, index) => post(id, 200, index % 2 === 1 ? ill : {})));

    const failed = lines('growth_feature_failed').map(({ delivery_id }) => delivery_id);
    expect([...new Set(failed)].sort()).toEqual(['evt-ill-1', 'evt-ill-3', 'evt-ill-5']);
  });
});
