import { describe, expect, it } from '@jest/globals';
import type { ParsedArguments } from '#product/cli/command/arguments.js';
import { parseSimulateOrder } from './simulate.options.js';

const NOW_MS = 1_767_225_600_000;

function errorsOf(parsed: ParsedArguments<unknown>): readonly string[] {
  return parsed.kind === 'invalid' ? parsed.errors : [];
}

function optionsOf<Options>(parsed: ParsedArguments<Options>): Options {
  if (parsed.kind !== 'options') throw new Error(JSON.stringify(parsed));
  return parsed.options;
}

describe('the arguments of simulate', () => {
  it('have defaults, the run named after the time', () => {
    expect(optionsOf(parseSimulateOrder([], NOW_MS))).toMatchObject({
      leads: 200,
      ratePerSecond: 50,
      run: NOW_MS.toString(36),
      settleMs: 90_000,
    });
  });

  it('tell every fault at once, each with its flag and what is right', () => {
    const args = ['--leads', '0', '--rate', 'fast', '--run', 'a b', '--url', 'localhost'];
    expect(errorsOf(parseSimulateOrder(args, NOW_MS))).toEqual([
      '--run must be 1 to 40 letters and digits, got "a b"',
      '--leads must be a whole number from 1 to 100000, got "0"',
      '--rate must be a number from 0.1 to 5000, got "fast"',
      '--url must be an address such as http://127.0.0.1:3000, got "localhost"',
    ]);
  });

  it('refuse flags that do not exist, by name', () => {
    expect(errorsOf(parseSimulateOrder(['--lead', '3'], NOW_MS))[0]).toContain("'--lead'");
  });

  it('take a rate below one and an address with a trailing slash', () => {
    const args = ['--rate', '0.5', '--url', 'http://127.0.0.1:3000/'];
    expect(optionsOf(parseSimulateOrder(args, NOW_MS))).toMatchObject({
      ratePerSecond: 0.5,
      url: 'http://127.0.0.1:3000',
    });
  });

  it('give way to --help', () => {
    expect(parseSimulateOrder(['--help', '--leads', '0'], NOW_MS)).toEqual({ kind: 'help' });
  });
});
