import { describe, expect, it } from '@jest/globals';
import { WorkflowSecret } from './workflow-secret.js';

const verdict = (authorization: string | undefined, secrets = ['first secret', 'second']) =>
  new WorkflowSecret(secrets).verify({
    rawBody: Buffer.alloc(0),
    headers: authorization === undefined ? {} : { authorization },
  });

describe('WorkflowSecret', () => {
  it.each(['Bearer second', 'bearer second', 'Bearer first secret', 'Bearer  second '])(
    'accepts "%s"',
    (authorization) => {
      expect(verdict(authorization)).toBe('valid');
    },
  );

  it.each(['Bearer third', 'Bearer Second', 'Bearer secon', 'Bearer sécond', 'Bearer N/A'])(
    'refuses "%s"',
    (authorization) => {
      expect(verdict(authorization)).toBe('invalid');
    },
  );

  it.each([undefined, '', 'Bearer', 'Bearer  ', 'Basic second', 'second'])(
    'has nothing to say to %s',
    (authorization) => {
      expect(verdict(authorization)).toBe('not_applicable');
    },
  );

  it.each([[[]], [['']], [['  ']]])('is off with the secrets %j', (secrets) => {
    expect(verdict('Bearer x', secrets)).toBe('not_applicable');
  });
});
