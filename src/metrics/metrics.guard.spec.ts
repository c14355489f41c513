import { ForbiddenException, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Configuration } from '../config/configuration.js';
import { MetricsGuard } from './metrics.guard.js';

const TOKEN = 'a-long-metrics-token';

describe('MetricsGuard', () => {
  let replyHeaders: Map<string, string>;

  beforeEach(() => {
    replyHeaders = new Map();
  });

  function check(settings: {
    token?: string;
    production?: boolean;
    authorization?: string;
  }): boolean {
    const configuration = {
      metricsToken: settings.token,
      production: settings.production ?? false,
    };
    const http = {
      getRequest: () => ({ get: () => settings.authorization }),
      getResponse: () => ({
        setHeader: (name: string, value: string) => replyHeaders.set(name, value),
      }),
    };
    const context = { switchToHttp: () => http } as unknown as ExecutionContext;
    return new MetricsGuard(configuration as Configuration).canActivate(context);
  }

  it('is open without a token', () => {
    expect(check({})).toBe(true);
  });

  it('is closed in production without a token, and says what to do', () => {
    expect(() => check({ production: true, authorization: 'Bearer guess' })).toThrow(
      ForbiddenException,
    );
    expect(() => check({ production: true })).toThrow(/METRICS_TOKEN/);
  });

  it.each([`Bearer ${TOKEN}`, `bearer  ${TOKEN}`])('takes "%s"', (authorization) => {
    expect(check({ token: TOKEN, production: true, authorization })).toBe(true);
  });

  it.each([
    undefined,
    '',
    TOKEN,
    `Basic ${TOKEN}`,
    'Bearer ',
    'Bearer wrong',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN} x`,
  ])('refuses "%s" with a challenge', (authorization) => {
    const settings = authorization === undefined ? {} : { authorization };

    expect(() => check({ token: TOKEN, ...settings })).toThrow(UnauthorizedException);
    expect(replyHeaders.get('WWW-Authenticate')).toBe('Bearer realm="metrics"');
  });
});
