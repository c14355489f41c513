import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EXPERIMENT, startExperimentApp, type ExperimentApp } from './experiment-app.js';
import { after, daysAgo, insertExposures, insertMilestones } from './raw-rows.js';

const REPORT = `/admin/experiments/${EXPERIMENT}/report`;
const HOSTILE = '=HYPERLINK("http://x","a"),\nb';

let product: ExperimentApp;

beforeAll(async () => {
  product = await startExperimentApp();
});
afterAll(() => product.close());
beforeEach(() => product.clear());

/** RFC 4180, and nothing more lenient. */
function parseCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (;;) {
    const match = field.exec(text);
    if (match === null) break;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
    if (field.lastIndex === text.length) return rows.slice(0, -1);
  }
  throw new Error('Not RFC 4180');
}

async function insertSome(): Promise<void> {
  const exposedAt = daysAgo(20);
  const lead = (contactId: string, variant: string, source: string) => ({
    contactId,
    variant,
    source,
    exposedAt,
  });
  await insertExposures(product.database, [
    lead('1', 'A', 'zillow'),
    lead('2', 'A', HOSTILE),
    lead('3', 'B', 'zillow'),
    lead('4', 'B', HOSTILE),
  ]);
  await insertMilestones(product.database, [
    { contactId: '1', kind: 'reply', occurredAt: after(exposedAt, 1) },
    { contactId: '2', kind: 'reply', occurredAt: after(exposedAt, 1) },
    { contactId: '4', kind: 'appointment_booked', occurredAt: after(exposedAt, 1) },
  ]);
}

describe('the report as CSV', () => {
  it.each([
    ['?format=csv', 'application/json'],
    ['', 'text/csv'],
    ['', 'text/csv, application/json;q=0.5'],
  ])('comes with %s and Accept: %s', async (query, accept) => {
    const reply = await product.admin
      .get(REPORT + query)
      .set('Accept', accept)
      .expect(200);

    expect(reply.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/csv; charset=utf-8/),
      'content-disposition': `attachment; filename="${EXPERIMENT}-report.csv"`,
      vary: expect.stringContaining('Accept'),
      'cache-control': 'no-store',
    });
  });

  it.each([
    ['?format=json', 'text/csv'],
    ['', '*/*'],
    ['', 'image/png'],
  ])('does not come with %s and Accept: %s', async (query, accept) => {
    const reply = await product.admin
      .get(REPORT + query)
      .set('Accept', accept)
      .expect(200);

    expect(reply.headers['content-type']).toMatch(/^application\/json/);
  });

  it('parses into the numbers of the JSON report, and begins no formula', async () => {
    await insertSome();

    const { text } = await product.admin.get(`${REPORT}?by=source&format=csv`).expect(200);
    const [header = [], ...rows] = parseCsv(text);

    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header.length]));
    expect(rows).toHaveLength(4);
    const records = rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
    expect(records).toMatchObject([
      {
        source: `'${HOSTILE}`,
        segment: 'all',
        variant: 'A',
        exposures: '1',
        replies: '1',
        reply_rate: '1',
      },
      {
        source: `'${HOSTILE}`,
        variant: 'B',
        appointments_booked: '1',
        appointment_booked_difference: '1',
        appointment_booked_relative_lift: '',
      },
      { source: 'zillow', variant: 'A', role: 'control', reply_difference: '' },
      { source: 'zillow', variant: 'B', role: 'challenger', reply_difference: '-1' },
    ]);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('has one row per variant without a breakdown', async () => {
    await insertSome();

    const { text } = await product.admin.get(`${REPORT}?format=csv`).expect(200);

    expect(parseCsv(text).map((row) => row.slice(0, 6))).toEqual([
      ['experiment', 'segment', 'source', 'variant', 'role', 'exposures'],
      [EXPERIMENT, 'all', 'all', 'A', 'control', '2'],
      [EXPERIMENT, 'all', 'all', 'B', 'challenger', '2'],
    ]);
  });
});

describe('the list', () => {
  it('names what runs and what has reached a lead', async () => {
    await insertSome();
    const exposedAt = daysAgo(90);
    await insertExposures(product.database, [
      { contactId: '1', variant: 'Z', experiment: 'an_old_one', exposedAt },
    ]);

    const { body } = await product.admin.get('/admin/experiments').expect(200);

    expect(body).toEqual({
      items: [
        {
          experiment: EXPERIMENT,
          current: true,
          exposures: 4,
          variants: [
            { variant: 'A', exposures: 2 },
            { variant: 'B', exposures: 2 },
          ],
          first_exposed_at: daysAgo(20).toISOString(),
          last_exposed_at: daysAgo(20).toISOString(),
        },
        {
          experiment: 'an_old_one',
          current: false,
          exposures: 1,
          variants: [{ variant: 'Z', exposures: 1 }],
          first_exposed_at: exposedAt.toISOString(),
          last_exposed_at: exposedAt.toISOString(),
        },
      ],
      next_cursor: null,
    });
  });

  it('holds the running experiment before anything has happened', async () => {
    const { body } = await product.admin.get('/admin/experiments').expect(200);

    expect(body).toMatchObject({
      items: [{ experiment: EXPERIMENT, exposures: 0, variants: [] }],
    });
  });
});

describe('refusals', () => {
  it.each(['unknown', 'Not%20a%20key', '%00', `${'x'.repeat(300)}`])(
    '404 for experiment %s',
    async (key) => {
      for (const path of ['report', 'plan']) {
        const { body } = await product.admin.get(`/admin/experiments/${key}/${path}`).expect(404);
        expect(body).toMatchObject({ status: 404, detail: 'Unknown experiment' });
      }
      await product.admin.put(`/admin/experiments/${key}/plan`).send({}).expect(404);
    },
  );

  it.each([
    ['from', 'from=yesterday'],
    ['from', 'from='],
    ['from', 'from=2026-02-30'],
    ['from', 'from=2026-03-01T08:00:00'],
    ['from', 'from=2026-03-01&from=2026-03-02'],
    ['to', 'to=2026-13-01'],
    ['to', 'to=1767225600'],
    ['to', 'from=2026-03-02&to=2026-03-01'],
    ['by', 'by=variant'],
    ['format', 'format=xlsx'],
    ['form', 'form=2026-03-01'],
  ])('400 naming %s for ?%s', async (field, query) => {
    const { body } = await product.admin.get(`${REPORT}?${query}`).expect(400);

    expect(body).toMatchObject({ status: 400, errors: [{ field }] });
  });

  it.each(['/admin/experiments', REPORT, `/admin/experiments/${EXPERIMENT}/plan`])(
    '401 for %s without a key',
    async (path) => {
      await product.anonymous.get(path).expect(401);
    },
  );
});
