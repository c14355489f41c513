import { describe, expect, it } from '@jest/globals';
import { ENV_SET } from '../environment/env-set-command.js';
import { KEY_CREATE } from '../key/key-create-command.js';
import { parseLeadOrder } from '../lead/send-lead.options.js';
import type { ParsedArguments } from './arguments.js';

function errorsOf(parsed: ParsedArguments<unknown>): readonly string[] {
  return parsed.kind === 'invalid' ? parsed.errors : [];
}

function optionsOf<Options>(parsed: ParsedArguments<Options>): Options {
  if (parsed.kind !== 'options') throw new Error(JSON.stringify(parsed));
  return parsed.options;
}

describe('the arguments of send-lead', () => {
  it('need a text', () => {
    expect(errorsOf(parseLeadOrder([]))[0]).toMatch(/^--text is missing: add --text/);
    expect(errorsOf(parseLeadOrder(['--text', '  ']))).toEqual(['--text needs a value']);
  });
});

describe('the arguments of key:create', () => {
  it('take scopes repeated or with commas, each once', () => {
    const args = ['--scope', 'leads', '--scope', 'admin:read,leads'];
    expect(optionsOf(KEY_CREATE.parse(args)).scopes).toEqual(['leads', 'admin:read']);
  });

  it('need a scope, and name those that exist', () => {
    expect(errorsOf(KEY_CREATE.parse([]))).toEqual([
      '--scope is missing: add --scope and one of leads, admin:read, admin:write',
    ]);
    expect(errorsOf(KEY_CREATE.parse(['--scope', 'root']))[0]).toBe(
      '--scope "root" is none: use leads, admin:read, admin:write',
    );
  });
});

describe('the arguments of env:set', () => {
  it('are names and values, parted by the first =', () => {
    expect(optionsOf(ENV_SET.parse(['PORT=1', 'A=', 'B=c=d e']))).toEqual([
      { name: 'PORT', value: '1' },
      { name: 'A', value: '' },
      { name: 'B', value: 'c=d e' },
    ]);
  });

  it('are told of by their number, since they may be secrets', () => {
    expect(errorsOf(ENV_SET.parse(['PORT=1', 'a-secret', '=x']))).toEqual([
      'Argument 2 is not of the form NAME=VALUE',
      'Argument 3 is not of the form NAME=VALUE',
    ]);
    expect(errorsOf(ENV_SET.parse([]))).toEqual(['Nothing to set: add NAME=VALUE']);
  });
});
