import { describe, expect, it } from '@jest/globals';
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
