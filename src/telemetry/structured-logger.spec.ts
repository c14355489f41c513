import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { nameDelivery, runInRequestContext, StructuredLogger } from './structured-logger.js';

describe('StructuredLogger', () => {
  let written: string[];

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

  const lines = (): unknown[] => written.map((line): unknown => JSON.parse(line));

  it('writes an event and its parameters as one JSON object', () => {
    new StructuredLogger({ json: true, logLevel: 'info' }).log(
      'lead_decided',
      { deliveryId: 'd1', score: 82.5 },
      'Intake',
    );

    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'log',
        message: 'lead_decided',
        context: 'Intake',
        deliveryId: 'd1',
        score: 82.5,
      }),
    ]);
  });

  it('takes the event from its key as well', () => {
    new StructuredLogger({ json: true, logLevel: 'info' }).log({ event: 'crm.call', status: 200 });

    expect(lines()).toEqual([expect.objectContaining({ message: 'crm.call', status: 200 })]);
  });

  it('keeps a readable line free of empty parameters', () => {
    new StructuredLogger({ json: false, logLevel: 'info' }).log('ready');

    expect(written.join('')).not.toContain('{');
  });

  it('adds the correlation id of the request', () => {
    const logger = new StructuredLogger({ json: true, logLevel: 'info' });

    runInRequestContext({ correlationId: 'req-1' }, () => logger.log('lead_decided'));
    logger.log('lead_decided');

    expect(lines()).toEqual([
      expect.objectContaining({ correlation_id: 'req-1' }),
      expect.not.objectContaining({ correlation_id: expect.anything() }),
    ]);
  });

  it('adds the ids of the delivery and the effect under way', () => {
    const logger = new StructuredLogger({ json: true, logLevel: 'info' });

    runInRequestContext({ correlationId: 'req-1' }, () => {
      nameDelivery('evt-1');
      logger.log('lead_decided');
      runInRequestContext({ deliveryId: 'evt-2', effectId: 7 }, () => logger.log('crm.call'));
      runInRequestContext({ deliveryId: null }, () => logger.log('crm.call'));
    });
    nameDelivery('evt-3');
    logger.log('lead_decided');

    const ids = lines().map((line) => {
      const { correlation_id, delivery_id, effect_id } = line as Record<string, unknown>;
      return [correlation_id, delivery_id, effect_id];
    });
    expect(ids).toEqual([
      ['req-1', 'evt-1', undefined],
      [undefined, 'evt-2', 7],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
  });

  it('writes no address that somebody has taken for a delivery’s id', () => {
    const logger = new StructuredLogger({ json: true, logLevel: 'info' });

    runInRequestContext({ deliveryId: 'anna@example.com' }, () => logger.log('crm.call'));

    expect(lines()).toEqual([expect.objectContaining({ delivery_id: '[redacted]' })]);
  });

  it.each([true, false])('writes no words, numbers or addresses of a lead (json: %s)', (json) => {
    const logger = new StructuredLogger({ json, logLevel: 'verbose' });
    const fault = Object.assign(new Error('no row for anna@example.com'), {
      detail: 'text=(I want a house)',
    });

    logger.log('received from 214-555-0100', {
      text: 'I want a house',
      contact: { phone: '+12145550100' },
    });
    logger.warn({ event: 'refused', body: 'I want a house', email: 'anna@example.com' });
    logger.error('failed', fault);
    logger.error(fault);
    logger.error('failed', 'Error: anna@example.com\n    at intake (/app/intake.js:1:1)');
    logger.debug(() => 'lazy anna@example.com');

    const output = written.join('');
    expect(output).not.toMatch(/anna|house|0100/);
    expect(output).toContain('[redacted]');
    expect(output).toContain('refused');
  });

  it('keeps type, reason and stack of an error', () => {
    new StructuredLogger({ json: true, logLevel: 'info' }).error(
      'intake_failed',
      new TypeError('not a date'),
    );

    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'intake_failed',
        error: expect.objectContaining({
          type: 'TypeError',
          reason: 'not a date',
          stack: expect.any(String),
        }),
      }),
    ]);
  });

  it.each([
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'warn', 'log']],
    ['debug', ['error', 'warn', 'log', 'debug']],
    ['verbose', ['error', 'warn', 'log', 'debug', 'verbose']],
  ] as const)('at level %s writes %j', (logLevel, expected) => {
    const logger = new StructuredLogger({ json: true, logLevel });
    for (const level of ['error', 'warn', 'log', 'debug', 'verbose'] as const) logger[level](level);

    expect(lines().map((line) => (line as { level: string }).level)).toEqual(expected);
  });
});
